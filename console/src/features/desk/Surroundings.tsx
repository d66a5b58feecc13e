import { Box, Switch, Text } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { api, call } from '@/api/client';
import { AGENT_STATES, AgentState, At, Dot, PersonAvatar, Since, useTell } from '@/shared/components';
import { useNow } from '@/shared/format/useNow';
import { type LiveAgent, type LiveQueue, useLive } from '@/shared/live/store';
import { OwnPause } from '@/shared/presence/OwnPause';
import { PresenceOf } from '@/shared/presence/Presence';
import { useMay, useMe } from '@/shared/session';
import { usePhotos } from '@/shared/session/photos';
import classes from './desk.module.css';
import type { View } from './items';

/** Every queue and every colleague, as they are now. What is hidden in the list comes last here, but it is here. */
export const Surroundings = memo(function Surroundings({ view }: { view: View }) {
  const { t } = useTranslation('desk');
  const [open, setOpen] = useLocalStorage({
    key: 'svarhus-desk-surroundings',
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  return (
    <aside className={classes.surroundings} aria-label={t('around.title')}>
      <button
        type="button"
        className={classes.fold}
        aria-expanded={open}
        aria-controls="around"
        onClick={() => setOpen(!open)}
      >
        <span>{t('around.title')}</span>
        <Summary />
        {open ? <IconChevronUp size={16} stroke={1.6} /> : <IconChevronDown size={16} stroke={1.6} />}
      </button>
      <div id="around" className={classes.around} data-open={open || undefined}>
        <Queues view={view} />
        <Colleagues />
      </div>
    </aside>
  );
});

function Summary() {
  const { t } = useTranslation('desk');
  const waiting = useLive((state) =>
    Object.values(state.queues).reduce((sum, queue) => sum + queue.waiting.length - (queue.kept ?? 0), 0),
  );
  const free = useLive(
    (state) => Object.values(state.agents).filter((agent) => agent.state === 'available').length,
  );
  return (
    <span className={`${classes.small} ${classes.summary}`}>
      {t('around.waiting', { count: waiting })} · {t('around.free', { count: free })}
    </span>
  );
}

function Queues({ view }: { view: View }) {
  const { t } = useTranslation('desk');
  const queues = useLive(useShallow((state) => Object.values(state.queues)));
  const own = useOwnQueues();
  const far = (queue: LiveQueue) => (own.has(queue.key) ? 0 : view.hidden_queues.includes(queue.key) ? 2 : 1);
  const sorted = [...queues].sort(
    (one, other) => far(one) - far(other) || one.name.localeCompare(other.name),
  );
  return (
    <section aria-labelledby="around-queues">
      <div className={classes.aroundHead}>
        <h2 id="around-queues" className={classes.aroundTitle}>
          {t('around.queues')}
        </h2>
        <OwnPause />
      </div>
      <ul className={classes.aroundList}>
        {sorted.map((queue) => (
          <QueueState key={queue.key} queue={queue} own={own.get(queue.key)} />
        ))}
      </ul>
    </section>
  );
}

function QueueState({ queue, own }: { queue: LiveQueue; own: OwnQueue | undefined }) {
  const { t } = useTranslation('desk');
  const kept = queue.kept ?? 0;
  const waits = queue.waiting.length - kept;
  const tone = waits === 0 ? 'good' : queue.free > 0 ? 'busy' : 'bad';
  const shape = waits === 0 ? 'ring' : queue.free > 0 ? 'half' : 'diamond';
  return (
    <li className={classes.queueState}>
      <div className={classes.grow}>
        <p className={`${classes.words} ${classes.strong}`}>{queue.name}</p>
        <p className={classes.small}>{t('around.staff', { free: queue.free, staff: queue.logged_in })}</p>
        {queue.closed && (
          <p className={classes.small}>
            <Dot tone="bad" shape="bar" /> {t('around.closed')}
            {queue.closed.until && (
              <>
                {' '}
                {t('around.closedUntil')} <At moment={queue.closed.until} />
              </>
            )}
          </p>
        )}
      </div>
      <span className={classes.waiting}>
        <Dot tone={tone} shape={shape} />
        <span className={`${classes.words} figures`} data-waits={waits > 0 || undefined}>
          {waits ? t('around.waiting', { count: waits }) : t('around.nobody')}
          {kept > 0 && ` ${t('around.kept', { count: kept })}`}
        </span>
        {queue.longest_since && <Longest since={queue.longest_since} redAfter={queue.red_after ?? 90} />}
      </span>
      {own && <LogIn queue={queue} byOneself={own.byOneself} />}
    </li>
  );
}

/** Marked by shape and word, not by colour alone, when somebody has waited too long. */
function Longest({ since, redAfter }: { since: string; redAfter: number }) {
  const { t } = useTranslation('desk');
  const over = (useNow() - Date.parse(since)) / 1000 > redAfter;
  return (
    <span className={classes.small} data-late={over || undefined}>
      {over && (
        <>
          <Dot tone="bad" shape="diamond" /> <span className="visually-hidden">{t('around.tooLong')} </span>
        </>
      )}
      <Since moment={since} />
    </span>
  );
}

/** In and out of a queue of one's own. */
function LogIn({ queue, byOneself }: { queue: LiveQueue; byOneself: boolean }) {
  const { t } = useTranslation('desk');
  const tell = useTell();
  const { person } = useMe();
  const leads = useMay('log_others_in');
  const may = useMay('log_self_in') && (byOneself || leads);
  const on = useLive((state) => (person ? state.agents[person]?.queues.includes(queue.key) : false)) ?? false;
  const change = useMutation({
    mutationFn: async (wanted: boolean) => {
      const asked = { params: { path: { person: 'me' } }, body: { queues: [queue.key] } };
      if (wanted) return void (await call(api.POST('/api/agents/{person}/log-in', asked)));
      const left = await call(api.POST('/api/agents/{person}/log-out', asked));
      if (left.nobody_left_in?.length) tell.done(t('around.lastOut', { queue: queue.name }));
    },
    onError: (error) => tell.failed(error),
  });
  return (
    <Switch
      size="sm"
      checked={change.isPending ? change.variables : on}
      disabled={!may}
      aria-label={t('around.logIn', { queue: queue.name })}
      title={t(may ? (on ? 'around.in' : 'around.out') : 'around.byOthers')}
      onChange={(event) => change.mutate(event.currentTarget.checked)}
    />
  );
}

interface OwnQueue {
  /** Its members log in and out themselves. */
  byOneself: boolean;
}

/** The queues in which one is a member. */
function useOwnQueues(): ReadonlyMap<string, OwnQueue> {
  const { person } = useMe();
  const memberOf = useLive((state) => (person ? state.agents[person]?.member_of : undefined));
  const { data } = useQuery({
    queryKey: ['queues', 'byOneself'],
    staleTime: 60_000,
    queryFn: async () => {
      const found = await call(api.GET('/api/queues', { params: { query: { limit: 200 } } }));
      return found.items.map(({ key, self_log_in }) => [key, { byOneself: self_log_in ?? true }] as const);
    },
  });
  return useMemo(() => new Map(data?.filter(([key]) => memberOf?.includes(key))), [data, memberOf]);
}

const ORDER = Object.keys(AGENT_STATES);

function Colleagues() {
  const { t } = useTranslation('desk');
  const { person } = useMe();
  const agents = useLive(useShallow((state) => Object.values(state.agents)));
  const sorted = agents
    .filter(({ key }) => key !== person)
    .sort(
      (one, other) =>
        ORDER.indexOf(one.state) - ORDER.indexOf(other.state) || one.name.localeCompare(other.name),
    );
  return (
    <section aria-labelledby="around-colleagues">
      <h2 id="around-colleagues" className={classes.aroundTitle}>
        {t('around.colleagues')}
      </h2>
      <ul className={classes.aroundList}>
        {sorted.map((agent) => (
          <Colleague key={agent.key} agent={agent} />
        ))}
      </ul>
    </section>
  );
}

function Colleague({ agent }: { agent: LiveAgent }) {
  const photo = usePhotos();
  return (
    <li className={classes.colleague}>
      <PersonAvatar name={agent.name} photo={photo(agent.key)} size={26} />
      <p className={`${classes.words} ${classes.grow}`}>{agent.name}</p>
      {agent.absence || agent.state === 'paused' ? (
        <Box component="span" maw={170} miw={0}>
          <PresenceOf agent={agent} />
        </Box>
      ) : (
        <AgentState state={agent.state}>
          {agent.since && agent.state !== 'logged_out' && (
            <Text span size="xs" c="dimmed" ml={6}>
              <Since moment={agent.since} />
            </Text>
          )}
        </AgentState>
      )}
    </li>
  );
}
