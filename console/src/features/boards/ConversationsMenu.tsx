/** The conversations of a queue that go on now, to listen to one of them. */
import { ActionIcon, Menu, Text, Tooltip } from '@mantine/core';
import { IconEar } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Since } from '@/shared/components';
import { type LiveQueue, useLive } from '@/shared/live/store';
import { useWays } from '@/shared/phone';
import { useMe } from '@/shared/session';
import { useSupervise } from './Supervise';

export function ConversationsMenu({ queue }: { queue: LiveQueue }) {
  const { t } = useTranslation('boards');
  const myself = useMe().person;
  const calls = useLive((state) => state.calls);
  const agents = useLive((state) => state.agents);
  const supervise = useSupervise();
  const may = useWays()(queue.key).includes('listens');
  const going = useMemo(
    () =>
      Object.values(calls).flatMap((call) => {
        const member = call.legs.find(
          (leg) => leg.person && leg.role !== 'caller' && leg.state !== 'ringing',
        );
        const mine = call.legs.some((leg) => leg.person === myself);
        return call.queue === queue.key && call.talking_since && member && !mine ? [{ call, member }] : [];
      }),
    [calls, queue.key, myself],
  );
  if (!may) return null;
  const label = t('supervise.inQueue', { name: queue.name });
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <Tooltip label={label}>
          <ActionIcon size="md" aria-label={label}>
            <IconEar size={17} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('supervise.listenTo')}</Menu.Label>
        {!going.length && (
          <Text size="sm" c="dimmed" px="sm" pb="xs">
            {t('supervise.nobody')}
          </Text>
        )}
        {going.map(({ call, member }) => {
          const name = (member.person && agents[member.person]?.name) || member.party;
          return (
            <Menu.Item
              key={call.id}
              rightSection={call.talking_since && <Since moment={call.talking_since} />}
              onClick={() => void supervise(call.id, 'listens', member.person ?? undefined, name)}
            >
              {name}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
