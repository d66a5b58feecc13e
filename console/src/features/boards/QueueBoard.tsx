import { Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconUsersGroup } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable, Dot, EmptyState, Since } from '@/shared/components';
import { count, duration, share } from '@/shared/format';
import { useNow } from '@/shared/format/useNow';
import classes from './boards.module.css';
import { ConversationsMenu } from './ConversationsMenu';
import { Alerts } from './Alerts';
import { Definition } from './Definition';
import { QueueClosing } from './QueueClosing';
import { Unknown } from './Unknown';
import type { QueueRow, QueueToday } from './useBoard';

interface Props {
  rows: QueueRow[] | undefined;
  units: Map<string, string>;
}

export function QueueBoard({ rows, units }: Props) {
  const { t } = useTranslation('boards');
  const phone = useMediaQuery('(max-width: 47.99em)') ?? false;
  const columns = useColumns(units);
  if (phone && rows?.length) return <QueueCards rows={rows} columns={columns} />;
  return (
    <DataTable
      label={t('queues')}
      columns={columns}
      rows={rows}
      rowKey={({ queue }) => queue.key}
      empty={<EmptyState icon={<IconUsersGroup size={28} stroke={1.5} />} title={t('noQueues')} />}
    />
  );
}

function useColumns(units: Map<string, string>): Column<QueueRow>[] {
  const { t } = useTranslation('boards');
  const room = useMediaQuery('(min-width: 75em)') ?? true;
  const figure = (key: string, cell: Column<QueueRow>['cell']): Column<QueueRow> => ({
    key,
    title: <Definition of={key} />,
    cell,
    figures: true,
  });
  const columns: Column<QueueRow>[] = [
    {
      key: 'name',
      title: t('queue'),
      cell: ({ queue, unit }) => (
        <>
          <Text span size="sm" fw={600}>
            {queue.name}
          </Text>
          {unit && (
            <Text size="xs" c="dimmed">
              {units.get(unit) ?? unit}
            </Text>
          )}
          <QueueClosing queue={queue} />
          <Alerts alerts={queue.alerts} />
        </>
      ),
    },
    figure('waiting', ({ queue }) => <Waiting {...queue} />),
    figure('longest', (row) => <Longest {...row} />),
    figure('estimated', (row) => <Estimated {...row} />),
    figure('loggedIn', ({ queue }) => (
      <>
        {count(queue.logged_in)}
        {(queue.paused ?? 0) > 0 && (
          <Text size="xs" c="dimmed">
            {t('pausedCount', { count: queue.paused })}
          </Text>
        )}
      </>
    )),
    figure('free', ({ queue }) => <Free {...queue} />),
    figure('due', (row) => <Due {...row} />),
    figure('offered', ({ today }) => (today ? count(today.offered) : '')),
    figure('answered', ({ today }) => (today ? count(today.answered) : '')),
    figure('abandoned', ({ today }) => (today ? count(today.abandoned) : '')),
    figure('flowedOut', ({ today }) => (today ? count(today.flowed_out) : '')),
    figure('serviceLevel', ({ today }) =>
      today?.service_level === null || !today ? (
        <Unknown why={t('nothingYet')} />
      ) : (
        <ServiceLevel {...today} />
      ),
    ),
    figure('averageWait', ({ today }) =>
      today?.average_wait === null || !today ? (
        <Unknown why={t('nothingYet')} />
      ) : (
        duration(today.average_wait)
      ),
    ),
  ];
  columns.push({
    key: 'do',
    title: <span className="visually-hidden">{t('actions')}</span>,
    width: 44,
    cell: ({ queue }) => <ConversationsMenu queue={queue} />,
  });
  return room ? columns : columns.filter(({ key }) => !['offered', 'flowedOut', 'averageWait'].includes(key));
}

/** On the line; and beside them who has hung up. */
function Waiting({ waiting, kept = 0 }: { waiting: readonly string[]; kept?: number }) {
  const { t } = useTranslation('boards');
  return (
    <>
      <Big value={waiting.length - kept} />
      {kept > 0 && (
        <Text size="xs" c="dimmed" data-volatile>
          {t('keptCount', { count: kept })}
        </Text>
      )}
    </>
  );
}

