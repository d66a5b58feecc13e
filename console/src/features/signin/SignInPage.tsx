import { Button, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { useProblemText } from '@/shared/components';
import { queryClient } from '@/shared/query';
import { meQuery } from '@/shared/session';
import classes from './SignInPage.module.css';

export function SignInPage() {
  const { t } = useTranslation('signin');
  const text = useProblemText();
  const navigate = useNavigate();
  const { next } = useSearch({ from: '/sign-in' });
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: () => call(api.POST('/api/session', { body: { email, password } })),
    onSuccess: async () => {
      await queryClient.fetchQuery({ ...meQuery, staleTime: 0 });
      await navigate({ href: next ?? '/' });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  const told = signIn.error ? text(signIn.error) : null;
  return (
    <main className={classes.page}>
      <form onSubmit={submit} className={classes.card}>
        <Stack>
          <Stack align="center" gap="xs">
            <img src="/mark.svg" alt="" width={44} height={44} />
            <Title order={1}>{t('title')}</Title>
          </Stack>
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
            label={t('password')}
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          {told && (
            <div role="alert" className={classes.error}>
              <strong>{told.title}</strong> {told.detail} {told.remedy}
            </div>
          )}
          <Button type="submit" loading={signIn.isPending} fullWidth>
            {t('submit')}
          </Button>
        </Stack>
      </form>
    </main>
  );
}
