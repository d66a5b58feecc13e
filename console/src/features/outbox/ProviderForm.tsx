import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { FormError } from '@/shared/account';
import { useConfirm, useTell } from '@/shared/components';
import { queryClient } from '@/shared/query';
import { type Channel, providersQuery } from './messages';
import classes from './outbox.module.css';

interface Props {
  channel: Channel;
  /** There is one, which can be taken away. */
  isSet: boolean;
  /** Keeps the settings; `password` is null for the one that is kept. */
  keep: (password: string | null) => Promise<unknown>;
  children: ReactNode;
}

const refresh = () => queryClient.invalidateQueries({ queryKey: providersQuery.queryKey });

/** What forms of all providers have in common. */
export function ProviderForm({ channel, isSet, keep, children }: Props) {
  const { t } = useTranslation('outbox');
  const tell = useTell();
  const [password, setPassword] = useState('');
  const save = useMutation({
    mutationFn: () => keep(password || null),
    onSuccess: async () => {
      setPassword('');
      await refresh();
      tell.done(t('sending.saved'));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <div className={classes.fields}>
          {children}
          <PasswordInput
            label={t('sending.password')}
            description={isSet ? t('sending.passwordKept') : undefined}
            autoComplete="new-password"
            maxLength={500}
            visibilityToggleButtonProps={{ 'aria-label': t('sending.showPassword'), tabIndex: 0 }}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        </div>
        <FormError error={save.error} />
        <Group justify="flex-end" gap="xs">
          {isSet && <Remove channel={channel} />}
          <Button type="submit" loading={save.isPending}>
            {t('sending.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Remove({ channel }: { channel: Channel }) {
  const { t } = useTranslation('outbox');
  const tell = useTell();
  const confirm = useConfirm();
  const remove = useMutation({
    mutationFn: () => call(api.DELETE('/api/outbox/providers/{channel}', { params: { path: { channel } } })),
    onSuccess: async () => {
      await refresh();
      tell.done(t('sending.removed'));
    },
    onError: (error) => tell.failed(error),
  });
  const ask = async () => {
    const question = { title: t('sending.sure'), body: t('sending.sureBody'), confirm: t('sending.remove') };
    if (await confirm({ ...question, dangerous: true })) remove.mutate();
  };
  return (
    <Button variant="default" loading={remove.isPending} onClick={() => void ask()}>
      {t('sending.remove')}
    </Button>
  );
}
