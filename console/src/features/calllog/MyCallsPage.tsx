/** One's own calls: whom one has called, who has called, and whom one has missed. */
import { SegmentedControl } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPhone } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, EmptyState, PageHeader, SearchField } from '@/shared/components';
import { useHouseNames, useSearchKey } from '@/shared/directory';
import { duration } from '@/shared/format';
import { useMe } from '@/shared/session';
import { type Line, useCalls } from './calls';
import { CallTable } from './CallTable';
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
  const [asked] = useDebouncedValue(text.trim(), 120);
  const found = useCalls({ text: asked, mine: true, unanswered: shelf === 'missed' || undefined });
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
      <CallTable
        label={t('mine.title')}
        found={found}
        columns={columns}
        empty={
          <EmptyState
            icon={<IconPhone size={28} stroke={1.5} />}
            title={t(asked ? 'all.none' : `mine.empty.${shelf}`)}
          >
            {t(asked ? 'mine.noneHint' : `mine.emptyHint.${shelf}`)}
          </EmptyState>
        }
      />
    </>
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
      cell: (line) => line.queue && names.queue(line.queue),
    },
    {
      key: 'talk',
      title: t('column.talk'),
      wide: true,
      figures: true,
      cell: (line) => (line.mine && line.mine.talk > 0 ? duration(line.mine.talk) : ''),
    },
  ];
}
