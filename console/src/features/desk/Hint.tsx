import { Key } from '@/shared/components';
import classes from './desk.module.css';
import { useKeysOn } from './useDeskKeys';

/** The key that does the same, where there is a keyboard. */
export function Hint({ children }: { children: string }) {
  const [on] = useKeysOn();
  if (!on) return null;
  return (
    <span className={classes.hint} aria-hidden>
      <Key>{children}</Key>
    </span>
  );
}
