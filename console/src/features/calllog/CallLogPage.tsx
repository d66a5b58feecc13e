/** All calls that are over, and what happened in each: found by name, number, queue, person, time or outcome. */
import { Button, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPhone } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, EmptyState, PageHeader, SearchField } from '@/shared/components';
import { dayKey, DayField } from '@/shared/dates';
import { useHouseNames, useSearchKey } from '@/shared/directory';
import { duration } from '@/shared/format';
import { useLive } from '@/shared/live/store';
import { type CallKind, type Line, type Outcome, useCalls, type Wanted } from './calls';
import { CallTable } from './CallTable';
import { OUTCOME_NAMES, OutcomeMark } from './Marks';
import { type Period, PERIODS, spanOf } from './periods';
import classes from './calllog.module.css';

const KINDS: CallKind[] = ['incoming', 'outgoing', 'callback', 'internal'];

interface Filter {
  text: string;
  period: Period;
  /** Days; null while what is written is none. */
  first: string | null;
  last: string | null;
  queue: string | null;
  person: string | null;
  outcome: Outcome | null;
  kind: CallKind | null;
}

const EVERYTHING: Filter = {
  ...{ text: '', period: 'week', first: '', last: '' },
  ...{ queue: null, person: null, outcome: null, kind: null },
};

export function CallLogPage() {
  const { t } = useTranslation('calllog');
  const [filter, setFilter] = useState(EVERYTHING);
  const wanted = useWanted(filter);
  const found = useCalls(wanted);
  const columns = useColumns();
  const filtered = filter !== EVERYTHING;
  return (
    <>
      <PageHeader title={t('all.title')} note={t('all.note')}>
        <Filters filter={filter} onChange={setFilter} />
      </PageHeader>
      <CallTable
        label={t('all.title')}
        found={found}
        columns={columns}
        callsWide
        empty={
          <EmptyState
            icon={<IconPhone size={28} stroke={1.5} />}
            title={t(filtered ? 'all.none' : 'all.empty')}
            action={
              filtered && (
                <Button variant="default" onClick={() => setFilter(EVERYTHING)}>
                  {t('all.clear')}
                </Button>
              )
            }
          >
            {t(filtered ? 'all.noneHint' : 'all.emptyHint')}
          </EmptyState>
        }
      />
    </>
  );
}

function useWanted(filter: Filter): Wanted {
  const [text] = useDebouncedValue(filter.text.trim(), 150);
  const { period, first, last, queue, person, outcome, kind } = filter;
  return useMemo(
    () => ({
      ...{ text, ...spanOf(period, new Date(), first ?? '', last ?? '') },
      ...{ queue: queue ?? undefined, person: person ?? undefined },
      ...{ outcome: outcome ?? undefined, kind: kind ?? undefined },
    }),
    [text, period, first, last, queue, person, outcome, kind],
  );
}

function Filters({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }) {
  const { t } = useTranslation(['calllog', 'dates']);
  const queues = useLive((state) => state.queues);
  const people = useLive((state) => state.agents);
  const field = useRef<HTMLInputElement>(null);
  useSearchKey(field);
  const set = (change: Partial<Filter>) => onChange({ ...filter, ...change });
  const named = (things: Record<string, { key: string; name: string }>) =>
    Object.values(things).map(({ key, name }) => ({ value: key, label: name }));
  const turned = Boolean(filter.first && filter.last && filter.first > filter.last);
  const shared = { clearable: true, w: 170, clearButtonProps: { 'aria-label': t('clear') } } as const;
  return (
    <div className={classes.tools} role="search">
      <SearchField
        ref={field}
        label={t('all.search')}
        value={filter.text}
        onChange={(text) => set({ text })}
        className={classes.search}
      />
      <Select
        aria-label={t('period')}
        w={150}
        data={PERIODS.map((value) => ({ value, label: t(`periods.${value}`) }))}
        value={filter.period}
        allowDeselect={false}
        onChange={(period) => set({ period: (period ?? 'week') as Period })}
      />
      {filter.period === 'own' && (
        <>
          <DayField
            aria-label={t('firstDay')}
            value={filter.first}
            onChange={(first) => set({ first })}
            latest={dayKey(new Date())}
            error={turned && t('firstAfterLast', { ns: 'dates' })}
          />
          <DayField
            aria-label={t('lastDay')}
            value={filter.last}
            onChange={(last) => set({ last })}
            latest={dayKey(new Date())}
            error={turned}
          />
        </>
      )}
      <Select
        {...shared}
        aria-label={t('column.queue')}
        placeholder={t('allQueues')}
        data={named(queues)}
        value={filter.queue}
        onChange={(queue) => set({ queue })}
      />
      <Select
        {...shared}
        searchable
        aria-label={t('column.person')}
        placeholder={t('allPeople')}
        data={named(people)}
        value={filter.person}
        onChange={(person) => set({ person })}
      />
      <Select
        {...shared}
        aria-label={t('column.outcome')}
        placeholder={t('allOutcomes')}
        data={OUTCOME_NAMES.map((value) => ({ value, label: t(`outcome.${value}`) }))}
        value={filter.outcome}
        onChange={(outcome) => set({ outcome: outcome as Outcome | null })}
      />
      <Select
        {...shared}
        aria-label={t('column.kind')}
        placeholder={t('allKinds')}
        data={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        value={filter.kind}
        onChange={(kind) => set({ kind: kind as CallKind | null })}
      />
    </div>
  );
}

function useColumns(): Column<Line>[] {
  const { t } = useTranslation('calllog');
  const names = useHouseNames();
  return [
    {
      key: 'queue',
      title: t('column.queue'),
      wide: true,
      cell: (line) => (line.queue ? names.queue(line.queue) : names.number(line.dialled)),
    },
    {
      key: 'person',
      title: t('column.person'),
      wide: true,
      cell: (line) =>
        line.spoken.length > 1
          ? line.spoken.map((one) => (
              <div key={one.person}>{`${names.person(one.person)} ${duration(one.talk)}`}</div>
            ))
          : line.person && names.person(line.person),
    },
    { key: 'outcome', title: t('column.outcome'), cell: (line) => <OutcomeMark outcome={line.outcome} /> },
    {
      key: 'wait',
      title: t('column.wait'),
      wide: true,
      figures: true,
      cell: (line) => (line.wait > 0 ? duration(line.wait) : ''),
    },
    {
      key: 'talk',
      title: t('column.talk'),
      wide: true,
      figures: true,
      cell: (line) => (line.talk > 0 ? duration(line.talk) : ''),
    },
  ];
}
