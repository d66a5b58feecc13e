import { Button, SegmentedControl, Select, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconListSearch } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, type components } from '@/api/client';
import {
  At,
  type Column,
  DataTable,
  EmptyState,
  Label,
  PageHeader,
  pagesOf,
  Panel,
  SearchField,
} from '@/shared/components';
import { dayKey, DayField } from '@/shared/dates';
import classes from './audit.module.css';
import { useWords } from './words';

type Line = components['schemas']['AuditLine'];

interface Chosen {
  text: string;
  kind: 'all' | Line['kind'];
  who: string | null;
  action: string | null;
  /** Days; null while what is written is none. */
  from: string | null;
  to: string | null;
}

const ALL: Chosen = { text: '', kind: 'all', who: null, action: null, from: '', to: '' };
const KINDS = ['all', 'change', 'look', 'sign_in'] as const;

/** Who changed what, who looked at whose data, and who signed in. */
export function AuditPage() {
  const { t } = useTranslation('audit');
  const [chosen, setChosen] = useState(ALL);
  const lines = useLines(chosen);
  const columns = useColumns();
  return (
    <>
      <PageHeader title={t('title')} note={t('about')}>
        <Filters chosen={chosen} choose={setChosen} />
      </PageHeader>
      <Panel flush>
        <DataTable
          label={t('title')}
          rows={lines.data?.pages.flatMap((page) => page.items)}
          rowKey={(line) => String(line.id)}
          columns={columns}
          {...pagesOf(lines)}
          empty={
            <EmptyState
              icon={<IconListSearch size={28} stroke={1.5} />}
              title={t('nothing')}
              action={
                <Button variant="default" mt="xs" onClick={() => setChosen(ALL)}>
                  {t('showAll')}
                </Button>
              }
            >
              {t('nothingHelp')}
            </EmptyState>
          }
        />
      </Panel>
    </>
  );
}

function useLines(chosen: Chosen) {
  const [text] = useDebouncedValue(chosen.text, 200);
  const wanted = {
    q: text.trim() || undefined,
    kind: chosen.kind === 'all' ? undefined : chosen.kind,
    who: chosen.who ?? undefined,
    action: chosen.action ?? undefined,
    from: chosen.from ? new Date(`${chosen.from}T00:00:00`).toISOString() : undefined,
    to: chosen.to ? dayAfter(chosen.to).toISOString() : undefined,
  };
  return useInfiniteQuery({
    queryKey: ['audit', wanted],
    queryFn: ({ pageParam }) =>
      call(api.GET('/api/audit', { params: { query: { ...wanted, cursor: pageParam, limit: 50 } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** The last day is meant as a whole. */
function dayAfter(day: string): Date {
  const found = new Date(`${day}T00:00:00`);
  found.setDate(found.getDate() + 1);
  return found;
}

function Filters({ chosen, choose }: { chosen: Chosen; choose: (chosen: Chosen) => void }) {
  const { t } = useTranslation(['audit', 'dates']);
  const { action, who: nameOf } = useWords();
  const names = useQuery({ queryKey: ['audit-names'], queryFn: () => call(api.GET('/api/audit/names')) });
  const turned = Boolean(chosen.from && chosen.to && chosen.from > chosen.to);
  const day = (name: 'from' | 'to') => ({
    label: t(name),
    value: chosen[name],
    onChange: (day: string | null) => choose({ ...chosen, [name]: day }),
    latest: dayKey(new Date()),
  });
  const actions = (names.data?.actions ?? [])
    .map((value) => ({ value, label: action(value) }))
    .sort((one, other) => one.label.localeCompare(other.label));
  return (
    <>
      <SegmentedControl
        className={classes.kinds}
        size="xs"
        aria-label={t('kind')}
        value={chosen.kind}
        onChange={(kind) => choose({ ...chosen, kind })}
        data={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
      />
      <div className={classes.filters}>
        <SearchField
          label={t('search')}
          value={chosen.text}
          onChange={(text) => choose({ ...chosen, text })}
        />
        <Select
          aria-label={t('who')}
          placeholder={t('everybody')}
          data={(names.data?.who ?? []).map((value) => ({
            value,
            label: nameOf(value, names.data?.names[value]),
          }))}
          value={chosen.who}
          onChange={(who) => choose({ ...chosen, who })}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('everybody') }}
        />
        <Select
          aria-label={t('action')}
          placeholder={t('everything')}
          data={actions}
          value={chosen.action}
          onChange={(value) => choose({ ...chosen, action: value })}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('everything') }}
        />
        <DayField {...day('from')} error={turned && t('firstAfterLast', { ns: 'dates' })} />
        <DayField {...day('to')} error={turned} />
      </div>
    </>
  );
}

const SEEN_AT_ONCE = 3;

/** Few changes are seen at once; many when they are asked for. */
function Changes({ changes }: { changes: string[] }) {
  const { t } = useTranslation('audit');
  if (!changes.length) return null;
  const list = (
    <ul className={classes.changes}>
      {changes.map((change) => (
        <li key={change}>{change}</li>
      ))}
    </ul>
  );
  if (changes.length <= SEEN_AT_ONCE) return list;
  return (
    <details className={classes.details}>
      <summary>{t('changesCount', { count: changes.length })}</summary>
      {list}
    </details>
  );
}

function useColumns(): Column<Line>[] {
  const { t } = useTranslation('audit');
  const { about, action, changes, who } = useWords();
  return [
    {
      key: 'at',
      title: t('when'),
      width: 96,
      cell: (line) => (
        <span className={classes.when}>
          <At moment={line.at} />
        </span>
      ),
    },
    { key: 'who', title: t('who'), width: 160, wide: true, cell: (line) => who(line.who, line.who_name) },
    {
      key: 'what',
      title: t('what'),
      cell: (line) => {
        const found = changes(line);
        return (
          <>
            <Text size="xs" c="dimmed" hiddenFrom="sm">
              {who(line.who, line.who_name)}
            </Text>
            <Text size="sm" span>
              {action(line.action)}
            </Text>{' '}
            {line.subject !== line.who && (
              <Text size="sm" span c="dimmed" className={classes.subject}>
                {about(line.about)}
              </Text>
            )}
            <Changes changes={found} />
          </>
        );
      },
    },
    {
      key: 'kind',
      title: t('kind'),
      width: 150,
      wide: true,
      cell: (line) => <Label>{t(`kinds.${line.kind}`)}</Label>,
    },
  ];
}
