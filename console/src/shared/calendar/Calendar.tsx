/** Days beside each other with what is laid out on them: drawn, moved, pulled and copied, by pointer and by keys. */
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { Block } from './Block';
import { Ghosts, type GhostsHandle } from './Ghosts';
import { commandOf } from './keys';
import { clock, DAY, HOUR, lanes, snapped } from './layout';
import type { CalendarActions, CalendarBlock, CalendarColumn } from './model';
import { type Place, usePointer } from './usePointer';
import classes from './calendar.module.css';

interface Props {
  label: string;
  columns: readonly CalendarColumn[];
  blocks: readonly CalendarBlock[];
  actions: CalendarActions;
  readOnly: boolean;
  /** Minutes between the lines on which things are put down. */
  step?: number;
  /** Minutes from midnight, where the day of today is; null: it is not shown. */
  now?: number | null;
}

const BEGINS = 7 * HOUR;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

export function Calendar({ label, columns, blocks, actions, readOnly, step = 15, now = null }: Props) {
  const { t } = useTranslation('calendar');
  const area = useRef<HTMLDivElement>(null);
  const scroll = useRef<HTMLDivElement>(null);
  const ghosts = useRef<GhostsHandle>(null);
  const [caret, setCaret] = useState<Place | null>(null);
  const keys = useId();
  const sorted = useMemo(
    () => [...blocks].sort((a, b) => a.day - b.day || a.start - b.start || a.end - b.end),
    [blocks],
  );
  const beside = useMemo(() => lanes(sorted), [sorted]);
  const pointer = usePointer({
    area,
    ghosts,
    blocks,
    columns: columns.length,
    step,
    actions,
    readOnly,
    pointed: ({ day, minute }) => setCaret({ day, minute: Math.floor(minute / step) * step }),
  });
  const keyboard = useKeys({ blocks, columns, actions, readOnly, step, caret, setCaret });
  useEffect(() => {
    const height = area.current?.clientHeight ?? 0;
    scroll.current?.scrollTo({ top: (BEGINS / DAY) * height });
  }, []);
  const onClick = (event: MouseEvent) => {
    const id = (event.target as HTMLElement).closest<HTMLElement>('[data-block]')?.dataset.block;
    if (id && !pointer.wasDragged()) actions.open(id);
  };
  const onDoubleClick = (event: MouseEvent) => {
    const onBlock = (event.target as HTMLElement).closest('[data-block]');
    if (!onBlock && caret && !readOnly) actions.draw(caret.day, caret.minute, end(caret));
  };
  return (
    <div className={classes.calendar} style={{ '--columns': columns.length } as CSSProperties}>
      {/* What can be scrolled can be focused, so that keys scroll it and name a place in it. */}
      {/* eslint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={scroll}
        className={classes.scroll}
        role="group"
        aria-label={label}
        tabIndex={0}
        onKeyDown={keyboard.onKeyDown}
      >
        {/* eslint-enable */}
        <Head columns={columns} />
        <div className={classes.body}>
          <div className={classes.gutter} aria-hidden>
            {HOURS.map((hour) => (
              <span key={hour}>{hour ? clock(hour * HOUR) : ''}</span>
            ))}
          </div>
          {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
          <div
            ref={area}
            className={classes.area}
            data-readonly={readOnly || undefined}
            onPointerDown={pointer.onPointerDown}
            onPointerMove={pointer.onPointerMove}
            onPointerUp={pointer.onPointerUp}
            onPointerCancel={pointer.onPointerCancel}
            onClick={onClick}
            onDoubleClick={onDoubleClick}
          >
            <Ground columns={columns} />
            {sorted.map((block, index) => (
              <Block
                key={block.id}
                block={block}
                {...(beside[index] ?? { lane: 0, lanes: 1 })}
                columns={columns.length}
                keys={readOnly ? undefined : keys}
              />
            ))}
            {caret && caret.day < columns.length && (
              <div className={classes.caret} style={stood(caret, columns.length)} aria-hidden />
            )}
            <Now columns={columns} now={now} />
            <Ghosts columns={columns.length} ref={ghosts} />
          </div>
        </div>
      </div>
      <div id={keys} hidden>
        {t('keys')}
      </div>
      <div className="visually-hidden" role="status">
        {keyboard.said}
      </div>
    </div>
  );
}

const end = ({ minute }: Place) => Math.min(minute + HOUR, DAY);

function stood({ day, minute }: Place, columns: number) {
  return {
    left: `${(day / columns) * 100}%`,
    width: `${100 / columns}%`,
    top: `${(minute / DAY) * 100}%`,
  };
}

function Head({ columns }: { columns: readonly CalendarColumn[] }) {
  return (
    <div className={classes.head}>
      <span className={classes.corner} />
      {columns.map(({ key, title, detail, note, today, off }) => (
        <div key={key} className={classes.day} data-today={today || undefined} data-off={off || undefined}>
          <span className={classes.title}>
            {title} {detail && <span className={classes.detail}>{detail}</span>}
          </span>
          {note && <span className={classes.note}>{note}</span>}
        </div>
      ))}
    </div>
  );
}

/** The hours that the clock leaves out, or shows twice, and days on which nothing holds. */
function Ground({ columns }: { columns: readonly CalendarColumn[] }) {
  const { t } = useTranslation('calendar');
  return columns.map(({ key, change, off }, day) => (
    <div key={key} className={classes.column} style={{ left: `${(day / columns.length) * 100}%` }}>
      {off && <div className={classes.off} />}
      {change && (
        <div
          className={classes.change}
          data-kind={change.kind}
          style={{
            top: `${(change.start / DAY) * 100}%`,
            height: `${((change.end - change.start) / DAY) * 100}%`,
          }}
        >
          {t(`clock.${change.kind}`)}
        </div>
      )}
    </div>
  ));
}

function Now({ columns, now }: { columns: readonly CalendarColumn[]; now: number | null }) {
  const day = columns.findIndex(({ today }) => today);
  if (day < 0 || now === null) return null;
  return <div className={classes.now} style={stood({ day, minute: now }, columns.length)} aria-hidden />;
}

interface KeysGiven {
  blocks: readonly CalendarBlock[];
  columns: readonly CalendarColumn[];
  actions: CalendarActions;
  readOnly: boolean;
  step: number;
  caret: Place | null;
  setCaret: (place: Place) => void;
}

/** Keys on a block change it; on the calendar itself they name a place for something new. */
function useKeys({ blocks, columns, actions, readOnly, step, caret, setCaret }: KeysGiven) {
  const { t } = useTranslation('calendar');
  const [said, say] = useState('');
  const copied = useRef<string | null>(null);
  const follow = useRef<string | null>(null);
  useEffect(() => {
    const id = follow.current;
    if (id === null) return;
    follow.current = null;
    const found = document.querySelector<HTMLElement>(`[data-block="${CSS.escape(id)}"]`);
    found?.focus({ preventScroll: true });
    found?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    say(blocks.find((block) => block.id === id)?.name ?? '');
  }, [blocks]);

  const paste = (place: Place) => {
    if (copied.current) follow.current = actions.copy(copied.current, place.day, place.minute);
  };
  const onBlock = (event: KeyboardEvent, block: CalendarBlock) => {
    const command = commandOf(event, step);
    if (!command) return;
    event.preventDefault();
    switch (command.do) {
      case 'copy':
        copied.current = block.id;
        return say(t('copied'));
      case 'paste':
        return paste(caret ?? nextTo(block, columns.length));
      case 'remove':
        return actions.remove(block.id);
      case 'resize':
        follow.current = actions.resize(block.id, 'end', snapped(block.end + command.minutes, step));
        return;
      case 'move':
        if (columns[block.day + command.days])
          follow.current = actions.move(block.id, command.days, command.minutes);
    }
  };
  const onEmpty = (event: KeyboardEvent) => {
    const place = caret ?? { day: 0, minute: BEGINS };
    if (event.key === 'Enter' && caret) return actions.draw(caret.day, caret.minute, end(caret));
    const command = commandOf(event, step);
    if (command?.do === 'paste') paste(place);
    if (command?.do !== 'move') return;
    event.preventDefault();
    const next = {
      day: Math.min(Math.max(place.day + command.days, 0), columns.length - 1),
      minute: Math.min(Math.max(place.minute + command.minutes, 0), DAY - step),
    };
    setCaret(next);
    say(`${columns[next.day]?.name ?? ''} ${clock(next.minute)}`);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (readOnly) return;
    const target = event.target as HTMLElement;
    const block = blocks.find(({ id }) => id === target.dataset.block);
    if (block && !block.fixed) onBlock(event, block);
    else if (target === event.currentTarget) onEmpty(event);
  };
  return { onKeyDown, said };
}

/** Where a copy goes when no place was pointed at: the next day, or the same one after it. */
function nextTo({ day, start, end: last }: CalendarBlock, columns: number): Place {
  if (day + 1 < columns) return { day: day + 1, minute: start };
  return { day, minute: Math.min(last, DAY - (last - start)) };
}
