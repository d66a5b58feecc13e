/** Callers whom nobody answered: to be called back, and marked when somebody has taken care of them. */
import { Button, MultiSelect, Switch } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconCheck, IconPhoneCheck } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, type components } from '@/api/client';
import {
  At,
  type Column,
  DataTable,
  EmptyState,
  PageHeader,
  pagesOf,
  Panel,
  useTell,
} from '@/shared/components';
import { CategoryMark } from '@/shared/case';
import { useHouseNames } from '@/shared/directory';
import { dayAndTime, duration, phoneNumber } from '@/shared/format';
import { useLive } from '@/shared/live/store';
import { useLiveQuery } from '@/shared/live/useLiveQuery';
import { CallButton } from './CallButton';
import { type Party, useCallsEnding } from './calls';
import { PartyCell } from './PartyCell';
import classes from './calllog.module.css';

type Unanswered = components['schemas']['UnansweredShown'];

const KEY = 'queue-log';
const PAGE = 50;

export function QueueLogPage() {
  const { t } = useTranslation('calllog');
  const [all, setAll] = useState(false);
  const [chosen, setChosen] = useLocalStorage<string[]>({ key: 'svarhus-queue-log', defaultValue: [] });
  const queues = useLive((state) => state.queues);
  const wanted = chosen.filter((key) => queues[key]);
  useLiveQuery('unanswered', [KEY]);
  useCallsEnding(KEY);
  const found = useInfiniteQuery({
    queryKey: [KEY, all, wanted],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const query = { all, queue: wanted, cursor: pageParam, limit: PAGE };
      return call(api.GET('/api/queue-log', { signal, params: { query } }));
    },
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const lines = useMemo(() => found.data?.pages.flatMap((page) => page.items), [found.data]);
  const columns = useColumns(all);
  return (
    <>
      <PageHeader title={t('queueLog.title')} note={t('queueLog.note')}>
        <div className={classes.tools}>
          <MultiSelect
            aria-label={t('queueLog.queues')}
            placeholder={wanted.length ? undefined : t('allQueues')}
            data={Object.values(queues).map(({ key, name }) => ({ value: key, label: name }))}
            value={wanted}
            onChange={setChosen}
            clearable
            clearButtonProps={{ 'aria-label': t('clear') }}
            w={{ base: '100%', xs: 320 }}
          />
          <Switch
            label={t('queueLog.all')}
            checked={all}
            onChange={(event) => setAll(event.currentTarget.checked)}
          />
        </div>
      </PageHeader>
      <Panel flush>
        <DataTable
          label={t('queueLog.title')}
          columns={columns}
          rows={lines}
          rowKey={(line) => line.call}
          {...pagesOf(found)}
          empty={
            <EmptyState icon={<IconPhoneCheck size={28} stroke={1.5} />} title={t('queueLog.empty')}>
              {t('queueLog.emptyHint')}
            </EmptyState>
          }
        />
      </Panel>
    </>
  );
}

function partyOfUnanswered(line: Unanswered): Party {
  const number = line.caller ? phoneNumber(line.caller) : '';
  const name = line.known_as || line.caller_name;
  return {
    name: name || number,
    number: name ? number : '',
    target: line.caller ? { number: line.caller } : null,
  };
}

function useColumns(all: boolean): Column<Unanswered>[] {
  const { t } = useTranslation('calllog');
  const names = useHouseNames();
  const columns: Column<Unanswered>[] = [
    {
      key: 'party',
      title: t('column.party'),
      cell: (line) => (
        <>
          <PartyCell party={partyOfUnanswered(line)} />
          {line.earlier > 0 && (
            <span className={classes.aside}>{t('queueLog.earlier', { count: line.earlier + 1 })}</span>
          )}
        </>
      ),
    },
    { key: 'at', title: t('column.at'), cell: (line) => <At moment={line.at} /> },
    { key: 'queue', title: t('column.queue'), wide: true, cell: (line) => names.queue(line.queue) },
    {
      key: 'category',
      title: t('column.category'),
      wide: true,
      cell: (line) => <CategoryMark category={line.category} />,
    },
    {
      key: 'wait',
      title: t('column.waited'),
      wide: true,
      figures: true,
      cell: (line) => duration(line.wait),
    },
  ];
  if (all)
    columns.push({ key: 'resolved', title: t('queueLog.since'), cell: (line) => <Resolved line={line} /> });
  columns.push({
    key: 'actions',
    title: <span className="visually-hidden">{t('queueLog.actions')}</span>,
    cell: (line) => <Actions line={line} />,
  });
  return columns;
}

function Resolved({ line }: { line: Unanswered }) {
  const { t } = useTranslation('calllog');
  const names = useHouseNames();
  const { resolved } = line;
  if (!resolved) return <>{t(line.caller ? 'queueLog.open' : 'queueLog.withheld')}</>;
  const who = resolved.by ? names.person(resolved.by) : '';
  const key = `queueLog.how.${resolved.how}${who ? 'By' : ''}`;
  return <span data-volatile>{t(key, { at: dayAndTime(resolved.at), who })}</span>;
}

function Actions({ line }: { line: Unanswered }) {
  const { t } = useTranslation('calllog');
  const tell = useTell();
  const client = useQueryClient();
  const path = { params: { path: { call: line.call } } };
  const address = '/api/queue-log/{call}/handled';
  const refresh = () => client.invalidateQueries({ queryKey: [KEY] });
  const takeUp = useMutation({
    mutationFn: () => call<unknown>(api.DELETE(address, path)),
    onError: tell.failed,
    onSettled: refresh,
  });
  const handle = useMutation({
    mutationFn: () => call<unknown>(api.PUT(address, path)),
    onSuccess: () => tell.done(t('queueLog.handled'), () => takeUp.mutate()),
    onError: tell.failed,
    onSettled: refresh,
  });
  const party = partyOfUnanswered(line);
  const who = party.name || t('withheld');
  if (line.resolved?.how === 'handled') {
    return (
      <div className={classes.actions}>
        <Button
          size="compact-sm"
          variant="subtle"
          loading={takeUp.isPending}
          aria-label={t('queueLog.takeUpWho', { who })}
          onClick={() => takeUp.mutate()}
        >
          {t('queueLog.takeUp')}
        </Button>
      </div>
    );
  }
  if (line.resolved) return null;
  return (
    <div className={classes.actions}>
      <CallButton party={party} />
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconCheck size={15} stroke={1.8} aria-hidden />}
        loading={handle.isPending}
        aria-label={t('queueLog.handleWho', { who })}
        onClick={() => handle.mutate()}
      >
        {t('queueLog.handle')}
      </Button>
    </div>
  );
}
