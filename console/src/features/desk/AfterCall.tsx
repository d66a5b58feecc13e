import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { CaseNotes, CaseTags, useCase, useNames } from '@/shared/case';
import { Countdown, Dot, useTell } from '@/shared/components';
import { phoneNumber } from '@/shared/format';
import { useLive } from '@/shared/live/store';
import { useLiveQuery } from '@/shared/live/useLiveQuery';
import { useMe } from '@/shared/session';
import classes from './desk.module.css';

/** After a conversation: what was it about? Done ends the time for it at once. */
export function AfterCall({ onOpen }: { onOpen: (key: string) => void }) {
  const { person } = useMe();
  const agent = useLive((state) => (person ? state.agents[person] : undefined));
  if (agent?.state !== 'after_call_work' || !agent.after_call_until) return null;
  return <Panel until={agent.after_call_until} onOpen={onOpen} />;
}

function Panel({ until, onOpen }: { until: string; onOpen: (key: string) => void }) {
  const { t } = useTranslation('desk');
  const tell = useTell();
  const { data } = useQuery({
    queryKey: ['desk', 'last', until],
    queryFn: () => call(api.GET('/api/desk/last')),
  });
  // The call is in the log as soon as its last phone has hung up, a little after the work begins.
  useLiveQuery('calls', ['desk', 'last'], 500);
  const end = useMutation({
    mutationFn: () =>
      call(api.POST('/api/agents/{person}/end-after-call-work', { params: { path: { person: 'me' } } })),
    onError: (error) => tell.failed(error),
  });
  const ref = data?.case ?? null;
  const { data: found } = useCase(ref);
  const names = useNames([found?.number ?? null]);
  const number = found?.number;
  return (
    <section className={classes.afterCall} aria-labelledby="after-call">
      <Group justify="space-between" gap="sm">
        <Group gap={8}>
          <Dot tone="busy" shape="half" />
          <Text fw={620} id="after-call" component="h2" size="md" m={0}>
            {t('afterCall.title')}
          </Text>
          <Countdown due={until} />
          {number && (
            <button
              type="button"
              className={classes.textButton}
              onClick={() => ref && onOpen(`${ref.kind}:${ref.id}`)}
            >
              {names[number] ?? phoneNumber(number)}
            </button>
          )}
        </Group>
        <Button size="compact-md" onClick={() => end.mutate()} loading={end.isPending}>
          {t('afterCall.done')}
        </Button>
      </Group>
      {ref && (
        <div className={classes.afterFields}>
          <CaseTags case={ref} />
          <CaseNotes case={ref} />
        </div>
      )}
    </section>
  );
}
