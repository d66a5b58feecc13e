/** The whole at a glance: sums over the queues that are shown. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dot, Since } from '@/shared/components';
import { count, share } from '@/shared/format';
import classes from './boards.module.css';
import { Definition } from './Definition';
import { Unknown } from './Unknown';
import type { AgentRow, QueueRow } from './useBoard';

export function Totals({ queues, agents }: { queues: QueueRow[]; agents: AgentRow[] }) {
  const { t } = useTranslation('boards');
  const sum = (of: (row: QueueRow) => number) => queues.reduce((total, row) => total + of(row), 0);
  const longest = queues.flatMap(({ queue }) => (queue.longest_since ? [queue.longest_since] : [])).sort()[0];
  const inSome = agents.filter(({ agent }) => agent.queues.length).length;
  const free = agents.filter(({ agent }) => agent.state === 'available').length;
  const overdue = sum((row) => row.overdue);
  const kept = sum(({ queue }) => queue.kept ?? 0);
  const level = serviceLevel(queues);
  const unknown = queues.some(({ due }) => due === null)
    ? t('callbacksHidden')
    : queues.some(({ due }) => due === undefined) && t('notKnown');
  return (
    <dl className={classes.totals}>
      <Total
        of="waiting"
        value={count(sum(({ queue }) => queue.waiting.length) - kept)}
        note={
          kept > 0 && (
            <Text span display="block" size="xs" c="dimmed">
              {t('keptCount', { count: kept })}
            </Text>
          )
        }
      />
      <Total of="longest" value={longest ? <Since moment={longest} /> : '–'} />
      <Total of="loggedIn" value={count(inSome)} />
      <Total of="free" value={count(free)} />
      <Total
        of="due"
        value={unknown ? <Unknown why={unknown} /> : count(sum((row) => row.due ?? 0))}
        note={
          !unknown &&
          overdue > 0 && (
            <span className={classes.bad}>
              <Dot tone="bad" shape="diamond" /> {t('overdueCount', { count: overdue })}
            </span>
          )
        }
      />
      <Total of="answered" value={count(sum(({ today }) => today?.answered ?? 0))} />
      <Total of="abandoned" value={count(sum(({ today }) => today?.abandoned ?? 0))} />
      <Total of="serviceLevel" value={level === null ? '–' : share(level)} />
    </dl>
  );
}

function Total({ of, value, note }: { of: string; value: React.ReactNode; note?: React.ReactNode }) {
  return (
    <div className={classes.total}>
      <dt>
        <Definition of={of} />
      </dt>
      <dd data-volatile className="figures">
        {value} {note}
      </dd>
    </div>
  );
}

/** Of sums, never the mean of shares. */
export function serviceLevel(queues: QueueRow[]): number | null {
  let [within, counted] = [0, 0];
  for (const { today } of queues) {
    if (!today) continue;
    const own = today.answered + today.abandoned - today.short_abandons;
    counted += own;
    within += (today.service_level ?? 0) * own;
  }
  return counted ? within / counted : null;
}