/** The estimate, and how far off estimates have been. */
function Estimated({ queue, error }: QueueRow) {
  const { t } = useTranslation('boards');
  const known = error?.median != null && error.ninetieth != null;
  return (
    <>
      {queue.estimated_wait === null ? (
        <Unknown why={t('notKnown')} />
      ) : (
        <span data-volatile>≈ {duration(queue.estimated_wait ?? 0)}</span>
      )}
      <Text size="xs" c="dimmed" data-volatile>
        {known
          ? t('estimateError', {
              median: duration(error.median ?? 0),
              ninetieth: duration(error.ninetieth ?? 0),
            })
          : t('estimateErrorUnknown')}
      </Text>
    </>
  );
}

function Big({ value }: { value: number }) {
  return (
    <span data-volatile className={value ? classes.big : classes.none}>
      {count(value)}
    </span>
  );
}

/** Marked by shape and word, not by colour alone, when it is over the queue's target. */
function Longest({ queue }: QueueRow) {
  const { t } = useTranslation('boards');
  const now = useNow();
  if (!queue.longest_since) return <span className={classes.none}>–</span>;
  const seconds = (now - Date.parse(queue.longest_since)) / 1000;
  const over = seconds > (queue.red_after ?? 90);
  return (
    <span className={over ? classes.bad : undefined}>
      {over && (
        <>
          <Dot tone="bad" shape="diamond" /> <span className="visually-hidden">{t('overTarget')} </span>
        </>
      )}
      <Since moment={queue.longest_since} />
    </span>
  );
}

/** With its target, when there is one; marked by shape and word when it is below. */
function ServiceLevel({ service_level, service_level_target: target }: QueueToday) {
  const { t } = useTranslation('boards');
  const below = target !== null && (service_level ?? 1) < target;
  return (
    <span className={below ? classes.bad : undefined}>
      {below && (
        <>
          <Dot tone="bad" shape="diamond" /> <span className="visually-hidden">{t('belowTarget')} </span>
        </>
      )}
      {share(service_level ?? 0)}
      {target !== null && (
        <Text size="xs" c="dimmed">
          {t('target', { share: share(target) })}
        </Text>
      )}
    </span>
  );
}

function Free({ free, waiting, logged_in }: { free: number; waiting: readonly string[]; logged_in: number }) {
  const { t } = useTranslation('boards');
  const nobody = waiting.length > 0 && !logged_in;
  return (
    <span data-volatile className={nobody ? classes.bad : undefined}>
      {nobody && (
        <>
          <Dot tone="bad" shape="bar" /> <span className="visually-hidden">{t('nobody')} </span>
        </>
      )}
      {count(free)}
    </span>
  );
}

function Due({ due, overdue }: QueueRow) {
  const { t } = useTranslation('boards');
  if (due === undefined) return <Unknown why={t('notKnown')} />;
  if (due === null) return <Unknown why={t('callbacksHidden')} />;
  if (!due) return <span className={classes.none}>0</span>;
  return (
    <span data-volatile>
      {count(due)}
      {overdue > 0 && (
        <div className={classes.bad}>
          <Dot tone="bad" shape="diamond" /> {t('overdueCount', { count: overdue })}
        </div>
      )}
    </span>
  );
}

/** The same on a phone: one card a queue. */
function QueueCards({ rows, columns }: { rows: QueueRow[]; columns: Column<QueueRow>[] }) {
  const { t } = useTranslation('boards');
  const [, ...figures] = columns;
  return (
    <ul className={classes.cards} aria-label={t('queues')}>
      {rows.map((row) => (
        <li key={row.queue.key} className={classes.card}>
          <Text fw={600}>{row.queue.name}</Text>
          <QueueClosing queue={row.queue} />
          <Alerts alerts={row.queue.alerts} />
          <dl className={classes.cardFigures}>
            {figures.map((column) => (
              <div key={column.key}>
                <dt>{column.title}</dt>
                <dd className="figures">{column.cell(row)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
