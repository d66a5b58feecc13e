import { Radio, Stack, Switch, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call, type components } from '@/api/client';
import { ErrorState, LoadingRows, Panel, useTell } from '@/shared/components';
import { queryClient } from '@/shared/query';
import { type Preferences, preferencesQuery } from '@/shared/session/preferences';

type Notice = keyof components['schemas']['Notices'];

const KEY = preferencesQuery.queryKey;
const NOTICES: Notice[] = ['offers', 'voicemails', 'callbacks_due', 'notes', 'sound'];

const NONE = { offers: false, voicemails: false, callbacks_due: false, notes: false, sound: false };

/** How one works: the way to transfer that is offered first, and the notices. Saved as soon as it is changed. */
export function PreferencesPanel() {
  const { t } = useTranslation('profile');
  const tell = useTell();
  const found = useQuery(preferencesQuery);
  const save = useMutation({
    mutationFn: (body: Preferences) => call(api.PUT('/api/me/preferences', { body })),
    onMutate: (wanted) => {
      const before = queryClient.getQueryData(KEY);
      queryClient.setQueryData(KEY, wanted);
      return { before };
    },
    onError: (error, _wanted, kept) => {
      if (kept?.before) queryClient.setQueryData(KEY, kept.before);
      tell.failed(error);
    },
  });
  const now = found.data;
  return (
    <Panel title={t('work.title')}>
      {now ? (
        <Stack gap="lg">
          <Radio.Group
            label={t('work.transfer')}
            value={now.transfer ?? 'consult'}
            onChange={(transfer) => save.mutate({ ...now, transfer: transfer as 'consult' | 'blind' })}
          >
            <Stack gap={8} mt={8}>
              <Radio value="consult" label={t('work.consult')} description={t('work.consultHelp')} />
              <Radio value="blind" label={t('work.blind')} description={t('work.blindHelp')} />
            </Stack>
          </Radio.Group>
          <Switch
            label={t('work.openCalls')}
            description={t('work.openCallsHelp')}
            checked={now.open_calls ?? true}
            onChange={(event) => save.mutate({ ...now, open_calls: event.currentTarget.checked })}
          />
          <Stack gap={10} role="group" aria-label={t('notices.title')}>
            <div>
              <Text size="sm" fw={600}>
                {t('notices.title')}
              </Text>
              <Text size="xs" c="dimmed">
                {t('notices.help')}
              </Text>
            </div>
            {NOTICES.map((notice) => (
              <Switch
                key={notice}
                label={t(`notices.${notice}`)}
                checked={now.notices?.[notice] ?? false}
                onChange={(event) =>
                  save.mutate({
                    ...now,
                    notices: { ...(now.notices ?? NONE), [notice]: event.currentTarget.checked },
                  })
                }
              />
            ))}
          </Stack>
        </Stack>
      ) : found.error ? (
        <ErrorState error={found.error} retry={() => void found.refetch()} />
      ) : (
        <LoadingRows rows={4} />
      )}
    </Panel>
  );
}
