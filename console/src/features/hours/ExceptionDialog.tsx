/** Dates on which the week does not hold: closed, or with times of their own. */
import {
  ActionIcon,
  Button,
  Group,
  Modal,
  Radio,
  Select,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ClockField } from '@/shared/calendar';
import { WrittenDayField } from '@/shared/dates';
import { type Exception, faultOf, type SpanValue } from './hours';

interface Props {
  opened: { index: number | null; value: Exception } | null;
  categories: { value: string; label: string }[];
  close: () => void;
  keep: (value: Exception) => void;
  remove: () => void;
}

export function ExceptionDialog({ opened, close, ...rest }: Props) {
  const { t } = useTranslation(['hours', 'common']);
  return (
    <Modal
      opened={opened !== null}
      onClose={close}
      size="lg"
      title={t(opened?.index === null ? 'exception.new' : 'exception.change')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {opened && <Fields opened={opened} close={close} {...rest} />}
    </Modal>
  );
}

function Fields({
  opened,
  categories,
  close,
  keep,
  remove,
}: Props & { opened: NonNullable<Props['opened']> }) {
  const { t } = useTranslation(['hours', 'common']);
  const [value, setValue] = useState(opened.value);
  const [tried, setTried] = useState(false);
  const set = (part: Partial<Exception>) => setValue((before) => ({ ...before, ...part }));
  const fault = faultOf(value);
  const told = (of: typeof fault) => (tried && fault === of && of ? t(`faults.${of}`) : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!fault) keep({ ...value, name: value.name.trim() });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <TextInput
          label={t('exception.name')}
          data-autofocus
          maxLength={100}
          value={value.name}
          error={told('name')}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <Group gap="sm" align="start">
          <WrittenDayField
            label={t('exception.from')}
            value={value.from}
            onChange={(from) => set({ from, to: value.to < from ? from : value.to })}
          />
          <WrittenDayField
            label={t('exception.to')}
            value={value.to}
            error={told('days') ?? told('long')}
            onChange={(to) => set({ to })}
          />
        </Group>
        <Switch
          label={t('exception.yearly')}
          checked={value.yearly}
          onChange={(event) => set({ yearly: event.currentTarget.checked })}
        />
        <Spans
          spans={value.spans}
          categories={categories}
          fault={told('spans')}
          change={(spans) => set({ spans })}
        />
        <Group justify="space-between" mt="xs">
          {opened.index === null ? (
            <span />
          ) : (
            <Button
              variant="default"
              c="var(--svarhus-bad)"
              leftSection={<IconTrash size={16} stroke={1.6} aria-hidden />}
              onClick={remove}
            >
              {t('remove')}
            </Button>
          )}
          <Group gap="xs">
            <Button variant="default" onClick={close}>
              {t('common:cancel')}
            </Button>
            <Button type="submit">{t(opened.index === null ? 'add' : 'apply')}</Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

interface SpansProps {
  spans: readonly SpanValue[];
  categories: { value: string; label: string }[];
  fault: string | undefined;
  change: (spans: SpanValue[]) => void;
}

function Spans({ spans, categories, fault, change }: SpansProps) {
  const { t } = useTranslation('hours');
  const first = categories[0]?.value ?? 'open';
  const put = (index: number, part: Partial<SpanValue>) =>
    change(spans.map((each, at) => (at === index ? { ...each, ...part } : each)));
  const more = () => change([...spans, { from: spans.at(-1)?.to ?? '08:00', to: '17:00', category: first }]);
  return (
    <>
      <Radio.Group
        label={t('exception.holds')}
        value={spans.length ? 'times' : 'closed'}
        onChange={(wanted) => (wanted === 'closed' ? change([]) : spans.length || more())}
      >
        <Stack gap={4} mt={4}>
          <Radio value="closed" label={t('closedAllDay')} />
          <Radio value="times" label={t('exception.times')} />
        </Stack>
      </Radio.Group>
      {spans.map((span, index) => (
        <Group
          key={index}
          gap="xs"
          align="end"
          role="group"
          aria-label={t('exception.row', { number: index + 1 })}
        >
          <ClockField label={t('span.from')} value={span.from} onChange={(from) => put(index, { from })} />
          <ClockField label={t('span.to')} ends value={span.to} onChange={(to) => put(index, { to })} />
          <Select
            label={t('span.category')}
            data={categories}
            value={span.category}
            allowDeselect={false}
            w={160}
            onChange={(category) => category && put(index, { category })}
          />
          <ActionIcon
            aria-label={t('exception.removeRow', { number: index + 1 })}
            onClick={() => change(spans.filter((_, at) => at !== index))}
          >
            <IconTrash size={16} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      {fault && (
        <Text size="sm" c="var(--svarhus-bad)" role="alert">
          {fault}
        </Text>
      )}
      {spans.length > 0 && (
        <div>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={more}
          >
            {t('exception.addRow')}
          </Button>
        </div>
      )}
    </>
  );
}
