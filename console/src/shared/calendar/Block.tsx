import { memo } from 'react';
import { DAY } from './layout';
import type { CalendarBlock } from './model';
import classes from './calendar.module.css';

interface Props {
  block: CalendarBlock;
  /** In which of how many lanes beside each other. */
  lane: number;
  lanes: number;
  columns: number;
  /** Id of the text that tells which keys there are. */
  keys: string | undefined;
}

const SHORT = 40;

/** One stretch of a calendar: a button that can be dragged, with edges that can be pulled. */
export const Block = memo(function Block({ block, lane, lanes, columns, keys }: Props) {
  const { id, day, start, end, tone, fixed } = block;
  return (
    <button
      type="button"
      className={classes.block}
      data-block={id}
      data-tone={tone}
      data-fixed={fixed || undefined}
      data-short={end - start < SHORT || undefined}
      aria-describedby={fixed ? undefined : keys}
      style={{
        left: `${((day + lane / lanes) / columns) * 100}%`,
        width: `calc(${100 / columns / lanes}% - 3px)`,
        top: `${(start / DAY) * 100}%`,
        height: `calc(${((end - start) / DAY) * 100}% - 1px)`,
      }}
    >
      {!fixed && <span className={classes.edge} data-edge="start" />}
      {/* Read in one go; what is seen is the same in short. */}
      <span className="visually-hidden">{block.name}</span>
      <span className={classes.content} aria-hidden>
        {block.content}
      </span>
      {!fixed && <span className={classes.edge} data-edge="end" />}
    </button>
  );
});
