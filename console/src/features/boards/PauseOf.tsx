/** Let somebody pause, or end the pause. Only who is logged in can pause. */
import { Menu } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useTell } from '@/shared/components';
import { PauseItems, usePause } from '@/shared/presence';
import type { AgentRow } from './useBoard';

export function PauseOf({ row: { agent } }: { row: AgentRow }) {
  const { t } = useTranslation('boards');
  const { t: common } = useTranslation();
  const { begin, end } = usePause(agent.key);
  const tell = useTell();
  const over = () => end.mutate(undefined, { onError: tell.failed });
  if (agent.pause)
    return (
      <Menu.Item
        closeMenuOnClick
        leftSection={<IconPlayerPlay size={15} stroke={1.6} aria-hidden />}
        onClick={over}
      >
        {common('pause.end')}
      </Menu.Item>
    );
  return (
    <Menu.Sub>
      <Menu.Sub.Target>
        <Menu.Sub.Item
          disabled={!agent.queues.length}
          leftSection={<IconPlayerPause size={15} stroke={1.6} aria-hidden />}
        >
          {common('pause.begin')}
        </Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        <PauseItems
          choose={(wanted, reason) =>
            begin.mutate(wanted, {
              onSuccess: () => tell.done(t('paused', { name: agent.name, reason: reason.name }), over),
              onError: tell.failed,
            })
          }
        />
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}
