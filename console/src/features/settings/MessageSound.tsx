/** What callers hear of a message, language by language; a recording can take the place of the spoken text. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { At, useConfirm, useTell } from '@/shared/components';
import { count } from '@/shared/format';
import { isObject, type Json } from '@/shared/forms';
import { LANGUAGES, type Language } from '@/shared/i18n';
import { useMay } from '@/shared/session';
import { asWav, UploadSound } from './UploadSound';

interface Props {
  messageKey: string;
  manuscripts: Json | undefined;
}

export function MessageSound({ messageKey, manuscripts }: Props) {
  const { t } = useTranslation('settings');
  const languages = isObject(manuscripts) ? Object.keys(manuscripts) : [];
  return (
    <Stack gap="md">
      <Text size="xs" c="dimmed">
        {t('sound.help')}
      </Text>
      {languages.map((language) => (
        <Sound key={language} messageKey={messageKey} language={language} />
      ))}
    </Stack>
  );
}

function Sound({ messageKey, language }: { messageKey: string; language: string }) {
  const { t } = useTranslation('settings');
  const mayChange = useMay('change_configuration');
  const client = useQueryClient();
  const tell = useTell();
  const confirm = useConfirm();
  const [round, setRound] = useState(0);
  const name = LANGUAGES[language as Language] ?? language;
  const path = { key: messageKey, language };
  const recording = useQuery({
    queryKey: ['recordings'],
    queryFn: () => call(api.GET('/api/recordings')),
  }).data?.find((each) => each.key === messageKey && each.language === language);
  const changed = async (told: string) => {
    setRound((before) => before + 1);
    await client.invalidateQueries({ queryKey: ['recordings'] });
    tell.done(told);
  };
  const send = (file: File, anyway: boolean) => {
    const params = { path, query: { anyway } };
    return call(api.PUT('/api/messages/{key}/audio/{language}', { params, ...asWav(file) }));
  };
  const sent = (seconds: number) => changed(t('sound.uploaded', { seconds: count(seconds, 1) }));
  const remove = useMutation({
    mutationFn: () => call(api.DELETE('/api/messages/{key}/audio/{language}', { params: { path } })),
    onSuccess: () => changed(t('sound.removed')),
    onError: (error) => tell.failed(error),
  });
  const askRemove = async () => {
    const yes = await confirm({
      title: t('sound.ask', { language: name }),
      body: t('sound.askBody'),
      confirm: t('remove.remove'),
      dangerous: true,
    });
    if (yes) remove.mutate();
  };
  return (
    <div>
      <Group justify="space-between" gap="xs" mb={4}>
        <Text size="sm">
          <strong>{name}</strong>{' '}
          <Text span size="sm" c="dimmed">
            {recording ? (
              <>
                {t('sound.recording', { seconds: count(recording.seconds, 1) })} ·{' '}
                <At moment={recording.at} />
              </>
            ) : (
              t('sound.spoken')
            )}
          </Text>
        </Text>
        {mayChange && (
          <Group gap={6}>
            <UploadSound
              send={send}
              sent={sent}
              label={t('sound.upload')}
              name={t('sound.uploadIn', { language: name })}
            />
            {recording && (
              <Button
                size="compact-sm"
                variant="default"
                loading={remove.isPending}
                leftSection={<IconTrash size={14} aria-hidden />}
                onClick={() => void askRemove()}
              >
                {t('sound.remove')}
              </Button>
            )}
          </Group>
        )}
      </Group>
      {/* The words stand in the manuscript above. */}
      {/* eslint-disable-next-line jsx-a11y/media-has-caption */}
      <audio
        key={round}
        controls
        preload="none"
        src={`/api/messages/${encodeURIComponent(messageKey)}/audio/${language}?${round}`}
        style={{ width: '100%', height: 40 }}
        aria-label={t('sound.listen', { language: name })}
      />
    </div>
  );
}
