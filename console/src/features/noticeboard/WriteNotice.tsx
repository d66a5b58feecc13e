import { Button, Checkbox, Group, Select, Text, Textarea } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '@/shared/format';
import classes from './noticeboard.module.css';
import { LONGEST_TEXT, useWrite } from './notices';

export function WriteNotice({ units, own }: { units: Map<string, string>; own: readonly string[] }) {
  const { t } = useTranslation('noticeboard');
  const [text, setText] = useState('');
  const [unit, setUnit] = useState<string>('');
  const [important, setImportant] = useState(false);
  const write = useWrite(() => {
    setText('');
    setImportant(false);
  });
  const left = LONGEST_TEXT - text.trim().length;
  const ready = text.trim().length > 0 && left >= 0;
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (ready && !write.isPending) write.mutate({ text, unit: unit || null, important });
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
  };
  return (
    <form onSubmit={submit} className={classes.write}>
      <Textarea
        label={t('write')}
        description={t('writeHelp')}
        autosize
        minRows={2}
        maxRows={8}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={keys}
        error={left < 0 ? t('tooLong', { limit: count(LONGEST_TEXT) }) : undefined}
      />
      <Group justify="space-between" gap="sm">
        <Group gap="md">
          <Select
            aria-label={t('to')}
            allowDeselect={false}
            w={190}
            value={unit}
            onChange={(wanted) => setUnit(wanted ?? '')}
            data={[
              { value: '', label: t('toEverybody') },
              ...own.map((value) => ({ value, label: units.get(value) ?? value })),
            ]}
          />
          <Checkbox
            label={t('important')}
            checked={important}
            onChange={(event) => setImportant(event.currentTarget.checked)}
          />
        </Group>
        <Group gap="sm">
          {left < 200 && (
            <Text size="xs" c="dimmed" className="figures" aria-hidden>
              {count(left)}
            </Text>
          )}
          <Button
            type="submit"
            disabled={!ready}
            loading={write.isPending}
            leftSection={<IconSend size={16} stroke={1.6} aria-hidden />}
          >
            {t('send')}
          </Button>
        </Group>
      </Group>
    </form>
  );
}
