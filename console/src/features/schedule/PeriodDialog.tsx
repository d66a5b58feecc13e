/** All that can be dragged, and the rest, as fields. */
import { Button, Group, Modal, Radio, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconCopy, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ClockField, type ClockChange, DaysField, minutesOf, missing } from '@/shared/calendar';
import { WrittenDayField } from '@/shared/dates';
import type { JsonSchema } from '@/shared/forms';
import { Capacity } from './Capacity';
import { MoreFields } from './MoreFields';
import {
  CALLING,
  type Calling,
  type Category,
  faultOf,
  isOnce,
  type PeriodValue,
  repeats,
  type Scope,
  SCOPES,
} from './periods';

export interface Opened {
  /** What the fields begin with. */
  value: PeriodValue;
  /** The occurrence that is changed; null: a new period. */
  occurrence: string | null;
  /** What it is changed as; the fields begin with this one. */
  scope: Scope;
  /** What the clocks do on its day. */
  change: ClockChange | null;
}

interface Props {
  opened: Opened | null;
  readOnly: boolean;
  schema: JsonSchema;
  categories: readonly Category[];
  close: () => void;
  keep: (value: PeriodValue, scope: Scope) => void;
  remove: (scope: Scope) => void;
  copy: () => void;
}

export function PeriodDialog({ opened, close, ...rest }: Props) {
  const { t } = useTranslation(['schedule', 'common']);
  return (
    <Modal
      opened={opened !== null}
      onClose={close}
      size="lg"
      title={t(opened?.occurrence ? 'dialog.change' : 'dialog.new')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {opened && <Fields key={opened.occurrence ?? 'new'} opened={opened} close={close} {...rest} />}
    </Modal>
  );
}

function Fields({
  opened,
  readOnly,
  schema,
  categories,
  close,
  keep,
  remove,
  copy,
}: Props & { opened: Opened }) {
  const { t } = useTranslation(['schedule', 'common']);
  const [value, setValue] = useState(opened.value);
  const [scope, setScope] = useState(opened.scope);
  const [tried, setTried] = useState(false);
  const set = (part: Partial<PeriodValue>) => setValue((before) => ({ ...before, ...part }));
  const asked = opened.occurrence !== null && repeats(opened.value);
  const whole = !asked || scope === 'period';
  const fault = faultOf(value);
  const told = (of: typeof fault) => (tried && fault === of && of ? t(`faults.${of}`) : undefined);
  const gone = missing({ start: minutesOf(value.from), end: minutesOf(value.to) }, opened.change);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!fault) keep(value, scope);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        {asked && !readOnly && <ScopeField value={scope} onChange={setScope} />}
        <Group gap="sm" align="start" grow>
          <TextInput
            label={t('fields.name')}
            maxLength={100}
            value={value.name ?? ''}
            onChange={(event) => set({ name: event.currentTarget.value || null })}
          />
          <Select
            label={t('fields.calling')}
            data={CALLING.map((each) => ({ value: each, label: t(`calling.${each}`) }))}
            value={value.calling ?? 'both'}
            allowDeselect={false}
            onChange={(calling) => calling && set({ calling: calling as Calling })}
          />
        </Group>
        <Group gap="sm" align="start" grow>
          <ClockField label={t('fields.from')} value={value.from} onChange={(from) => set({ from })} />
          <ClockField
            label={t('fields.to')}
            ends
            value={value.to}
            error={told('ends')}
            onChange={(to) => set({ to })}
          />
        </Group>
        {gone && (
          <Text size="sm" c="var(--svarhus-busy)" role="status">
            {t('missing', gone)}
          </Text>
        )}
        <Capacity value={value} set={set} categories={categories} error={told('calls')} />
        {whole && !(isOnce(value) && asked) && (
          <>
            <DaysField
              label={t('fields.days')}
              value={value.days}
              error={told('days')}
              onChange={(days) => set({ days })}
            />
            <Group gap="sm" align="start">
              <WrittenDayField
                label={t('fields.first')}
                value={value.first_day ?? ''}
                onChange={(day) => set({ first_day: day || null })}
              />
              <WrittenDayField
                label={t('fields.last')}
                value={value.last_day ?? ''}
                error={told('range')}
                onChange={(day) => set({ last_day: day || null })}
              />
            </Group>
          </>
        )}
        <MoreFields schema={schema} value={value} change={setValue} readOnly={readOnly} whole={whole} />
        <Group justify="space-between" mt="xs">
          {opened.occurrence && !readOnly ? (
            <Group gap="xs">
              <Button
                variant="default"
                c="var(--svarhus-bad)"
                leftSection={<IconTrash size={16} stroke={1.6} aria-hidden />}
                onClick={() => remove(scope)}
              >
                {t('dialog.remove')}
              </Button>
              <Button
                variant="default"
                leftSection={<IconCopy size={16} stroke={1.6} aria-hidden />}
                onClick={copy}
              >
                {t('dialog.copy')}
              </Button>
            </Group>
          ) : (
            <span />
          )}
          <Group gap="xs">
            <Button variant="default" onClick={close}>
              {t('common:cancel')}
            </Button>
            {!readOnly && (
              <Button type="submit">{t(opened.occurrence ? 'dialog.apply' : 'dialog.add')}</Button>
            )}
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

function ScopeField({ value, onChange }: { value: Scope; onChange: (scope: Scope) => void }) {
  const { t } = useTranslation('schedule');
  return (
    <Radio.Group label={t('scope.label')} value={value} onChange={(scope) => onChange(scope as Scope)}>
      <Stack gap={4} mt={4}>
        {SCOPES.map((scope) => (
          <Radio key={scope} value={scope} label={t(`scope.${scope}`)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
