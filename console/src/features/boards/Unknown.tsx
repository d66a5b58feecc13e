import { Tooltip } from '@mantine/core';
import classes from './boards.module.css';

/** A figure that cannot be told, and why. */
export function Unknown({ why }: { why: string }) {
  return (
    <Tooltip label={why}>
      <span className={classes.none}>
        –<span className="visually-hidden"> {why}</span>
      </span>
    </Tooltip>
  );
}
