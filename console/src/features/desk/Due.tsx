import { Countdown } from '@/shared/components';
import { clockTime, dayAndTime, fullDay } from '@/shared/format';
import { useNow } from '@/shared/format/useNow';

const AN_HOUR = 3_600_000;

/** The time that is left, when it is soon; else the time of day. */
export function Due({ moment }: { moment: string }) {
  const near = Math.abs(Date.parse(moment) - useNow()) < AN_HOUR;
  if (near) return <Countdown due={moment} />;
  return (
    <time dateTime={moment} title={`${fullDay(moment)} ${clockTime(moment)}`} data-volatile>
      {dayAndTime(moment)}
    </time>
  );
}
