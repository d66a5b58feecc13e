/** What was recorded of a call, in order: each piece with its player. Nothing where nothing was, or may be heard. */
import { ActionIcon, Group, Menu, Stack, Text, Title } from '@mantine/core';
import { IconDotsVertical, IconDownload, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call as ask, type components } from '@/api/client';
import { ErrorState, useConfirm, useTell } from '@/shared/components';
import { clockTime, phoneNumber } from '@/shared/format';
import { inARow } from '@/shared/i18n';
import { useMay } from '@/shared/session';
import { usePersonName, useQueueName } from './names';
import { SoundPlayer } from './SoundPlayer';
import classes from './case.module.css';

type Recording = components['schemas']['CallRecordingShown'];

const SOON = 3000;
/** Milliseconds until it is looked for again whether the sound can be heard. */

const queryKey = (call: string) => ['call-recordings', call] as const;

export function Recordings({ call }: { call: string }) {
  const { t } = useTranslation('case');
  const all = useMay('hear_recordings');
  const own = useMay('hear_own_recordings');
  const { data, error, refetch } = useQuery({
    queryKey: queryKey(call),
    enabled: all || own,
    queryFn: () => ask(api.GET('/api/calls/{call}/recordings', { params: { path: { call } } })),
    refetchInterval: ({ state }) => (state.data?.some(({ state: now }) => now === 'sealing') ? SOON : false),
  });
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data?.length) return null;
  return (
    <section className={classes.recordings} aria-label={t('recording.title')}>
      <Title order={3} mb={6}>
        {t('recording.title')}
      </Title>
      <Stack component="ol" gap="sm" className={classes.pieces}>
        {data.map((piece) => (
          <li key={piece.id}>
            <Piece piece={piece} />
          </li>
        ))}
      </Stack>
    </section>
  );
}

function Piece({ piece }: { piece: Recording }) {
  const { t } = useTranslation('case');
  const personName = usePersonName();
  const queueName = useQueueName();
  const who = piece.person ? personName(piece.person) : phoneNumber(piece.party) || t('recording.other');
  const time = clockTime(piece.began_at);
  return (
    <>
      <Group justify="space-between" wrap="nowrap" gap="xs" mb={6}>
        <Text size="sm" c="dimmed">
          {inARow([
            time,
            piece.queue && queueName(piece.queue),
            piece.asked_by && t('recording.askedBy', { who: personName(piece.asked_by) }),
          ])}
        </Text>
        <PieceMenu piece={piece} time={time} />
      </Group>
      {piece.state === 'ready' && piece.seconds ? (
        <>
          <SoundPlayer
            sound={{
              src: `/api/call-recordings/${piece.id}/sound`,
              channels: piece.channels,
              seconds: piece.seconds,
            }}
            seek={t('recording.seek', { time })}
          />
          <Text size="xs" c="dimmed">
            {t('recording.channels', { who })}
          </Text>
        </>
      ) : (
        <Text size="sm">{t(`recording.${piece.state}`)}</Text>
      )}
      {piece.why === 'failed' && piece.state !== 'empty' && (
        <Text size="sm" c="var(--svarhus-bad)">
          {t('recording.notAll')}
        </Text>
      )}
    </>
  );
}

function PieceMenu({ piece, time }: { piece: Recording; time: string }) {
  const { t } = useTranslation('case');
  const mayDownload = useMay('download_recordings') && piece.state === 'ready';
  const mayDelete = useMay('delete_recordings') && piece.state !== 'runs';
  const remove = useRemove(piece);
  if (!mayDownload && !mayDelete) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('recording.more', { time })}>
          <IconDotsVertical size={17} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {mayDownload && (
          <Menu.Item
            component="a"
            href={`/api/call-recordings/${piece.id}/sound?download=true`}
            leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
          >
            {t('recording.download')}
          </Menu.Item>
        )}
        {mayDelete && (
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={16} stroke={1.6} aria-hidden />}
            onClick={() => void remove()}
          >
            {t('recording.delete')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function useRemove({ id, call }: Recording): () => Promise<void> {
  const { t } = useTranslation('case');
  const confirm = useConfirm();
  const tell = useTell();
  const client = useQueryClient();
  return async () => {
    const sure = await confirm({
      title: t('recording.deleteTitle'),
      body: t('recording.deleteBody'),
      confirm: t('recording.delete'),
      dangerous: true,
    });
    if (!sure) return;
    try {
      await ask(api.DELETE('/api/call-recordings/{id}', { params: { path: { id } } }));
      tell.done(t('recording.deleted'));
    } catch (error) {
      tell.failed(error);
    }
    await client.invalidateQueries({ queryKey: queryKey(call) });
  };
}
