import { Button, Stack, Text, TextInput } from '@mantine/core';
import { IconLinkOff } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, ProblemError } from '@/api/client';
import { FormError, NewPasswordField, useWait } from '@/shared/account';
import { EmptyState, ErrorState, LoadingRows } from '@/shared/components';
import { Frame } from './Frame';
import { NextStep } from './NextStep';
import { type Begun, isNeeded, type Needed, useEnter } from './steps';

/** Where the link leads that an administrator has handed over: here one sets a password. */
export function InvitationPage() {
  const { t } = useTranslation('signin');
  const navigate = useNavigate();
  // Behind the #, so that no server and no log ever gets it.
  const [token] = useState(() => window.location.hash.slice(1));
  const [password, setPassword] = useState('');
  const [needed, setNeeded] = useState<Needed | null>(null);
  const enter = useEnter(undefined);
  const invited = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => call(api.POST('/api/invitation', { body: { token } })),
    retry: false,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const accept = useMutation({
    mutationFn: () => call<Begun | Needed>(api.POST('/api/invitation/accept', { body: { token, password } })),
    onSuccess: (answer) => (isNeeded(answer) ? setNeeded(answer) : void enter(answer)),
  });
  const wait = useWait(accept.error);
  const toSignIn = () => void navigate({ to: '/sign-in' });
  if (needed) return <NextStep needed={needed} enter={enter} restart={toSignIn} />;
  if (invited.error) {
    const gone = invited.error instanceof ProblemError && invited.error.status === 404;
    return (
      <Frame title={t('invitation.title')}>
        {gone ? (
          <EmptyState
            icon={<IconLinkOff size={28} stroke={1.5} />}
            title={t('invitation.gone')}
            action={
              <Button variant="default" mt="xs" onClick={toSignIn}>
                {t('invitation.toSignIn')}
              </Button>
            }
          >
            {t('invitation.goneHelp')}
          </EmptyState>
        ) : (
          <ErrorState error={invited.error} retry={() => void invited.refetch()} />
        )}
      </Frame>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    accept.mutate();
  };
  return (
    <Frame
      title={t('invitation.title')}
      note={
        invited.data &&
        t('invitation.about', { name: invited.data.name, organisation: invited.data.organisation })
      }
    >
      {invited.data ? (
        <form onSubmit={submit}>
          <Stack>
            <TextInput
              label={t('email')}
              type="email"
              autoComplete="username"
              readOnly
              value={invited.data.email}
            />
            <NewPasswordField
              label={t('invitation.password')}
              value={password}
              onChange={setPassword}
              autoFocus
            />
            <Text size="sm" c="dimmed">
              {t('invitation.hint')}
            </Text>
            <FormError error={accept.error} wait={wait} />
            <Button type="submit" loading={accept.isPending} disabled={wait > 0} fullWidth>
              {wait > 0 ? t('waiting', { count: wait }) : t('invitation.submit')}
            </Button>
          </Stack>
        </form>
      ) : (
        <LoadingRows />
      )}
    </Frame>
  );
}
