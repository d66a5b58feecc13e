/** Rows of a list, however many: only what is on the screen is in the page, and more is read as one scrolls. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { phoneNumber } from '@/shared/format';
import classes from './lists.module.css';
import type { ListRow } from './rows';

const ROW = 38;

interface Props {
  label: string;
  rows: ListRow[];
  /** How many there are, those that are not read yet included. */
  total?: number;
  open?: (row: ListRow) => void;
  /** Reads the next page. */
  more?: () => void;
}

export function RowTable({ label, rows, total, open, more }: Props) {
  const { t } = useTranslation('settings');
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
    initialRect: { width: 0, height: 400 },
  });
  const visible = virtual.getVirtualItems();
  const last = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= rows.length - 30) more();
  }, [more, last, rows.length]);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>, index: number) => {
    const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: rows.length - 1 }[event.key];
    const row = rows[index];
    if (to !== undefined && rows[to]) {
      event.preventDefault();
      virtual.scrollToIndex(to);
      requestAnimationFrame(() =>
        scroller.current?.querySelector<HTMLElement>(`[data-index="${to}"]`)?.focus({ preventScroll: true }),
      );
    } else if ((event.key === 'Enter' || event.key === ' ') && open && row) {
      event.preventDefault();
      open(row);
    }
  };
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="table"
      aria-label={label}
      aria-rowcount={(total ?? rows.length) + 1}
    >
      <div role="row" aria-rowindex={1} className={classes.head}>
        <span role="columnheader">{t('rows.number')}</span>
        <span role="columnheader">{t('rows.name')}</span>
        <span role="columnheader" className={classes.note}>
          {t('rows.note')}
        </span>
      </div>
      <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
        {visible.map(({ index, key, start }) => {
          const row = rows[index];
          if (!row) return null;
          return (
            <div
              key={key}
              role="row"
              aria-rowindex={index + 2}
              data-index={index}
              data-opens={open ? true : undefined}
              tabIndex={0}
              className={classes.row}
              style={{ transform: `translateY(${start}px)`, height: ROW }}
              onClick={() => open?.(row)}
              onKeyDown={(event) => onKeyDown(event, index)}
            >
              <span role="cell" className="figures">
                {shownNumber(row.number)}
              </span>
              <span role="cell">{row.name}</span>
              <span role="cell" className={classes.note}>
                {row.note}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** A beginning of numbers stays as it is: it is no number that could be laid out. */
export function shownNumber(number: string): string {
  return number.endsWith('*') ? number : phoneNumber(number);
}
