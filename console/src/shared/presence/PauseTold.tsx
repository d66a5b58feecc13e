import { useTranslation } from 'react-i18next';
import { inARow } from '@/shared/i18n';
import { useLive } from '@/shared/live/store';
import { useUnknown } from '@/shared/people/unnamed';
import { useUntil } from './absence';
import { usePauseName } from './pause';
import classes from './presence.module.css';

/** Why somebody pauses and until when, and who has said so when it was somebody else. */
export function PauseTold({ person }: { person: string }) {
  const { t } = useTranslation();
  const untilOf = useUntil();
  const nameOf = usePauseName();
  const unknown = useUnknown();
  const pause = useLive((live) => live.agents[person]?.pause);
  const by = useLive(({ agents }) => {
    const setter = agents[person]?.pause?.by;
    return setter && setter !== person ? (agents[setter]?.name ?? unknown(setter)) : null;
  });
  if (!pause) return null;
  const told = inARow([nameOf(pause), untilOf({ until: pause.until })]);
  return (
    <>
      {told}
      {by && <span className={classes.by}> {t('absence.by', { who: by })}</span>}
    </>
  );
}
