import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, type components } from '@/api/client';
import { FormError } from '@/shared/account';
import { useTell } from '@/shared/components';
import { keyFrom, refreshRoles, type Role } from './roles';

type SystemRole = components['schemas']['Role'];

/** A role of one's own begins as a copy of another. */
export function CopyDialog({ role, roles, close }: { role: Role; roles: Role[]; close: () => void }) {
  const { t } = useTranslation('roles');
  const { t: common } = useTranslation();
  const tell = useTell();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const copy = useMutation({
    mutationFn: () =>
      call(
        api.POST('/api/roles', {
          body: {
            key: keyFrom(name, roles),
            name: name.trim(),
            description: '',
            copied_from: (role.own?.copied_from ?? role.key) as SystemRole,
            rights: [...role.rights],
          },
        }),
      ),
    onSuccess: async (made) => {
      await refreshRoles();
      tell.done(t('made', { name: made.name }));
      close();
      await navigate({ to: '/roles/$role', params: { role: made.key } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    copy.mutate();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t('copyThis', { name: role.name })}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">{t('copyAbout')}</Text>
          <TextInput
            label={t('name')}
            value={name}
            required
            maxLength={100}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <FormError error={copy.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {common('cancel')}
            </Button>
            <Button type="submit" loading={copy.isPending} disabled={!name.trim()}>
              {t('copy')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
