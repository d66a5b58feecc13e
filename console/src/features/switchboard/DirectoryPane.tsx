/** To whom a call can go: found while one types, by keyboard alone. */
import { Button, SegmentedControl, Switch, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState, ErrorState, Key, LoadingRows, Panel, SearchField } from '@/shared/components';
import {
  type Entry,
  EntryCard,
  enterList,
  EntryList,
  RETURN_AFTER,
  type Shelf,
  useDirectory,
  useReaching,
  useSearchKey,
} from '@/shared/directory';
import { phoneNumber } from '@/shared/format';
import type { PhoneCall } from '@/shared/phone';
import { Typed } from './Typed';
import classes from './switchboard.module.css';

const SHELVES: Shelf[] = ['all', 'colleague', 'favourites'];

/** `call`: the one that may be transferred; without one people are called. */
export function DirectoryPane({ call }: { call: PhoneCall | null }) {
  const { t } = useTranslation('switchboard');
  const [text, setText] = useState('');
  const [shelf, setShelf] = useState<Shelf>('all');
  const [returns, setReturns] = useState(true);
  const [opened, setOpened] = useState<Entry | null>(null);
  const [asked] = useDebouncedValue(text.trim(), 60);
  const found = useDirectory(asked, shelf);
  const reaching = useReaching();
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const pane = useRef<HTMLDivElement>(null);
  useSearchKey(field);
  const enter = () => {
    const typed = pane.current?.querySelector<HTMLElement>('[data-typed]');
    if (typed) typed.focus();
    else enterList(list.current);
  };
  const { entries } = found;
  return (
    <Panel title={t(call ? 'transferTo' : 'directory')} flush>
      <div className={classes.find} ref={pane}>
        <SearchField
          ref={field}
          label={t('search')}
          value={text}
          onChange={setText}
          rightSection={text ? undefined : <Key>/</Key>}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setText('');
            if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
            event.preventDefault();
            enter();
          }}
        />
        <SegmentedControl
          aria-label={t('shelf')}
          size="xs"
          fullWidth
          data={SHELVES.map((value) => ({ value, label: t(`shelves.${value}`) }))}
          value={shelf}
          onChange={(value) => setShelf(value as Shelf)}
        />
        {call && (
          <Switch
            size="sm"
            label={t('returns', { seconds: RETURN_AFTER })}
            checked={returns}
            onChange={(event) => setReturns(event.currentTarget.checked)}
          />
        )}
        {call && (
          <Text size="xs" c="dimmed">
            {t('whichCall', { who: call.name || (call.number ? phoneNumber(call.number) : t('withheld')) })}
          </Text>
        )}
        <Typed
          text={text}
          call={call}
          returns={returns}
          reaching={reaching}
          onNext={() => enterList(list.current)}
        />
      </div>
      {found.error && !entries && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      {!found.error && !entries && <LoadingRows rows={6} />}
      {entries?.length === 0 && (
        <EmptyState title={t(asked ? 'none' : `empty.${shelf === 'favourites' ? 'favourites' : 'all'}`)}>
          {t(asked ? 'noneHint' : `emptyHint.${shelf === 'favourites' ? 'favourites' : 'all'}`)}
        </EmptyState>
      )}
      {entries && entries.length > 0 && (
        <div className={classes.entries}>
          <EntryList
            label={t('found')}
            entries={entries}
            reaching={reaching}
            call={call}
            returns={returns}
            busy={found.isFetching}
            listRef={list}
            selected={opened?.key}
            onOpen={setOpened}
            onLeave={() => field.current?.focus()}
          />
          {found.hasNextPage && (
            <Button
              variant="subtle"
              fullWidth
              loading={found.isFetchingNextPage}
              onClick={() => void found.fetchNextPage()}
            >
              {t('more')}
            </Button>
          )}
        </div>
      )}
      {opened && (
        <EntryCard
          entry={opened}
          reaching={reaching}
          call={call}
          returns={returns}
          onClose={() => setOpened(null)}
        />
      )}
    </Panel>
  );
}
