import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { FormError } from '@/shared/account';
import { At, Panel, useConfirm, useTell } from '@/shared/components';
import { phoneNumber } from '@/shared/format';
import { inARow } from '@/shared/i18n';
import { queryClient } from '@/shared/query';

const KEY = ['me', 'pin'];

/** The PIN by which one logs in and out of queues at any telephone; nothing, where no number asks for one. */
export function PinPanel() {
  const { t } = useTranslation('profile');
  const pin = useQuery({ queryKey: KEY, queryFn: () => call(api.GET('/api/me/pin')) });
  if (!pin.data || (!pin.data.numbers.length && !pin.data.since)) return null;
  const { since, digits, numbers } = pin.data;
  return (
    <Panel title={t('pin.title')}>
      <Stack gap="sm">
        <Text component="div" size="sm" c="dimmed">
          {numbers.length > 0 && t('pin.about', { numbers: inARow(numbers.map(phoneNumber)) })}
          {since && (
            <div>
              {t('pin.since')} <At moment={since} />
            </div>
          )}
        </Text>
        <PinForm digits={digits} has={Boolean(since)} />
      </Stack>
    </Panel>
  );
}

function PinForm({ digits, has }: { digits: number; has: boolean }) {
  const { t } = useTranslation('profile');
  const tell = useTell();
  const [wanted, setWanted] = useState('');
  const set = useMutation({
    mutationFn: () => call(api.PUT('/api/me/pin', { body: { pin: wanted } })),
    onSuccess: async () => {
      setWanted('');
      await queryClient.invalidateQueries({ queryKey: KEY });
      tell.done(t('pin.done'));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <PasswordInput
          label={t(has ? 'pin.change' : 'pin.new')}
          description={t('pin.help', { count: digits })}
          inputMode="numeric"
          autoComplete="off"
          maxLength={12}
          visibilityToggleButtonProps={{ 'aria-label': t('pin.show'), tabIndex: 0 }}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
        <FormError error={set.error} />
        <Group justify="flex-end" gap="xs">
          {has && <Remove />}
          <Button type="submit" disabled={!wanted} loading={set.isPending}>
            {t('pin.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Remove() {
  const { t } = useTranslation('profile');
  const tell = useTell();
  const confirm = useConfirm();
  const remove = useMutation({
    mutationFn: () => call(api.DELETE('/api/me/pin')),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: KEY });
      tell.done(t('pin.removed'));
    },
    onError: (error) => tell.failed(error),
  });
  const ask = async () => {
    const words = { title: t('pin.removeTitle'), body: t('pin.removeBody'), confirm: t('pin.remove') };
    if (await confirm({ ...words, dangerous: true })) remove.mutate();
  };
  return (
    <Button variant="subtle" color="gray" loading={remove.isPending} onClick={() => void ask()}>
      {t('pin.remove')}
    </Button>
  );
}
