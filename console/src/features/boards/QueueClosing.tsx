/** A queue that is closed for now: said of it, and done by who may. Those who wait stay. */
import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { IconLock, IconLockOpen } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { At, Dot, ErrorState, useTell } from '@/shared/components';
import { momentOf, MomentField, typedMoment } from '@/shared/dates';
import { focusFault } from '@/shared/forms/focusFault';
import type { LiveQueue } from '@/shared/live/store';
import { useMay } from '@/shared/session';
import classes from './boards.module.css';

export function QueueClosing({ queue }: { queue: LiveQueue }) {
  const mayClose = useMay('close_queues');
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Closed queue={queue} />
      <Held queue={queue} />
      {mayClose &&
        (queue.closed ? <Open queue={queue} /> : <Close queue={queue} ask={() => setAsked(true)} />)}
      {asked && <CloseDialog queue={queue} done={() => setAsked(false)} />}
    </>
  );
}

function Closed({ queue: { closed } }: { queue: LiveQueue }) {
  const { t } = useTranslation('boards');
  if (!closed) return null;
  return (
    <Text size="xs" className={classes.bad} data-volatile>
      <Dot tone="bad" shape="bar" /> {t('closing.closed')}
      {closed.until && (
        <>
          {' '}
          {t('closing.until')} <At moment={closed.until} />
        </>
      )}
    </Text>
  );
}

/** The schedule that sets its pace lets nobody through for a while. */
function Held({ queue: { held_until: until } }: { queue: LiveQueue }) {
  const { t } = useTranslation('boards');
  if (!until) return null;
  return (
    <Text size="xs" c="dimmed" data-volatile>
      <Dot tone="busy" shape="half" /> {t('held')} <At moment={until} />
    </Text>
  );
}

function Close({ queue, ask }: { queue: LiveQueue; ask: () => void }) {
  const { t } = useTranslation('boards');
  return (
    <Button
      size="compact-xs"
      variant="transparent"
      px={0}
      display="block"
      leftSection={<IconLock size={13} stroke={1.6} aria-hidden />}
      aria-label={t('closing.closeName', { name: queue.name })}
      onClick={ask}
    >
      {t('closing.close')}
    </Button>
  );
}

function Open({ queue }: { queue: LiveQueue }) {
  const { t } = useTranslation('boards');
  const tell = useTell();
  const open = useMutation({
    mutationFn: () => call(api.DELETE('/api/queues/{key}/closing', { params: { path: { key: queue.key } } })),
    onSuccess: () => tell.done(t('closing.isOpen', { name: queue.name })),
    onError: (error) => tell.failed(error),
  });
  return (
    <Button
      size="compact-xs"
      variant="transparent"
      px={0}
      display="block"
      loading={open.isPending}
      leftSection={<IconLockOpen size={13} stroke={1.6} aria-hidden />}
      aria-label={t('closing.openName', { name: queue.name })}
      onClick={() => open.mutate()}
    >
      {t('closing.open')}
    </Button>
  );
}

function CloseDialog({ queue, done }: { queue: LiveQueue; done: () => void }) {
  const { t } = useTranslation(['boards', 'common', 'dates']);
  const tell = useTell();
  const [until, setUntil] = useState(() => typedMoment(null));
  const [message, setMessage] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const messages = useQuery({
    queryKey: ['boards', 'messages'],
    queryFn: async () => (await call(api.GET('/api/messages', { params: { query: { limit: 200 } } }))).items,
  });
  const close = useMutation({
    mutationFn: (end: Date | null) =>
      call(
        api.PUT('/api/queues/{key}/closing', {
          params: { path: { key: queue.key } },
          body: { until: end?.toISOString() ?? null, message },
        }),
      ),
    onSuccess: () => {
      tell.done(t('closing.isClosed', { name: queue.name }));
      done();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const end = momentOf(until, new Date());
    setTried(typeof end === 'string');
    if (typeof end !== 'string') close.mutate(end);
    else focusFault(event.currentTarget);
  };
  return (
    <Modal
      opened
      onClose={done}
      title={t('closing.closeName', { name: queue.name })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {t('closing.about')}
          </Text>
          <MomentField
            label={t('closing.untilLabel')}
            description={t('closing.untilHelp')}
            value={until}
            onChange={setUntil}
            strict={tried}
          />
          <Select
            label={t('closing.message')}
            placeholder={t('closing.noMessage')}
            data={(messages.data ?? []).map(({ key, name }) => ({ value: key, label: name }))}
            value={message}
            onChange={setMessage}
            clearable
            clearButtonProps={{ 'aria-label': t('closing.noMessage') }}
          />
          {close.error && <ErrorState error={close.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={done}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={close.isPending}>
              {t('closing.close')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
