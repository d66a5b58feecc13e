import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { FormError, NewPasswordField, useWait } from '@/shared/account';
import { Panel, useTell } from '@/shared/components';
import { queryClient } from '@/shared/query';

export function PasswordPanel() {
  const { t } = useTranslation('profile');
  const tell = useTell();
  const [present, setPresent] = useState('');
  const [wanted, setWanted] = useState('');
  const change = useMutation({
    mutationFn: () => call(api.PUT('/api/me/password', { body: { present, new: wanted } })),
    onSuccess: async () => {
      setPresent('');
      setWanted('');
      await queryClient.invalidateQueries({ queryKey: ['me', 'sessions'] });
      tell.done(t('password.done'));
    },
  });
  const wait = useWait(change.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <Panel title={t('password.title')}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <PasswordInput
            label={t('password.present')}
            autoComplete="current-password"
            required
            withAsterisk={false}
            visibilityToggleButtonProps={{ 'aria-label': t('password.show'), tabIndex: 0 }}
            value={present}
            onChange={(event) => setPresent(event.currentTarget.value)}
          />
          <NewPasswordField label={t('password.new')} value={wanted} onChange={setWanted} />
          <Text size="xs" c="dimmed">
            {t('password.help')}
          </Text>
          <FormError error={change.error} wait={wait} />
          <Group justify="flex-end">
            <Button type="submit" disabled={!present || !wanted || wait > 0} loading={change.isPending}>
              {t('password.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
