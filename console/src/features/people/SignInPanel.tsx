import { Button, CopyButton, Group, Modal, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconLink, IconMail } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { At, ErrorState, LoadingRows, Panel, useConfirm, useTell } from '@/shared/components';
import { queryClient } from '@/shared/query';
import { useMe } from '@/shared/session';
import classes from './people.module.css';
import { type Person, signInsQuery } from './queries';

/** How somebody gets in, and what can be done when they do not. */
export function SignInPanel({ person }: { person: Person }) {
  const { t } = useTranslation('people');
  const me = useMe();
  const all = useQuery(signInsQuery);
  const found = all.data?.get(person.key);
  const isMe = me.person === person.key;
  return (
    <Panel title={t('signIn.title')}>
      {all.error ? (
        <ErrorState error={all.error} retry={() => void all.refetch()} />
      ) : !found ? (
        <LoadingRows rows={2} />
      ) : (
        <Stack gap="sm">
          <Text component="div" size="sm">
            <div>{found.has_password ? t('signIn.password') : t('signIn.noPassword')}</div>
            {found.invited_until && (
              <div>
                {t('signIn.invitedUntil')} <At moment={found.invited_until} />
              </div>
            )}
            <div>{found.second_factor ? t('signIn.secondOn') : t('signIn.secondOff')}</div>
            {found.has_pin && <div>{t('signIn.hasPin')}</div>}
            <Text span size="sm" c="dimmed">
              {found.seen_at ? (
                <>
                  {t('signIn.seen')} <At moment={found.seen_at} />
                </>
              ) : (
                t('signIn.notSeen')
              )}
            </Text>
          </Text>
          {!isMe && (
            <Group gap="xs">
              <Invite person={person} />
              <MailInvitation person={person} />
              {found.second_factor && <Ask person={person} what="resetSecond" />}
              {found.has_pin && <Ask person={person} what="clearPin" />}
              {found.seen_at && <Ask person={person} what="signOut" />}
            </Group>
          )}
        </Stack>
      )}
    </Panel>
  );
}

function refresh() {
  return queryClient.invalidateQueries({ queryKey: signInsQuery.queryKey });
}

function Invite({ person }: { person: Person }) {
  const { t } = useTranslation('people');
  const { t: common } = useTranslation();
  const tell = useTell();
  const make = useMutation({
    mutationFn: () =>
      call(api.POST('/api/people/{key}/invitation', { params: { path: { key: person.key } } })),
    onSuccess: refresh,
    onError: (error) => tell.failed(error),
  });
  const link = make.data ? `${window.location.origin}${make.data.path}` : '';
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconLink size={16} aria-hidden />}
        loading={make.isPending}
        onClick={() => make.mutate()}
      >
        {t('signIn.invite')}
      </Button>
      <Modal
        opened={Boolean(make.data)}
        onClose={() => make.reset()}
        title={t('signIn.link')}
        size="lg"
        closeButtonProps={{ 'aria-label': common('close') }}
      >
        <Stack gap="sm">
          <Text size="sm">{t('signIn.linkHelp', { name: person.name })}</Text>
          <div className={classes.link} data-volatile data-link>
            {link}
          </div>
          <Group justify="space-between">
            <Text component="div" size="sm" c="dimmed">
              {make.data && (
                <>
                  {t('signIn.linkUntil')} <At moment={make.data.expires_at} />
                </>
              )}
            </Text>
            <CopyButton value={link}>
              {({ copied, copy }) => (
                <Button
                  onClick={copy}
                  data-autofocus
                  leftSection={
                    copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
                  }
                >
                  {copied ? t('signIn.copied') : t('signIn.copy')}
                </Button>
              )}
            </CopyButton>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

/** The link goes to the person's own address, and nobody else sees it. */
function MailInvitation({ person }: { person: Person }) {
  const { t } = useTranslation('people');
  const tell = useTell();
  const send = useMutation({
    mutationFn: () =>
      call(api.POST('/api/people/{key}/invitation/mail', { params: { path: { key: person.key } } })),
    onSuccess: async ({ message }) => {
      await refresh();
      const receiver = message.receiver;
      tell.done(t(message.status === 'kept' ? 'signIn.mailKept' : 'signIn.mailed', { receiver }));
    },
    onError: (error) => tell.failed(error),
  });
  return (
    <Button
      variant="default"
      leftSection={<IconMail size={16} aria-hidden />}
      loading={send.isPending}
      onClick={() => send.mutate()}
    >
      {t('signIn.mail')}
    </Button>
  );
}

const path = (key: string) => ({ params: { path: { key } } });

const DEEDS = {
  resetSecond: (key: string) => call(api.DELETE('/api/people/{key}/second-factor', path(key))),
  clearPin: (key: string) => call(api.DELETE('/api/people/{key}/pin', path(key))),
  signOut: (key: string) => call(api.DELETE('/api/people/{key}/sessions', path(key))),
};

/** What is asked about before it is done. */
function Ask({ person, what }: { person: Person; what: keyof typeof DEEDS }) {
  const { t } = useTranslation('people');
  const tell = useTell();
  const confirm = useConfirm();
  const act = useMutation({
    mutationFn: () => DEEDS[what](person.key),
    onSuccess: async () => {
      await refresh();
      tell.done(t(`signIn.${what}Done`));
    },
    onError: (error) => tell.failed(error),
  });
  const ask = async () => {
    const yes = await confirm({
      title: t(`signIn.${what}Title`, { name: person.name }),
      body: t(`signIn.${what}Body`),
      confirm: t(`signIn.${what}`),
      dangerous: true,
    });
    if (yes) act.mutate();
  };
  return (
    <Button variant="default" loading={act.isPending} onClick={() => void ask()}>
      {t(`signIn.${what}`)}
    </Button>
  );
}
