/** Alerts as they were: in which queue, what was wrong and for how long, and who was told. */
import { Button, Select, Text } from '@mantine/core';
import { IconArrowLeft, IconBellCheck } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, type components } from '@/api/client';
import {
  At,
  type Column,
  DataTable,
  Dot,
  EmptyState,
  PageHeader,
  pagesOf,
  Panel,
  Since,
} from '@/shared/components';
import { dayKey, DayField } from '@/shared/dates';
import { duration, isSameDay, clockTime, dayAndTime, phoneNumber } from '@/shared/format';
import { useAlertWords } from './Alerts';
import classes from './alerts.module.css';
import { useQueueNames } from './useBoard';

type Alert = components['schemas']['AlertShown'];
const WATCHED = ['wait', 'waiting', 'members'] as const;

interface Chosen {
  queue: string | null;
  on: Alert['on'] | null;
  /** Days; null while what is written is none. */
  from: string | null;
  to: string | null;
}

const ALL: Chosen = { queue: null, on: null, from: '', to: '' };

export function AlertsPage() {
  const { t } = useTranslation('boards');
  const [chosen, choose] = useState(ALL);
  const found = useAlerts(chosen);
  const names = useQueueNames();
  return (
    <>
      <PageHeader
        title={t('past.title')}
        note={t('past.about')}
        actions={
          <Button
            component={Link}
            to="/boards"
            variant="default"
            leftSection={<IconArrowLeft size={16} aria-hidden />}
          >
            {t('title')}
          </Button>
        }
      >
        <Filters chosen={chosen} choose={choose} queues={names} />
      </PageHeader>
      <Panel flush>
        <DataTable
          label={t('past.title')}
          rows={found.data?.pages.flatMap((page) => page.items)}
          rowKey={({ id }) => id}
          columns={useColumns(names)}
          {...pagesOf(found)}
          empty={<Nothing filtered={chosen !== ALL} showAll={() => choose(ALL)} />}
        />
      </Panel>
    </>
  );
}

function useAlerts({ queue, on, from, to }: Chosen) {
  const wanted = {
    queue: queue ?? undefined,
    on: on ?? undefined,
    from: from ? midnight(from, 0) : undefined,
    to: to ? midnight(to, 1) : undefined,
  };
  return useInfiniteQuery({
    queryKey: ['alerts', wanted],
    queryFn: ({ pageParam }) =>
      call(api.GET('/api/alerts', { params: { query: { ...wanted, cursor: pageParam, limit: 50 } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** The day is YYYY-MM-DD. */
function midnight(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}

interface FiltersProps {
  chosen: Chosen;
  choose: (chosen: Chosen) => void;
  queues: Map<string, string>;
}

function Filters({ chosen, choose, queues }: FiltersProps) {
  const { t } = useTranslation('boards');
  const day = (name: 'from' | 'to') => ({
    label: t(`past.${name}`),
    value: chosen[name],
    onChange: (day: string | null) => choose({ ...chosen, [name]: day }),
    latest: dayKey(new Date()),
  });
  return (
    <div className={classes.filters}>
      <Select
        label={t('past.queue')}
        placeholder={t('past.allQueues')}
        data={[...queues].map(([value, label]) => ({ value, label }))}
        value={chosen.queue}
        onChange={(queue) => choose({ ...chosen, queue })}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('past.allQueues') }}
      />
      <Select
        label={t('past.what')}
        placeholder={t('past.anything')}
        data={WATCHED.map((value) => ({ value, label: t(`past.watched.${value}`) }))}
        value={chosen.on}
        onChange={(on) => choose({ ...chosen, on: on as Chosen['on'] })}
        clearable
        clearButtonProps={{ 'aria-label': t('past.anything') }}
      />
      <DayField {...day('from')} />
      <DayField {...day('to')} />
    </div>
  );
}

function Nothing({ filtered, showAll }: { filtered: boolean; showAll: () => void }) {
  const { t } = useTranslation('boards');
  return (
    <EmptyState
      icon={<IconBellCheck size={28} stroke={1.5} />}
      title={t(filtered ? 'past.noneFits' : 'past.none')}
      action={
        filtered && (
          <Button variant="default" mt="xs" onClick={showAll}>
            {t('past.showAll')}
          </Button>
        )
      }
    >
      {t(filtered ? 'past.noneFitsHint' : 'past.noneHint')}
    </EmptyState>
  );
}

function useColumns(names: Map<string, string>): Column<Alert>[] {
  const { t } = useTranslation('boards');
  const words = useAlertWords();
  return [
    { key: 'from', title: t('past.raised'), width: 96, cell: ({ raised_at }) => <At moment={raised_at} /> },
    {
      key: 'what',
      title: t('past.what'),
      cell: (alert) => (
        <>
          <Text size="sm">{names.get(alert.queue) ?? alert.queue}</Text>
          <Text size="xs" c="dimmed">
            {words(alert)}
            {alert.minutes > 0 && `, ${t('past.lasting', { count: alert.minutes })}`}
          </Text>
        </>
      ),
    },
    { key: 'lasted', title: t('past.lasted'), width: 150, cell: (alert) => <Lasted alert={alert} /> },
    { key: 'told', title: t('past.told'), wide: true, cell: ({ told }) => <Receivers told={told} /> },
  ];
}

function Lasted({ alert: { raised_at, over_at, why } }: { alert: Alert }) {
  const { t } = useTranslation('boards');
  if (!over_at)
    return (
      <Text size="sm" c="var(--svarhus-bad)">
        <Dot tone="bad" shape="diamond" /> {t('past.lasts')}{' '}
        <span className="figures">
          <Since moment={raised_at} />
        </span>
      </Text>
    );
  const seconds = (Date.parse(over_at) - Date.parse(raised_at)) / 1000;
  return (
    <>
      <Text size="sm" className="figures">
        {duration(seconds)}
      </Text>
      <Text size="xs" c="dimmed">
        {t('past.until', { at: isSameDay(over_at, raised_at) ? clockTime(over_at) : dayAndTime(over_at) })}
        {why && why !== 'mended' && `, ${t(`past.why.${why}`)}`}
      </Text>
    </>
  );
}

function Receivers({ told }: { told: readonly string[] }) {
  const { t } = useTranslation('boards');
  if (!told.length)
    return (
      <Text c="dimmed" size="sm">
        {t('past.nobodyTold')}
      </Text>
    );
  return told.map((receiver) => (
    <Text key={receiver} size="sm" className={classes.receiver}>
      {receiver.startsWith('+') ? phoneNumber(receiver) : receiver}
    </Text>
  ));
}
