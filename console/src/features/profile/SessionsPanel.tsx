import { Button, Group, Text } from '@mantine/core';
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, call, type components } from '@/api/client';
import { At, ErrorState, Label, LoadingRows, Panel, useConfirm, useTell } from '@/shared/components';
import { queryClient } from '@/shared/query';
import { useMe } from '@/shared/session';
import { forgetDrafts, hasDrafts } from '@/shared/session/drafts';
import classes from './profile.module.css';

type Session = components['schemas']['SessionShown'];

const KEY = ['me', 'sessions'];

/** Where one is signed in, and the way out of each. */
export function SessionsPanel() {
  const { t } = useTranslation('profile');
  const sessions = useQuery({ queryKey: KEY, queryFn: () => call(api.GET('/api/me/sessions')) });
  return (
    <Panel title={t('sessions.title')} flush>
      {sessions.data ? (
        <>
          <ul className={classes.sessions}>
            {sessions.data.map((session) => (
              <SessionRow key={session.id} session={session} />
            ))}
          </ul>
          <EndAll others={sessions.data.length > 1} />
        </>
      ) : sessions.error ? (
        <ErrorState error={sessions.error} retry={() => void sessions.refetch()} />
      ) : (
        <LoadingRows rows={2} />
      )}
    </Panel>
  );
}

function SessionRow({ session }: { session: Session }) {
  const { t } = useTranslation('profile');
  const tell = useTell();
  const end = useMutation({
    mutationFn: () => call(api.DELETE('/api/me/sessions/{id}', { params: { path: { id: session.id } } })),
    onSuccess: () => tell.done(t('sessions.ended')),
    onError: (error) => tell.failed(error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: KEY }),
  });
  const device = session.device || t('sessions.unknown');
  const Icon = /iPhone|iPad|Android/.test(device) ? IconDeviceMobile : IconDeviceDesktop;
  return (
    <li className={classes.session}>
      <Icon size={22} stroke={1.5} aria-hidden />
      <div>
        <Group gap={8}>
          <Text size="sm" fw={600}>
            {device}
          </Text>
          {session.this_one && <Label>{t('sessions.thisOne')}</Label>}
        </Group>
        <Text component="div" size="xs" c="dimmed">
          {session.address} · {t('sessions.seen')} <At moment={session.seen_at} />
        </Text>
      </div>
      {!session.this_one && (
        <Button
          size="compact-sm"
          variant="default"
          loading={end.isPending}
          aria-label={t('sessions.endThis', { device })}
          onClick={() => end.mutate()}
        >
          {t('sessions.end')}
        </Button>
      )}
    </li>
  );
}

function EndAll({ others }: { others: boolean }) {
  const { t } = useTranslation(['profile', 'common']);
  const me = useMe();
  const tell = useTell();
  const confirm = useConfirm();
  const navigate = useNavigate();
  const end = useMutation({
    mutationFn: (butThis: boolean) =>
      call(api.DELETE('/api/me/sessions', { params: { query: { others: butThis } } })),
    onSuccess: async (_, butThis) => {
      if (butThis) {
        await queryClient.invalidateQueries({ queryKey: KEY });
        tell.done(t('sessions.othersEnded'));
      } else {
        forgetDrafts();
        await navigate({ to: '/sign-in' });
        queryClient.clear();
      }
    },
    onError: (error) => tell.failed(error),
  });
  const everywhere = async () => {
    const yes = await confirm({
      title: t('sessions.everywhereTitle'),
      body: [t('sessions.everywhereBody'), hasDrafts(me) && t('common:user.unsavedBody')]
        .filter(Boolean)
        .join(' '),
      confirm: t('sessions.everywhere'),
      dangerous: true,
    });
    if (yes) end.mutate(false);
  };
  return (
    <Group className={classes.end} gap="xs" justify="flex-end">
      <Button variant="subtle" color="gray" onClick={() => void everywhere()}>
        {t('sessions.everywhere')}
      </Button>
      {others && (
        <Button variant="default" loading={end.isPending} onClick={() => end.mutate(true)}>
          {t('sessions.others')}
        </Button>
      )}
    </Group>
  );
}
