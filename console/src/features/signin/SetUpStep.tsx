import { Anchor, Button, Checkbox, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { CodeField, FormError, RecoveryCodes, ScanCode, useWait } from '@/shared/account';
import { ErrorState, LoadingRows } from '@/shared/components';
import { Frame } from './Frame';
import type { Begun } from './steps';

interface Props {
  ticket: string;
  enter: (begun: Begun) => Promise<void>;
  restart: () => void;
}

/** The organisation demands a second factor, and there is none yet. */
export function SetUpStep({ ticket, enter, restart }: Props) {
  const { t } = useTranslation('signin');
  const [code, setCode] = useState('');
  const factor = useQuery({
    queryKey: ['set-up', ticket],
    queryFn: () => call(api.POST('/api/session/second-factor', { body: { ticket } })),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
  const confirm = useMutation({
    mutationFn: () => call(api.POST('/api/session/second-factor/confirm', { body: { ticket, code } })),
    onError: () => setCode(''),
  });
  const wait = useWait(confirm.error);
  if (confirm.data) return <Saved begun={confirm.data} enter={enter} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate();
  };
  return (
    <Frame title={t('setUp.title')} note={t('setUp.about')}>
      {factor.error ? (
        <ErrorState error={factor.error} retry={restart} />
      ) : factor.data ? (
        <form onSubmit={submit}>
          <Stack>
            <ScanCode factor={factor.data} />
            <CodeField label={t('setUp.confirm')} value={code} onChange={setCode} />
            <FormError error={confirm.error} wait={wait} />
            <Button type="submit" loading={confirm.isPending} disabled={wait > 0} fullWidth>
              {wait > 0 ? t('waiting', { count: wait }) : t('setUp.submit')}
            </Button>
            <Anchor component="button" type="button" size="sm" onClick={restart}>
              {t('back')}
            </Anchor>
          </Stack>
        </form>
      ) : (
        <LoadingRows />
      )}
    </Frame>
  );
}

function Saved({ begun, enter }: { begun: Begun; enter: (begun: Begun) => Promise<void> }) {
  const { t } = useTranslation('signin');
  const [saved, setSaved] = useState(false);
  return (
    <Frame title={t('setUp.saveTitle')}>
      <Stack>
        <RecoveryCodes codes={begun.recovery_codes ?? []} />
        <Checkbox
          label={t('setUp.saved')}
          checked={saved}
          onChange={(event) => setSaved(event.currentTarget.checked)}
        />
        <Button fullWidth disabled={!saved} onClick={() => void enter(begun)}>
          {t('setUp.go')}
        </Button>
      </Stack>
    </Frame>
  );
}
