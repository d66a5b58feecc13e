/** One's own pause: begin one, and see it and end it while it lasts. Nothing for who is logged out. */
import { Button, Menu } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Dot } from '@/shared/components/Marks';
import { Since } from '@/shared/components/Times';
import { useTell } from '@/shared/components/useTell';
import { useLive } from '@/shared/live/store';
import { useMay, useMe } from '@/shared/session';
import { PauseTold } from './PauseTold';
import { usePause } from './pause';
import { PauseItems } from './PauseItems';
import classes from './presence.module.css';

export function OwnPause() {
  const { person } = useMe();
  const agent = useLive((live) => (person ? live.agents[person] : undefined));
  const may = useMay('log_self_in');
  if (!agent?.queues.length || !may) return null;
  return agent.pause ? <Paused person={agent.key} /> : <Begin />;
}

function Begin() {
  const { t } = useTranslation();
  const { begin } = usePause('me');
  const tell = useTell();
  return (
    <Menu width={240} position="bottom-end" shadow="md">
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          loading={begin.isPending}
          leftSection={<IconPlayerPause size={15} stroke={1.6} aria-hidden />}
        >
          {t('pause.begin')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <PauseItems choose={(wanted) => begin.mutate(wanted, { onError: tell.failed })} />
      </Menu.Dropdown>
    </Menu>
  );
}

function Paused({ person }: { person: string }) {
  const { t } = useTranslation();
  const { end } = usePause('me');
  const tell = useTell();
  const since = useLive((live) => live.agents[person]?.pause?.since);
  return (
    <div className={classes.paused} role="status">
      <Dot tone="quiet" shape="half" />
      <span className={classes.pausedWords}>
        {t('pause.paused')} <PauseTold person={person} />{' '}
        {since && (
          <span className={`figures ${classes.by}`}>
            <Since moment={since} />
          </span>
        )}
      </span>
      <Button
        size="compact-sm"
        loading={end.isPending}
        leftSection={<IconPlayerPlay size={15} stroke={1.6} aria-hidden />}
        onClick={() => end.mutate(undefined, { onError: tell.failed })}
      >
        {t('pause.end')}
      </Button>
    </div>
  );
}
