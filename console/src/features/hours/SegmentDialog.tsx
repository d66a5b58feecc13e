/** A stretch of the week as fields: on which days, from when until when, and what it is. */
import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ClockField, DaysField, minutesOf, type Weekday } from '@/shared/calendar';
import type { SpanValue } from './hours';

export interface OpenedSpan {
  /** Segments that are changed; none: something new. */
  ids: readonly string[];
  value: SpanValue & { days: Weekday[] };
}

interface Props {
  opened: OpenedSpan | null;
  categories: { value: string; label: string }[];
  close: () => void;
  keep: (value: SpanValue & { days: Weekday[] }) => void;
  remove: () => void;
}

export function SegmentDialog({ opened, close, ...rest }: Props) {
  const { t } = useTranslation(['hours', 'common']);
  return (
    <Modal
      opened={opened !== null}
      onClose={close}
      title={t(opened?.ids.length ? 'span.change' : 'span.new')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {opened && <Fields opened={opened} close={close} {...rest} />}
    </Modal>
  );
}

function Fields({ opened, categories, close, keep, remove }: Props & { opened: OpenedSpan }) {
  const { t } = useTranslation(['hours', 'common']);
  const [value, setValue] = useState(opened.value);
  const [tried, setTried] = useState(false);
  const set = (part: Partial<typeof value>) => setValue((before) => ({ ...before, ...part }));
  const ends = minutesOf(value.to) > minutesOf(value.from);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (ends && value.days.length) keep(value);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Select
          label={t('span.category')}
          data={categories}
          value={value.category}
          allowDeselect={false}
          onChange={(category) => category && set({ category })}
        />
        <Group gap="sm" align="start" grow>
          <ClockField label={t('span.from')} value={value.from} onChange={(from) => set({ from })} />
          <ClockField
            label={t('span.to')}
            ends
            value={value.to}
            error={tried && !ends ? t('faults.ends') : undefined}
            onChange={(to) => set({ to })}
          />
        </Group>
        <DaysField
          label={t('span.days')}
          value={value.days}
          error={tried && !value.days.length ? t('faults.noDay') : undefined}
          onChange={(days) => set({ days })}
        />
        <Text size="xs" c="dimmed">
          {t('span.covers')}
        </Text>
        <Group justify="space-between" mt="xs">
          {opened.ids.length ? (
            <Button
              variant="default"
              c="var(--svarhus-bad)"
              leftSection={<IconTrash size={16} stroke={1.6} aria-hidden />}
              onClick={remove}
            >
              {t('remove')}
            </Button>
          ) : (
            <span />
          )}
          <Group gap="xs">
            <Button variant="default" onClick={close}>
              {t('common:cancel')}
            </Button>
            <Button type="submit">{t(opened.ids.length ? 'apply' : 'add')}</Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
