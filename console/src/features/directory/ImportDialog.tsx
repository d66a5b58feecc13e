/** Bring contacts in from a file: first a look at what would be done, then doing it. */
import { Alert, Button, FileInput, Group, Modal, ScrollArea, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconDownload, IconFileSpreadsheet } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, type components } from '@/api/client';
import { ErrorState, useTell } from '@/shared/components';
import { count } from '@/shared/format';

type Told = components['schemas']['ImportedShown'];

const SHOWN = 200;

function bringIn(file: File, dry_run: boolean, skip_faulty: boolean): Promise<Told> {
  return call(
    api.POST('/api/contacts/import', {
      params: { query: { dry_run, skip_faulty } },
      // Sent as it is: it is a file, not JSON.
      body: file as never,
      bodySerializer: (body: unknown) => body as Blob,
      headers: { 'Content-Type': 'text/csv' },
    }),
  );
}

export default function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('directory');
  const tell = useTell();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const look = useMutation({ mutationFn: (chosen: File) => bringIn(chosen, true, true) });
  const keep = useMutation({
    mutationFn: (chosen: File) => bringIn(chosen, false, true),
    onSuccess: async (told) => {
      tell.done(t('import.done', { added: count(told.added), changed: count(told.changed) }));
      onClose();
      await client.invalidateQueries({ queryKey: ['directory'] });
    },
    onError: tell.failed,
  });
  const choose = (chosen: File | null) => {
    setFile(chosen);
    look.reset();
    if (chosen) look.mutate(chosen);
  };
  const told = look.data;
  const nothing = told && !told.added && !told.changed;
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('import.open')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="sm">
        <Text size="sm">{t('import.help')}</Text>
        <FileInput
          label={t('import.file')}
          placeholder={t('import.choose')}
          accept=".csv,.txt,text/csv,text/plain"
          leftSection={<IconFileSpreadsheet size={16} aria-hidden />}
          value={file}
          onChange={choose}
          data-autofocus
        />
        <div aria-live="polite">
          {look.isPending && <Text size="sm">{t('import.looking')}</Text>}
          {look.isError && file && <ErrorState error={look.error} retry={() => look.mutate(file)} />}
          {told && <Preview told={told} />}
        </div>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button
            disabled={!told || nothing}
            loading={keep.isPending}
            onClick={() => {
              if (file) keep.mutate(file);
            }}
          >
            {told?.faulty_lines ? t('import.keepOthers') : t('import.keep')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Preview({ told }: { told: Told }) {
  const { t } = useTranslation('directory');
  const own = told.columns.filter(({ meaning }) => meaning === 'field').map(({ heading }) => heading);
  const known = told.columns.filter(({ meaning }) => meaning !== 'field');
  return (
    <Stack gap="sm">
      <Text size="sm" fw={600}>
        {t('import.would', {
          added: count(told.added),
          changed: count(told.changed),
          unchanged: count(told.unchanged),
        })}
        {told.joined > 0 && ` ${t('import.joined', { count: told.joined })}`}
      </Text>
      <Text size="sm" c="dimmed">
        {t('import.columns', { columns: known.map(({ heading }) => heading).join(', ') })}
        {own.length > 0 && ` ${t('import.ownFields', { columns: own.join(', ') })}`}
      </Text>
      {told.faulty_lines > 0 && <Faults told={told} />}
    </Stack>
  );
}

function Faults({ told }: { told: Told }) {
  const { t } = useTranslation('directory');
  return (
    <Alert
      color="orange"
      variant="light"
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
      icon={<IconAlertTriangle size={18} aria-hidden />}
      title={t('import.faulty', { count: told.faulty_lines })}
    >
      <Stack gap="xs">
        <Text size="sm">{t('import.faultyHelp')}</Text>
        <ScrollArea.Autosize
          mah={240}
          viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('import.faults') }}
        >
          <Table verticalSpacing={3}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('import.line')}</Table.Th>
                <Table.Th scope="col">{t('import.wrong')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {told.faults.slice(0, SHOWN).map((fault, index) => (
                <Table.Tr key={index}>
                  <Table.Td className="figures">{fault.line}</Table.Td>
                  <Table.Td>
                    {t(`fault.${fault.column.split('.')[0] ?? 'line'}`, { defaultValue: fault.message })}
                    {quoted(fault.message) && `: ${quoted(fault.message)}`}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea.Autosize>
        <Button
          onClick={() => download(told.faulty_file)}
          variant="default"
          size="compact-sm"
          style={{ alignSelf: 'flex-start' }}
          leftSection={<IconDownload size={15} aria-hidden />}
        >
          {t('import.mend')}
        </Button>
      </Stack>
    </Alert>
  );
}

/** What the server has quoted of the line. */
function quoted(message: string): string {
  return /`(.+?)`/.exec(message)?.[1] ?? '';
}

function download(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = 'contacts-to-mend.csv';
  link.click();
  URL.revokeObjectURL(address);
}
