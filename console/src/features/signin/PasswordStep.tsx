import { Anchor, Button, Collapse, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { FormError, useWait } from '@/shared/account';
import type { Begun, Needed } from './steps';

/** The first step. It never says which of the two was wrong. */
export function PasswordStep({ done }: { done: (answer: Begun | Needed) => void }) {
  const { t } = useTranslation('signin');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [forgotten, setForgotten] = useState(false);
  const forgottenId = useId();
  const passwordField = useRef<HTMLInputElement>(null);
  const signIn = useMutation({
    mutationFn: () => call<Begun | Needed>(api.POST('/api/session', { body: { email, password } })),
    onSuccess: done,
    onError: () => {
      setPassword('');
      passwordField.current?.focus();
    },
  });
  const wait = useWait(signIn.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('email')}
          type="email"
          autoComplete="username"
          autoFocus
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          ref={passwordField}
          label={t('password')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ 'aria-label': t('show'), tabIndex: 0 }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <FormError error={signIn.error} wait={wait} />
        <Button type="submit" loading={signIn.isPending} disabled={wait > 0} fullWidth>
          {wait > 0 ? t('waiting', { count: wait }) : t('submit')}
        </Button>
        <Stack gap={4} align="center">
          <Anchor
            component="button"
            type="button"
            size="sm"
            lh={1.5}
            aria-expanded={forgotten}
            aria-controls={forgottenId}
            onClick={() => setForgotten(!forgotten)}
          >
            {t('forgotten')}
          </Anchor>
          <Collapse expanded={forgotten} id={forgottenId}>
            <Text size="sm" c="dimmed" ta="center">
              {t('forgottenHelp')}
            </Text>
          </Collapse>
        </Stack>
      </Stack>
    </form>
  );
}
