/** What one who leads may do for somebody: log in to queues and out of them, end after-call work. All can be undone
 * but for the last. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconDoorEnter, IconDoorExit, IconPlayerSkipForward } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { useTell } from '@/shared/components';
import { PauseOf } from './PauseOf';
import { SuperviseItems, useConversationOf } from './Supervise';
import type { AgentRow } from './useBoard';

interface Props {
  row: AgentRow;
  queueNames: Map<string, string>;
  /** Queues to which one may log the person in, and out of them. */
  logs: readonly string[];
  /** Whether one may do the rest too, which holds for all queues of the person. */
  pauses: boolean;
}

export function AgentMenu({ row, queueNames, logs, pauses }: Props) {
  const { t } = useTranslation('boards');
  const { agent } = row;
  const conversation = useConversationOf(agent.key, agent.calls);
  if (!logs.length && !conversation) return null;
  return (
    <Menu position="bottom-end" closeOnItemClick={false} width={260}>
      <Menu.Target>
        <ActionIcon size="md" aria-label={t('actionsFor', { name: agent.name })}>
          <IconDots size={17} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {conversation && <SuperviseItems call={conversation} member={agent.key} name={agent.name} />}
        {logs.length > 0 && <LogItems row={row} queueNames={queueNames} logs={logs} pauses={pauses} />}
      </Menu.Dropdown>
    </Menu>
  );
}

function LogItems({ row, queueNames, logs, pauses }: Props) {
  const { t } = useTranslation('boards');
  const { agent } = row;
  const inside = logs.filter((queue) => agent.queues.includes(queue));
  const log = useLog(agent.key, agent.name, (queue) => queueNames.get(queue) ?? queue);
  const end = useEndAfterCallWork(agent.key, agent.name);
  const outside = logs.filter((queue) => !agent.queues.includes(queue));
  return (
    <>
      <Menu.Label>{t('loggedInTo')}</Menu.Label>
      {logs.map((queue) => (
        <Menu.CheckboxItem
          key={queue}
          checked={agent.queues.includes(queue)}
          onChange={(into) => log.mutate({ queues: [queue], into })}
        >
          {queueNames.get(queue) ?? queue}
        </Menu.CheckboxItem>
      ))}
      <Menu.Divider />
      <Menu.Item
        closeMenuOnClick
        disabled={!outside.length}
        leftSection={<IconDoorEnter size={15} stroke={1.6} aria-hidden />}
        onClick={() => log.mutate({ queues: outside, into: true })}
      >
        {t('logInToAll')}
      </Menu.Item>
      <Menu.Item
        closeMenuOnClick
        disabled={!inside.length}
        leftSection={<IconDoorExit size={15} stroke={1.6} aria-hidden />}
        onClick={() => log.mutate({ queues: inside, into: false })}
      >
        {t('logOutOfAll')}
      </Menu.Item>
      {pauses && <PauseOf row={row} />}
      {pauses && agent.state === 'after_call_work' && (
        <Menu.Item
          closeMenuOnClick
          leftSection={<IconPlayerSkipForward size={15} stroke={1.6} aria-hidden />}
          onClick={() => end.mutate()}
        >
          {t('endAfterCallWork')}
        </Menu.Item>
      )}
    </>
  );
}

interface Wanted {
  queues: string[];
  into: boolean;
  /** It takes back what was done before: then there is nothing to undo. */
  back?: boolean;
}

function useLog(person: string, name: string, nameOf: (queue: string) => string) {
  const { t } = useTranslation('boards');
  const tell = useTell();
  const log = useMutation({
    mutationFn: async ({ queues, into }: Wanted): Promise<string[]> => {
      const params = { path: { person } };
      if (!into) {
        const left = await call(api.POST('/api/agents/{person}/log-out', { params, body: { queues } }));
        return left.nobody_left_in ?? [];
      }
      await call(api.POST('/api/agents/{person}/log-in', { params, body: { queues } }));
      return [];
    },
    onSuccess: (deserted, { queues, into, back }) => {
      const undo = back ? undefined : () => log.mutate({ queues, into: !into, back: true });
      tell.done(t(into ? 'loggedIn' : 'loggedOut', { name, count: queues.length }), undo);
      if (deserted.length) tell.done(t('nobodyLeft', { queues: deserted.map(nameOf).join(', ') }));
    },
    onError: (error) => tell.failed(error),
  });
  return log;
}

function useEndAfterCallWork(person: string, name: string) {
  const { t } = useTranslation('boards');
  const tell = useTell();
  return useMutation({
    mutationFn: () =>
      call(api.POST('/api/agents/{person}/end-after-call-work', { params: { path: { person } } })),
    onSuccess: () => tell.done(t('endedAfterCallWork', { name })),
    onError: (error) => tell.failed(error),
  });
}
