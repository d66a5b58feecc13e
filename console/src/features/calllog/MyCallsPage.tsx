/** One's own calls: whom one has called, who has called, and whom one has missed. */
import { SegmentedControl } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPhone } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { At, type Column, DataTable, EmptyState, PageHeader, Panel, SearchField } from '@/shared/components';
import { useHouseNames, useSearchKey } from '@/shared/directory';
import { duration } from '@/shared/format';
import { useMe } from '@/shared/session';
import { CallButton } from './CallButton';
import { CallDrawer } from './CallDrawer';
import { directionOf, type Line, partyOf, useCalls } from './calls';
import { PartyCell } from './PartyCell';
import classes from './calllog.module.css';

const SHELVES = ['all', 'missed'] as const;
type Shelf = (typeof SHELVES)[number];

export function MyCallsPage() {
  const { t } = useTranslation('calllog');
  const person = useMe().person;
  if (!person) return <EmptyState title={t('mine.nobody')}>{t('mine.nobodyHint')}</EmptyState>;
  return <Mine />;
}

function Mine() {
  const { t } = useTranslation('calllog');
  const [text, setText] = useState('');
  const [shelf, setShelf] = useState<Shelf>('all');
  const [opened, setOpened] = useState<Line | null>(null);
  const [asked] = useDebouncedValue(text.trim(), 120);
  const found = useCalls({ text: asked, mine: true, unanswered: shelf === 'missed' || undefined });
  const names = useHouseNames();
  const columns = useColumns();
  const field = useRef<HTMLInputElement>(null);
  useSearchKey(field);
  return (
    <>
      <PageHeader title={t('mine.title')}>
        <div className={classes.tools} role="search">
          <SearchField
            ref={field}
            label={t('mine.search')}
            value={text}
            onChange={setText}
            className={classes.search}
          />
          <SegmentedControl
            aria-label={t('mine.shelf')}
            data={SHELVES.map((value) => ({ value, label: t(`mine.shelves.${value}`) }))}
            value={shelf}
            onChange={(value) => setShelf(value as Shelf)}
          />
        </div>
      </PageHeader>
      <Panel flush>
        <DataTable
          label={t('mine.title')}
          columns={columns}
          rows={found.lines}
          rowKey={(line) => line.call}
          rowLabel={(line) => t('openCall', { who: partyOf(line, names.person).name || t('withheld') })}
          open={setOpened}
          selected={opened?.call}
          error={found.error}
          retry={() => void found.refetch()}
          more={found.hasNextPage ? () => void found.fetchNextPage() : undefined}
          loadingMore={found.isFetchingNextPage}
          empty={
            <EmptyState
              icon={<IconPhone size={28} stroke={1.5} />}
              title={t(asked ? 'all.none' : `mine.empty.${shelf}`)}
            >
              {t(asked ? 'mine.noneHint' : `mine.emptyHint.${shelf}`)}
            </EmptyState>
          }
        />
      </Panel>
      {opened && <CallDrawer line={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

function useColumns(): Column<Line>[] {
  const { t } = useTranslation('calllog');
  const names = useHouseNames();
  return [
    {
      key: 'party',
      title: t('column.party'),
      cell: (line) => <PartyCell party={partyOf(line, names.person)} direction={directionOf(line)} />,
    },
    { key: 'at', title: t('column.at'), cell: (line) => <At moment={line.began_at} /> },
    {
      key: 'queue',
      title: t('column.queue'),
      wide: true,
      cell: (line) => line.queue && names.queue(line.queue),
    },
    {
      key: 'talk',
      title: t('column.talk'),
      wide: true,
      figures: true,
      cell: (line) => (line.mine?.spoke && line.talk > 0 ? duration(line.talk) : ''),
    },
    {
      key: 'call',
      title: <span className="visually-hidden">{t('call')}</span>,
      width: 96,
      cell: (line) => <CallButton party={partyOf(line, names.person)} />,
    },
  ];
}
