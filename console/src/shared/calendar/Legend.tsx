import type { ReactNode } from 'react';
import type { Tone } from './model';
import classes from './calendar.module.css';

/** What the colours and patterns mean. */
export function Legend({
  label,
  tones,
}: {
  label: string;
  tones: readonly { tone: Tone; words: ReactNode }[];
}) {
  return (
    <ul className={classes.legend} aria-label={label}>
      {tones.map(({ tone, words }, index) => (
        <li key={index}>
          <span className={`${classes.block} ${classes.swatch}`} data-tone={tone} aria-hidden />
          {words}
        </li>
      ))}
    </ul>
  );
}
