/** What is being drawn or dragged, before it is let go. Only this is drawn anew while the pointer moves. */
import { type Ref, useImperativeHandle, useState } from 'react';
import { clock, DAY, type Stretch } from './layout';
import classes from './calendar.module.css';

export interface GhostsHandle {
  show: (ghosts: readonly Stretch[]) => void;
}

export function Ghosts({ columns, ref }: { columns: number; ref: Ref<GhostsHandle> }) {
  const [ghosts, show] = useState<readonly Stretch[]>([]);
  useImperativeHandle(ref, () => ({ show }), []);
  return (
    <div className={classes.ghosts} aria-hidden>
      {ghosts.map(({ day, start, end }, index) => (
        <div
          key={index}
          className={classes.ghost}
          style={{
            left: `${(day / columns) * 100}%`,
            width: `${100 / columns}%`,
            top: `${(start / DAY) * 100}%`,
            height: `${((end - start) / DAY) * 100}%`,
          }}
        >
          {clock(start)}–{clock(end)}
        </div>
      ))}
    </div>
  );
}
