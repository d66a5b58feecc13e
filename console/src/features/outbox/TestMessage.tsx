import { Button, Text, TextInput } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { FormError } from '@/shared/account';
import { type Channel, isOnItsWay } from './messages';
import { MessageStatus } from '@/shared/components/MessageStatus';
import classes from './outbox.module.css';

const LOOK_EVERY = 1000;

/** Sends a test, and shows what becomes of it. */
export function TestMessage({ channel }: { channel: Channel }) {
  const { t } = useTranslation('outbox');
  const [receiver, setReceiver] = useState('');
  const send = useMutation({
    mutationFn: () =>
      call(api.POST('/api/outbox/test', { body: { channel, receiver: asWritten(channel, receiver) } })),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate();
  };
  return (
    <form className={classes.test} onSubmit={submit}>
      <div className={classes.testFields}>
        <TextInput
          label={t(`test.${channel}`)}
          type={channel === 'mail' ? 'email' : 'tel'}
          placeholder={channel === 'text' ? '+46701234567' : undefined}
          required
          withAsterisk={false}
          maxLength={254}
          value={receiver}
          onChange={(event) => setReceiver(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          loading={send.isPending}
          leftSection={<IconSend size={16} aria-hidden />}
        >
          {t('test.send')}
        </Button>
      </div>
      <FormError error={send.error} />
      <div role="status">{send.data && <Became key={send.data.id} id={send.data.id} />}</div>
    </form>
  );
}

/** Numbers are written in groups. */
const asWritten = (channel: Channel, receiver: string) =>
  channel === 'text' ? receiver.replace(/[\s()-]/g, '') : receiver.trim();

function Became({ id }: { id: string }) {
  const { t } = useTranslation('outbox');
  const { data } = useQuery({
    queryKey: ['outbox', 'one', id],
    queryFn: () => call(api.GET('/api/outbox/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (!state.data || isOnItsWay(state.data) ? LOOK_EVERY : false),
  });
  if (!data) return null;
  return (
    <>
      <MessageStatus message={data} />
      {data.detail && (
        <Text size="xs" c="dimmed" className={classes.receiver}>
          {t('said', { words: data.detail })}
        </Text>
      )}
    </>
  );
}
