import { Button, Group, Stack, Text } from '@mantine/core';
import { IconBell, IconBellOff, IconDownload } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { Panel, useTell } from '@/shared/components';
import { useInstall } from '@/shared/install/worker';
import { pushHere, turnOffPush, turnOnPush, type PushHere } from './push';

/** Notices of offered calls on this device, and the console as an app of its own. */
export function PushPanel() {
  const { t } = useTranslation('install');
  const { data: here } = useQuery({ queryKey: ['push-here'], queryFn: pushHere });
  return (
    <Panel title={t('push.title')}>
      <Stack gap="sm">
        <Text size="sm">
          {t('push.about')} {t('push.private')}
        </Text>
        {here && <Setting here={here} />}
        <Installing />
      </Stack>
    </Panel>
  );
}

function Setting({ here }: { here: PushHere }) {
  const { t, i18n } = useTranslation('install');
  const client = useQueryClient();
  const tell = useTell();
  const change = useMutation({
    mutationFn: () => (here === 'on' ? turnOffPush() : turnOnPush(i18n.language)),
    onSuccess: (now) => client.setQueryData(['push-here'], now),
    // What the browser throws is shown beside the button; the server's refusals have words of their own.
    onError: (error) => error instanceof DOMException || tell.failed(error),
  });
  const test = useMutation({
    mutationFn: () => call(api.POST('/api/me/push/test')),
    onSuccess: () => tell.done(t('push.sent')),
    onError: (error) => tell.failed(error),
  });
  if (here === 'denied' || here === 'unsupported') return <Text size="sm">{t(`push.${here}`)}</Text>;
  const Icon = here === 'on' ? IconBell : IconBellOff;
  return (
    <>
      <Group gap="xs" role="status">
        <Icon size={18} stroke={1.7} aria-hidden />
        <Text size="sm" fw={600}>
          {t(`push.${here}`)}
        </Text>
      </Group>
      <Group gap="xs">
        <Button variant="default" loading={change.isPending} onClick={() => change.mutate()}>
          {t(here === 'on' ? 'push.turnOff' : 'push.turnOn')}
        </Button>
        {here === 'on' && (
          <Button variant="subtle" loading={test.isPending} onClick={() => test.mutate()}>
            {t('push.test')}
          </Button>
        )}
      </Group>
      {change.error instanceof DOMException && (
        <Text size="sm" role="alert">
          {t('push.failed')}
        </Text>
      )}
    </>
  );
}

function Installing() {
  const { t } = useTranslation('install');
  const offer = useInstall((state) => state.offer);
  if (!offer) return null;
  return (
    <Group gap="sm">
      <Button
        variant="default"
        leftSection={<IconDownload size={16} stroke={1.7} aria-hidden />}
        onClick={() => void offer.prompt().then(() => useInstall.setState({ offer: null }))}
      >
        {t('push.install')}
      </Button>
      <Text size="sm" c="dimmed">
        {t('push.installAbout')}
      </Text>
    </Group>
  );
}
