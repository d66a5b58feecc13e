import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { CodeField, FormError, RecoveryCodes, ScanCode, type SecondFactor, useWait } from '@/shared/account';
import { useTell } from '@/shared/components';

/** Turning it on, new codes for recovery, turning it off: each begins with the password. */
export type Purpose = 'on' | 'codes' | 'off';

interface Props {
  purpose: Purpose;
  close: () => void;
}

export function SecondFactorDialog({ purpose, close }: Props) {
  const { t } = useTranslation('profile');
  const { t: common } = useTranslation();
  const tell = useTell();
  const [factor, setFactor] = useState<SecondFactor | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const allow = useAllow(purpose, {
    begun: setFactor,
    renewed: setCodes,
    off: () => {
      tell.done(t('second.isOff'));
      close();
    },
  });
  return (
    <Modal
      opened
      onClose={close}
      title={t(`second.dialog.${purpose}`)}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {codes ? (
        <Stack>
          <RecoveryCodes codes={codes} />
          <Group justify="flex-end">
            <Button onClick={close}>{t('second.saved')}</Button>
          </Group>
        </Stack>
      ) : factor ? (
        <Confirm factor={factor} done={setCodes} />
      ) : (
        <PasswordForm
          about={t(`second.dialog.${purpose}About`)}
          allow={allow}
          dangerous={purpose === 'off'}
        />
      )}
    </Modal>
  );
}

interface Outcomes {
  begun: (factor: SecondFactor) => void;
  renewed: (codes: readonly string[]) => void;
  off: () => void;
}

function useAllow(purpose: Purpose, { begun, renewed, off }: Outcomes) {
  return useMutation({
    mutationFn: async (password: string) => {
      const body = { body: { password } };
      if (purpose === 'on') begun(await call(api.POST('/api/me/second-factor', body)));
      else if (purpose === 'codes')
        renewed((await call(api.POST('/api/me/second-factor/recovery-codes', body))).codes);
      else {
        await call(api.POST('/api/me/second-factor/off', body));
        off();
      }
    },
  });
}

interface PasswordFormProps {
  about: string;
  allow: ReturnType<typeof useAllow>;
  dangerous: boolean;
}

function PasswordForm({ about, allow, dangerous }: PasswordFormProps) {
  const { t } = useTranslation('profile');
  const [password, setPassword] = useState('');
  const wait = useWait(allow.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    allow.mutate(password);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{about}</Text>
        <PasswordInput
          label={t('second.password')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          data-autofocus
          visibilityToggleButtonProps={{ 'aria-label': t('password.show'), tabIndex: 0 }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <FormError error={allow.error} wait={wait} />
        <Group justify="flex-end">
          <Button
            type="submit"
            color={dangerous ? 'red' : undefined}
            disabled={wait > 0}
            loading={allow.isPending}
          >
            {dangerous ? t('second.turnOff') : t('second.next')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Confirm({ factor, done }: { factor: SecondFactor; done: (codes: readonly string[]) => void }) {
  const { t } = useTranslation('profile');
  const [code, setCode] = useState('');
  const confirm = useMutation({
    mutationFn: () => call(api.POST('/api/me/second-factor/confirm', { body: { code } })),
    onSuccess: ({ codes }) => done(codes),
    onError: () => setCode(''),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <ScanCode factor={factor} />
        <CodeField label={t('second.confirm')} value={code} onChange={setCode} />
        <FormError error={confirm.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={confirm.isPending}>
            {t('second.turnOn')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
