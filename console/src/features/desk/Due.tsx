import { useTranslation } from 'react-i18next';
import { Countdown } from '@/shared/components';
import { clockTime, dayAndTime, fullDay, inMinutes } from '@/shared/format';
import { useNow } from '@/shared/format/useNow';
import classes from './desk.module.css';

const AN_HOUR = 3_600_000;
const A_MINUTE = 60_000;

interface Props {
  moment: string;
  /** A customer was told the time: it is shown with what is left. Else only what is left. */
  promised?: boolean;
}

/** When it is due: the time that is left when it is soon, else the time of day. */
export function Due({ moment, promised }: Props) {
  const left = Date.parse(moment) - useNow();
  const near = Math.abs(left) < AN_HOUR;
  if (near && !promised) return <Countdown due={moment} />;
  return (
    <span className={classes.promise}>
      <time dateTime={moment} title={`${fullDay(moment)} ${clockTime(moment)}`} data-volatile>
        {near ? clockTime(moment) : dayAndTime(moment)}
      </time>
      {near && (Math.abs(left) < A_MINUTE ? <Countdown due={moment} /> : <Left left={left} />)}
    </span>
  );
}

/** In words, by minutes. */
function Left({ left }: { left: number }) {
  const { t } = useTranslation();
  const overdue = left < 0;
  return (
    <span className={classes.left} data-overdue={overdue || undefined} data-volatile>
      {overdue && <span className="visually-hidden">{t('overdue')} </span>}
      {inMinutes(left / 1000)}
    </span>
  );
}
