import { useVirtualizer } from '@tanstack/react-virtual';
import { IconPhoneIncoming } from '@tabler/icons-react';
import { memo, type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCategoryName, useNames, usePersonName, useQueueName, useUnits } from '@/shared/case';
import { usePhotos } from '@/shared/session/photos';
import { CaseRow } from './CaseRow';
import classes from './desk.module.css';
import { type DeskItem, isLive, rests } from './items';

export const ROW = 56;

export interface ListHandle {
  focus(): void;
}

interface Props {
  items: DeskItem[];
  /** Where the keys are. */
  active: string | null;
  /** Which is shown beside the list. */
  opened: string | null;
  onOpen: (key: string) => void;
  onActive: (key: string) => void;
  handle: Ref<ListHandle>;
}

/** The list itself: only what is on the screen is in the page, however long it is. */
export const CaseList = memo(function CaseList({ items, active, opened, onOpen, onActive, handle }: Props) {
  const { t } = useTranslation('desk');
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    // A row is known by its place: what is looked for changes rows, which is much less work than making them.
    overscan: 4,
    // The first rows are drawn before the list has been measured.
    initialRect: { width: 0, height: window.innerHeight / 2 },
  });
  const place = active ? items.findIndex((item) => item.key === active) : -1;
  useEffect(() => {
    if (place >= 0) rows.scrollToIndex(place);
    // Only when the keys have moved: what comes in must not move the page below the hand.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [active]);
  useImperativeHandle(handle, () => ({ focus: () => list.current?.focus({ preventScroll: true }) }));

  const visible = rows.getVirtualItems();
  const shown = visible.flatMap(({ index }) => items[index] ?? []);
  const live = items.findIndex((item) => !isLive(item));
  const names = useNames(shown.map(({ number }) => number));
  const personName = usePersonName();
  const queueName = useQueueName();
  const categoryName = useCategoryName();
  const { data: units } = useUnits();
  const photo = usePhotos();

  return (
    <div ref={scroller} className={classes.scroller}>
      <OnTheLine
        count={live < 0 ? items.length : live}
        above={(visible[0]?.index ?? 0) > 0 && (rows.scrollOffset ?? 0) > ROW}
        onShow={() => rows.scrollToIndex(0)}
      />
      <div
        ref={list}
        role="listbox"
        tabIndex={0}
        data-desk-list
        aria-label={t('list')}
        aria-activedescendant={place >= 0 ? rowId(active) : undefined}
        className={classes.list}
        style={{ height: rows.getTotalSize() }}
      >
        {visible.map(({ index, key, start }) => {
          const item = items[index];
          if (!item) return null;
          const holder = item.taken_by ?? (rests(item) ? null : item.person);
          return (
            // The list as a whole has the keys (aria-activedescendant).
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={key}
              id={rowId(item.key)}
              role="option"
              tabIndex={-1}
              aria-selected={item.key === opened}
              aria-setsize={items.length}
              aria-posinset={index + 1}
              data-case={item.key}
              data-active={item.key === active || undefined}
              className={classes.row}
              style={{ height: ROW, transform: `translateY(${start}px)` }}
              onClick={() => {
                onActive(item.key);
                onOpen(item.key);
              }}
            >
              <CaseRow
                item={item}
                who={(item.number ? names[item.number] : null) ?? (item.name || null)}
                queue={item.queue ? queueName(item.queue) : ''}
                category={item.category ? categoryName(item.category) : null}
                unit={item.unit ? (units?.[item.unit] ?? null) : null}
                holder={holder ? personName(holder) : null}
                photo={photo(holder)}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
});

/** Who is on the line stands first, and is told of when the list has been moved away from there. */
function OnTheLine({ count, above, onShow }: { count: number; above: boolean; onShow: () => void }) {
  const { t } = useTranslation('desk');
  if (!count || !above) return null;
  return (
    <button type="button" className={classes.onTheLine} onClick={onShow}>
      <IconPhoneIncoming size={16} stroke={1.8} aria-hidden />
      {t('onTheLine', { count })}
    </button>
  );
}

const rowId = (key: string | null) => `case-${key?.replace(':', '-')}`;
