/** The sounds of a playlist: heard here, uploaded and taken out. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { At, EmptyState, ErrorState, LoadingRows, useConfirm, useTell } from '@/shared/components';
import { count } from '@/shared/format';
import { freeKey } from '@/shared/forms';
import { useMay } from '@/shared/session';
import { asWav, UploadSound } from './UploadSound';

const tracksOf = (playlist: string) => ['tracks', playlist];

export function PlaylistTracks({ playlist }: { playlist: string }) {
  const { t } = useTranslation('settings');
  const mayChange = useMay('change_configuration');
  const tracks = useQuery({
    queryKey: tracksOf(playlist),
    queryFn: () => call(api.GET('/api/playlists/{key}/tracks', { params: { path: { key: playlist } } })),
  });
  if (tracks.error) return <ErrorState error={tracks.error} retry={() => void tracks.refetch()} />;
  if (!tracks.data) return <LoadingRows />;
  const names = new Set(tracks.data.map(({ name }) => name));
  return (
    <Stack gap="md">
      <Text size="xs" c="dimmed">
        {t('tracks.help')}
      </Text>
      {!tracks.data.length && <EmptyState title={t('tracks.none')}>{t('tracks.noneNote')}</EmptyState>}
      {tracks.data.map(({ name, seconds, at }) => (
        <div key={name}>
          <Group justify="space-between" gap="xs" mb={4}>
            <Text size="sm">
              <strong>{name}</strong>{' '}
              <Text span size="sm" c="dimmed">
                {t('tracks.length', { seconds: count(seconds, 1) })} · <At moment={at} />
              </Text>
            </Text>
            {mayChange && <RemoveTrack playlist={playlist} name={name} />}
          </Group>
          {/* Music: there is nothing to read along. */}
          {/* eslint-disable-next-line jsx-a11y/media-has-caption */}
          <audio
            controls
            preload="none"
            src={`/api/playlists/${encodeURIComponent(playlist)}/tracks/${name}?${at}`}
            style={{ width: '100%', height: 40 }}
            aria-label={t('tracks.listen', { name })}
          />
        </div>
      ))}
      {mayChange && <UploadTrack playlist={playlist} taken={names} />}
    </Stack>
  );
}

function useChanged(playlist: string) {
  const client = useQueryClient();
  const tell = useTell();
  return async (told: string) => {
    await client.invalidateQueries({ queryKey: tracksOf(playlist) });
    tell.done(told);
  };
}

function UploadTrack({ playlist, taken }: { playlist: string; taken: Set<string> }) {
  const { t } = useTranslation('settings');
  const changed = useChanged(playlist);
  const send = (file: File, anyway: boolean) => {
    const name = freeKey(file.name.replace(/\.[^.]*$/, ''), taken);
    const params = { path: { key: playlist, name }, query: { anyway } };
    return call(api.PUT('/api/playlists/{key}/tracks/{name}', { params, ...asWav(file) }));
  };
  const sent = (seconds: number) => changed(t('tracks.uploaded', { seconds: count(seconds, 1) }));
  return (
    <div>
      <UploadSound send={send} sent={sent} label={t('tracks.upload')} />
    </div>
  );
}

function RemoveTrack({ playlist, name }: { playlist: string; name: string }) {
  const { t } = useTranslation('settings');
  const tell = useTell();
  const confirm = useConfirm();
  const changed = useChanged(playlist);
  const remove = useMutation({
    mutationFn: () =>
      call(api.DELETE('/api/playlists/{key}/tracks/{name}', { params: { path: { key: playlist, name } } })),
    onSuccess: () => changed(t('tracks.removed', { name })),
    onError: (error) => tell.failed(error),
  });
  const ask = async () => {
    const yes = await confirm({
      title: t('tracks.ask', { name }),
      body: t('tracks.askBody'),
      confirm: t('remove.remove'),
      dangerous: true,
    });
    if (yes) remove.mutate();
  };
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={remove.isPending}
      leftSection={<IconTrash size={14} aria-hidden />}
      aria-label={t('tracks.removeName', { name })}
      onClick={() => void ask()}
    >
      {t('tracks.remove')}
    </Button>
  );
}
