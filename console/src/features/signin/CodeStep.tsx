import { Anchor, Button, Group, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { CodeField, FormError, useWait } from '@/shared/account';
import { Frame } from './Frame';
import type { Begun } from './steps';

interface Props {
  ticket: string;
  enter: (begun: Begun) => Promise<void>;
  restart: () => void;
}

/** The code of the app, or one for recovery. */
export function CodeStep({ ticket, enter, restart }: Props) {
  const { t } = useTranslation('signin');
  const [recovery, setRecovery] = useState(false);
  const [code, setCode] = useState('');
  const check = useMutation({
    mutationFn: () => call(api.POST('/api/session/code', { body: { ticket, code } })),
    onSuccess: enter,
    onError: () => setCode(''),
  });
  const wait = useWait(check.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    check.mutate();
  };
  return (
    <Frame title={t('code.title')} note={recovery ? t('code.aboutRecovery') : t('code.about')}>
      <form onSubmit={submit}>
        <Stack>
          <CodeField
            key={String(recovery)}
            label={recovery ? t('code.recovery') : t('code.label')}
            value={code}
            onChange={setCode}
            recovery={recovery}
          />
          <FormError error={check.error} wait={wait} />
          <Button type="submit" loading={check.isPending} disabled={wait > 0} fullWidth>
            {wait > 0 ? t('waiting', { count: wait }) : t('submit')}
          </Button>
          <Group justify="space-between">
            <Anchor component="button" type="button" size="sm" onClick={restart}>
              {t('back')}
            </Anchor>
            <Anchor
              component="button"
              type="button"
              size="sm"
              onClick={() => {
                setRecovery(!recovery);
                setCode('');
              }}
            >
              {recovery ? t('code.useApp') : t('code.useRecovery')}
            </Anchor>
          </Group>
        </Stack>
      </form>
    </Frame>
  );
}
