import { Button, Group, Stack, Text } from '@mantine/core';
import { IconShieldCheck, IconShieldOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { At, ErrorState, LoadingRows, Panel } from '@/shared/components';
import { queryClient } from '@/shared/query';
import { meQuery } from '@/shared/session';
import { SecondFactorDialog, type Purpose } from './SecondFactorDialog';

const KEY = ['me', 'second-factor'];

/** One-time codes from an app on the phone: on or off, and the codes for recovery. */
export function SecondFactorPanel() {
  const { t } = useTranslation('profile');
  const [purpose, setPurpose] = useState<Purpose | null>(null);
  const state = useQuery({ queryKey: KEY, queryFn: () => call(api.GET('/api/me/second-factor')) });
  const close = () => {
    setPurpose(null);
    void queryClient.invalidateQueries({ queryKey: KEY });
    void queryClient.invalidateQueries({ queryKey: meQuery.queryKey, exact: true });
  };
  return (
    <Panel title={t('second.title')}>
      {state.data ? (
        <Stack gap="sm">
          <Group gap="sm" wrap="nowrap" align="flex-start">
            {state.data.on ? (
              <IconShieldCheck size={22} stroke={1.6} color="var(--svarhus-good)" aria-hidden />
            ) : (
              <IconShieldOff size={22} stroke={1.6} color="var(--svarhus-quiet)" aria-hidden />
            )}
            <div>
              <Text size="sm" fw={600}>
                {state.data.on ? t('second.on') : t('second.off')}
              </Text>
              <Text component="div" size="sm" c="dimmed">
                {state.data.on && state.data.since ? (
                  <>
                    {t('second.since')} <At moment={state.data.since} />.{' '}
                    {t('second.left', { count: state.data.recovery_codes_left })}
                  </>
                ) : (
                  t('second.about')
                )}
                {state.data.required && <div>{t('second.required')}</div>}
              </Text>
            </div>
          </Group>
          <Group gap="xs" justify="flex-end">
            {state.data.on ? (
              <>
                {!state.data.required && (
                  <Button variant="subtle" color="gray" onClick={() => setPurpose('off')}>
                    {t('second.turnOff')}
                  </Button>
                )}
                <Button variant="default" onClick={() => setPurpose('codes')}>
                  {t('second.newCodes')}
                </Button>
              </>
            ) : (
              <Button onClick={() => setPurpose('on')}>{t('second.turnOn')}</Button>
            )}
          </Group>
          {purpose && <SecondFactorDialog purpose={purpose} close={close} />}
        </Stack>
      ) : state.error ? (
        <ErrorState error={state.error} retry={() => void state.refetch()} />
      ) : (
        <LoadingRows rows={2} />
      )}
    </Panel>
  );
}
