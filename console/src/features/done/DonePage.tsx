/** What was done today or this week, by oneself or by everybody: callbacks that are closed, voicemails that are handled. */
import { Anchor, SegmentedControl, Text } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, type components, serverNow } from '@/api/client';
import { KindIcon, useNames, usePersonName, useQueueName, useTagNames } from '@/shared/case';
import {
  At,
  type Column,
  DataTable,
  EmptyState,
  Label,
  PageHeader,
  pagesOf,
  Panel,
} from '@/shared/components';
import { phoneNumber } from '@/shared/format';
import { useLiveQuery } from '@/shared/live/useLiveQuery';
import { useMe } from '@/shared/session';
import { inARow } from '@/shared/i18n';
import classes from './done.module.css';

type Done = components['schemas']['DoneShown'];

const PERIODS = ['today', 'week'] as const;
type Period = (typeof PERIODS)[number];
const WHO = ['me', 'all'] as const;
type Who = (typeof WHO)[number];

const KEY = ['done'];
const GATHER = 1000;

export function DonePage() {
  const { t } = useTranslation('done');
  const person = useMe().person;
  const [period, setPeriod] = useState<Period>('today');
  const [who, setWho] = useState<Who>(person ? 'me' : 'all');
  const found = useDone(who, period);
  const navigate = useNavigate();
  const rows = useMemo(() => found.data?.pages.flatMap((page) => [...page.items]), [found.data]);
  const columns = useColumns(who, rows ?? []);
  return (
    <>
      <PageHeader
        title={t('title')}
        note={
          <Anchor component={Link} to="/desk" size="sm">
            ← {t('desk')}
          </Anchor>
        }
      >
        <div className={classes.tools}>
          {person && (
            <SegmentedControl
              aria-label={t('who')}
              data={WHO.map((value) => ({ value, label: t(`by.${value}`) }))}
              value={who}
              onChange={(value) => setWho(value as Who)}
            />
          )}
          <SegmentedControl
            aria-label={t('when')}
            data={PERIODS.map((value) => ({ value, label: t(value) }))}
            value={period}
            onChange={(value) => setPeriod(value as Period)}
          />
        </div>
      </PageHeader>
      <Panel flush>
        <DataTable
          label={t('title')}
          columns={columns}
          rows={rows}
          rowKey={keyOf}
          rowLabel={(done) => t('open', { who: numberOf(done, t('withheld')) })}
          open={(done) => void navigate({ to: '/desk', search: { case: keyOf(done) } })}
          {...pagesOf(found)}
          empty={
            <EmptyState
              icon={<IconChecklist size={28} stroke={1.5} />}
              title={t(who === 'me' ? 'none.me' : 'none.all')}
            >
              {t('noneHint')}
            </EmptyState>
          }
        />
      </Panel>
    </>
  );
}

/** The one that was done last first; what is done meanwhile comes in by itself. */
function useDone(who: Who, period: Period) {
  useLiveQuery('callbacks', KEY, GATHER);
  useLiveQuery('voicemails', KEY, GATHER);
  const since = beginOf(period);
  return useInfiniteQuery({
    queryKey: [...KEY, who, since],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call(api.GET('/api/desk/done', { signal, params: { query: { since, who, cursor: pageParam } } })),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** This midnight, or that of the week's Monday. */
function beginOf(period: Period): string {
  const now = new Date(serverNow());
  const days = period === 'week' ? (now.getDay() + 6) % 7 : 0;
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - days).toISOString();
}

function useColumns(who: Who, rows: Done[]): Column<Done>[] {
  const { t } = useTranslation('done');
  const { t: words } = useTranslation('case');
  const [personName, queueName, tagName] = [usePersonName(), useQueueName(), useTagNames()];
  const callers = useNames(rows.map(({ number }) => number));
  const byWhom = (done: Done) =>
    done.by_customer ? words('act.customer') : done.who ? personName(done.who) : '';
  const columns: Column<Done>[] = [
    {
      key: 'case',
      title: t('case'),
      cell: (done) => (
        <span className={classes.case}>
          <KindIcon kind={done.kind} plain />
          <span>
            {done.number && callers[done.number] && <strong>{callers[done.number]}</strong>}{' '}
            <span className={classes.number}>{numberOf(done, t('withheld'))}</span>
          </span>
        </span>
      ),
    },
    {
      key: 'outcome',
      title: t('outcome'),
      cell: (done) => (
        <>
          {words(`outcome.${done.kind}.${done.outcome}`)}
          <Text size="xs" c="dimmed" hiddenFrom="sm">
            {inARow([queueName(done.queue), who === 'all' && byWhom(done)])}
          </Text>
        </>
      ),
    },
    { key: 'queue', title: t('queue'), wide: true, cell: (done) => queueName(done.queue) },
    { key: 'who', title: t('by.title'), wide: true, cell: byWhom },
    {
      key: 'tags',
      title: t('tags'),
      wide: true,
      cell: (done) => (
        <span className={classes.tags}>
          {done.tags.map((tag) => (
            <Label key={tag}>{tagName(tag)}</Label>
          ))}
        </span>
      ),
    },
    { key: 'at', title: t('at'), cell: (done) => <At moment={done.done_at} /> },
  ];
  return columns.filter(({ key }) => key !== 'who' || who === 'all');
}

function numberOf({ number }: Done, withheld: string): string {
  return number ? phoneNumber(number) : withheld;
}

function keyOf({ kind, id }: Done): string {
  return `${kind}:${id}`;
}
