import { useTranslation } from 'react-i18next';
import { type DayNote, exceptionOn, type HoursException } from '@/shared/calendar';
import type { JsonObject } from '@/shared/forms';
import { useParts } from '@/shared/parts';

interface Exception extends HoursException {
  name: string;
  spans?: readonly unknown[];
}

/** What takes the places of a day away: a closed day of the schedule, or an exception of its opening hours. */
export function useDayNote(schedule: JsonObject): (day: string) => DayNote | null {
  const { t } = useTranslation('schedule');
  const hours = useParts('hours').data?.find(({ key }) => key === schedule.hours);
  const exceptions = (hours?.exceptions ?? []) as unknown as Exception[];
  const closed = Array.isArray(schedule.closed_days) ? schedule.closed_days : [];
  return (day) => {
    if (closed.includes(day)) return { text: t('closedDay'), off: true };
    const exception = schedule.sells_when_closed ? null : exceptionOn(exceptions, day);
    return exception && { text: exception.name, off: !exception.spans?.length };
  };
}
