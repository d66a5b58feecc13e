/** Make a token. Its secret is shown this once. */
import { Button, CopyButton, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, serverNow } from '@/api/client';
import { ErrorState } from '@/shared/components';
import { queryClient } from '@/shared/query';
import { type TokenMade, type TokenRole, tokensQuery } from './tokens';

const ROLES: TokenRole[] = ['user', 'team_leader', 'administrator'];
/** Days until it expires. */
const LIVES = ['30', '90', '365', 'never'] as const;
const DAY = 86_400_000;

export function NewToken({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('tokens');
  const { t: common } = useTranslation();
  const [made, setMade] = useState<TokenMade | null>(null);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('make')}
      closeOnClickOutside={!made}
      closeOnEscape={!made}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {made ? <Made token={made} onClose={onClose} /> : <Wanted onMade={setMade} />}
    </Modal>
  );
}

function Wanted({ onMade }: { onMade: (token: TokenMade) => void }) {
  const { t } = useTranslation('tokens');
  const { t: common } = useTranslation();
  const [name, setName] = useState('');
  const [role, setRole] = useState<TokenRole>('user');
  const [life, setLife] = useState<string>('90');
  const make = useMutation({
    mutationFn: () => {
      const expires_at = life === 'never' ? null : new Date(serverNow() + Number(life) * DAY).toISOString();
      return call(api.POST('/api/tokens', { body: { name: name.trim(), role, expires_at } }));
    },
    onSuccess: onMade,
    onSettled: () => queryClient.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) make.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t('name')}
          description={t('nameHelp')}
          required
          withAsterisk={false}
          maxLength={100}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label={t('role')}
          description={t('roleHelp')}
          allowDeselect={false}
          data={ROLES.map((value) => ({ value, label: common(`role.${value}`) }))}
          value={role}
          onChange={(value) => setRole(value as TokenRole)}
        />
        <Select
          label={t('expires')}
          allowDeselect={false}
          data={LIVES.map((value) => ({
            value,
            label: value === 'never' ? t('never') : t('days', { count: Number(value) }),
          }))}
          value={life}
          onChange={(value) => setLife(value ?? '90')}
        />
        {make.error && <ErrorState error={make.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={make.isPending} disabled={!name.trim()}>
            {t('make')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Made({ token, onClose }: { token: TokenMade; onClose: () => void }) {
  const { t } = useTranslation('tokens');
  return (
    <Stack gap="md" role="status">
      <div>
        <Text fw={600}>{t('made', { name: token.name })}</Text>
        <Text size="sm">{t('once')}</Text>
      </div>
      <TextInput
        readOnly
        label={t('secret')}
        description={t('secretHelp')}
        value={token.secret}
        data-autofocus
        onFocus={(event) => event.currentTarget.select()}
      />
      <Group justify="space-between">
        <CopyButton value={token.secret}>
          {({ copied, copy }) => (
            <Button
              onClick={copy}
              leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            >
              {t(copied ? 'copied' : 'copy')}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={onClose}>
          {t('kept')}
        </Button>
      </Group>
    </Stack>
  );
}
