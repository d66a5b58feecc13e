/** Bring contacts in from a file: first a look at what would be done, then doing it. */
import { Button, FileInput, Group, Modal, Stack, Text } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { ErrorState, useTell } from '@/shared/components';
import { count } from '@/shared/format';
import { preferencesQuery } from '@/shared/session/preferences';
import { type Encoding, ImportPreview, type Told } from './ImportPreview';

/** A file, and the encoding that somebody has chosen for it. */
interface Chosen {
  file: File;
  encoding?: Encoding;
}

/** Headings that are remembered. */
const MOST = 300;

function bringIn({ file, encoding }: Chosen, dry_run: boolean): Promise<Told> {
  return call(
    api.POST('/api/contacts/import', {
      params: { query: { dry_run, skip_faulty: true, encoding } },
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
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const look = useMutation({ mutationFn: (wanted: Chosen) => bringIn(wanted, true) });
  const keep = useMutation({
    mutationFn: (wanted: Chosen) => bringIn(wanted, false),
    onSuccess: async (told) => {
      tell.done(t('import.done', { added: count(told.added), changed: count(told.changed) }));
      onClose();
      await client.invalidateQueries({ queryKey: ['directory'] });
    },
    onError: tell.failed,
  });
  const remember = useRemember(() => {
    if (chosen) look.mutate(chosen);
  });
  const choose = (wanted: Chosen | null) => {
    setChosen(wanted);
    if (wanted) look.mutate(wanted);
    else look.reset();
  };
  const told = chosen ? look.data : undefined;
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
          accept=".csv,.txt,.tsv,.xlsx,.vcf,.vcard,text/csv,text/plain,text/vcard"
          leftSection={<IconFileSpreadsheet size={16} aria-hidden />}
          value={chosen?.file ?? null}
          onChange={(file) => choose(file && { file })}
          data-autofocus
        />
        <div aria-live="polite">
          {look.isPending && <Text size="sm">{t('import.looking')}</Text>}
          {look.isError && chosen && <ErrorState error={look.error} retry={() => look.mutate(chosen)} />}
        </div>
        {told && chosen && (
          <ImportPreview
            told={told}
            onEncoding={(encoding) => choose({ ...chosen, encoding })}
            onMeaning={(heading, meaning) => remember.mutate({ heading, meaning })}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button
            disabled={!told || nothing || look.isPending || remember.isPending}
            loading={keep.isPending}
            onClick={() => {
              if (chosen) keep.mutate(chosen);
            }}
          >
            {told?.faulty_lines ? t('import.keepOthers') : t('import.keep')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Keeps what a heading means among the reader's preferences, by which the server reads files. */
function useRemember(onKept: () => void) {
  const tell = useTell();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ heading, meaning }: { heading: string; meaning: string }) => {
      const now = await client.fetchQuery(preferencesQuery);
      const others = Object.entries(now.headings ?? {}).filter(([known]) => known !== heading);
      const headings = Object.fromEntries([...others.slice(-MOST + 1), [heading, meaning]]) as Record<
        string,
        string
      >;
      return call(api.PUT('/api/me/preferences', { body: { ...now, headings } }));
    },
    onSuccess: (kept) => {
      client.setQueryData(preferencesQuery.queryKey, kept);
      onKept();
    },
    onError: tell.failed,
  });
}
