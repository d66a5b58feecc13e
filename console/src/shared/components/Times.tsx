/** Moments and spans that stay true while one looks at them. */
import { useTranslation } from 'react-i18next';
import { dayAndTime, duration, fullDay, clockTime } from '@/shared/format';
import { useNow } from '@/shared/format/useNow';
import { Tip } from './Tip';
import classes from './Times.module.css';

/** How long since: counts up each second. */
export function Since({ moment }: { moment: string }) {
  const now = useNow();
  return (
    <time dateTime={moment} data-volatile>
      {duration(Math.max(0, (now - Date.parse(moment)) / 1000))}
    </time>
  );
}

/** Time left until it is due; red with a minus and words for those who do not see it when it is overdue. */
export function Countdown({ due }: { due: string }) {
  const { t } = useTranslation();
  const left = (Date.parse(due) - useNow()) / 1000;
  const overdue = left < 0;
  return (
    <time dateTime={due} className={classes.countdown} data-overdue={overdue || undefined} data-volatile>
      {overdue && <span className="visually-hidden">{t('overdue')} </span>}
      {duration(left)}
    </time>
  );
}

/** The time today, or day and time; the whole date on hover. */
export function At({ moment }: { moment: string }) {
  return (
    <Tip label={`${fullDay(moment)} ${clockTime(moment)}`}>
      <time dateTime={moment} data-volatile>
        {dayAndTime(moment)}
      </time>
    </Tip>
  );
}
