/** What stands in the calendar: the standard week, or days with their dates and what differs on them. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type CalendarBlock,
  type CalendarColumn,
  clock,
  clockChange,
  exceptionOn,
  minutesOf,
  missing,
  useDayColumns,
  weekdayIndex,
  WEEKDAYS,
  weekdayText,
} from '@/shared/calendar';
import { type Hours, type Segment, toneOf } from './hours';
import classes from './hours.module.css';

/** Before the number of an exception in the id of a block. */
export const EXCEPTION = 'x';

interface Given {
  hours: Hours;
  /** The dates that are shown; null: the standard week. */
  days: readonly string[] | null;
  today: string;
  zone: string;
  country: unknown;
  nameOf: (category: string) => string;
}

const NONE: readonly string[] = [];

export function useWeek({ hours, days, today, zone, country, nameOf }: Given) {
  const { t, i18n } = useTranslation('hours');
  const dated = useDayColumns({
    days: days ?? NONE,
    today,
    zone,
    country,
    noteOn: (day) => {
      const exception = exceptionOn(hours.exceptions, day);
      return exception && { text: exception.name, off: !exception.spans.length };
    },
  });
  const standard: CalendarColumn[] = WEEKDAYS.map((day) => ({
    key: day,
    title: weekdayText(day, i18n.language),
    name: weekdayText(day, i18n.language, 'long'),
  }));
  const columns = days ? dated : standard;
  const names = columns.map(({ name }) => name).join();
  const blocks = useMemo(() => {
    const block = (each: Segment, day: number, date: string | null, fixed?: boolean): CalendarBlock => {
      const gone = date ? missing(each, clockChange(date, zone)) : null;
      const time = `${clock(each.start)}–${clock(each.end)}`;
      const name = nameOf(each.category);
      const absent = gone && t('missing', gone);
      return {
        ...each,
        day,
        fixed,
        tone: toneOf(each.category, hours.categories),
        name: [`${columns[day]?.name ?? ''} ${time}`, name, absent].filter(Boolean).join(', '),
        content: (
          <>
            <span className={classes.time}>{time}</span>
            <span>{name}</span>
            {absent && <span>{absent}</span>}
          </>
        ),
      };
    };
    if (!days) return hours.segments.map((each) => block(each, each.day, null));
    return days.flatMap((date, day) => {
      const exception = exceptionOn(hours.exceptions, date);
      if (exception)
        return exception.spans.map(({ from, to, category }, index) => {
          const id = `${EXCEPTION}${hours.exceptions.indexOf(exception)}-${date}-${index}`;
          return block({ id, day, start: minutesOf(from), end: minutesOf(to), category }, day, date, true);
        });
      return hours.segments
        .filter((each) => each.day === weekdayIndex(date))
        .map((each) => block(each, day, date));
    });
    // The names of the columns are all that is used of them; `nameOf` follows from the categories.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [hours, days, names, zone]);
  return { columns, blocks };
}
