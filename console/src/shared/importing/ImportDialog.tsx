/** Bring something in from a file: first a look at what would be done, then doing it. */
import { Button, FileInput, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { ErrorState, useTell } from '@/shared/components';
import { preferencesQuery } from '@/shared/session/preferences';
import { type Encoding, ImportPreview, type Meaning, type Told } from './ImportPreview';

/** A file, and what somebody has chosen for it. */
export interface Chosen {
  file: File;
  encoding?: Encoding;
  /** One of the ways. */
  way?: string;
  note?: string;
}

interface Way {
  value: string;
  label: string;
  help: string;
}

/** Headings that are remembered. */
const MOST = 300;

interface Props {
  title: string;
  help: string;
  /** Kinds of files, as the browser knows them. */
  accept: string;
  /** What a column can mean. */
  meanings: readonly Meaning[];
  /** What is said when no column is known without which nothing can be read. */
  nameless: string;
  /** The name of the file with the lines to mend. */
  toMend: string;
  /** Sends the file. */
  send: (chosen: Chosen, dryRun: boolean) => Promise<Told>;
  /** It was brought in. */
  done: (told: Told) => void;
  onClose: () => void;
  /** How what is brought in stands to what is there. */
  ways?: Way[];
  waysLabel?: string;
  /** A note can be written, under this label. */
  noteLabel?: string;
}

export function ImportDialog(props: Props) {
  const { title, help, accept, meanings, nameless, toMend, send, done, onClose } = props;
  const { ways, waysLabel, noteLabel } = props;
  const { t } = useTranslation('directory');
  const tell = useTell();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [way, setWay] = useState(ways?.[0]?.value);
  const [note, setNote] = useState('');
  const look = useMutation({ mutationFn: (wanted: Chosen) => send(wanted, true) });
  const keep = useMutation({
    mutationFn: (wanted: Chosen) => send({ ...wanted, note }, false),
    onSuccess: (told) => {
      onClose();
      done(told);
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
  const nothing = told && !told.added && !told.changed && !told.removed;
  return (
    <Modal opened onClose={onClose} size="lg" title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="sm">
        <Text size="sm">{help}</Text>
        <FileInput
          label={t('import.file')}
          placeholder={t('import.choose')}
          accept={accept}
          leftSection={<IconFileSpreadsheet size={16} aria-hidden />}
          value={chosen?.file ?? null}
          onChange={(file) => choose(file && { file, way })}
          data-autofocus
        />
        {ways && (
          <Radio.Group
            label={waysLabel}
            value={way}
            onChange={(wanted) => {
              setWay(wanted);
              if (chosen) choose({ ...chosen, way: wanted });
            }}
          >
            <Stack gap={6} mt={6}>
              {ways.map(({ value, label, help: description }) => (
                <Radio key={value} value={value} label={label} description={description} />
              ))}
            </Stack>
          </Radio.Group>
        )}
        {noteLabel && (
          <TextInput
            label={noteLabel}
            maxLength={300}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        )}
        <div aria-live="polite">
          {look.isPending && <Text size="sm">{t('import.looking')}</Text>}
          {look.isError && chosen && <ErrorState error={look.error} retry={() => look.mutate(chosen)} />}
        </div>
        {told && chosen && (
          <ImportPreview
            told={told}
            meanings={meanings}
            nameless={nameless}
            file={toMend}
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
