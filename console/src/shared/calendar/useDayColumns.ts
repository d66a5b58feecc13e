/** The columns of dates: what the day is called, its holiday, and what the clocks do. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { locale } from '@/shared/format';
import { clockChange, dayText } from './days';
import { useHolidays } from './holidays';
import type { CalendarColumn } from './model';

export interface DayNote {
  text: string;
  /** Nothing holds on the day. */
  off: boolean;
}

interface Given {
  days: readonly string[];
  today: string;
  zone: string;
  country: unknown;
  /** What else there is to know of a day. */
  noteOn: (day: string) => DayNote | null;
}

export function useDayColumns({ days, today, zone, country, noteOn }: Given): CalendarColumn[] {
  const { i18n } = useTranslation();
  const holidays = useHolidays(country, days);
  const language = locale(i18n.language);
  const changes = useMemo(() => days.map((day) => clockChange(day, zone)), [days, zone]);
  return days.map((day, index) => {
    const note = noteOn(day);
    const known = [holidays.get(day)?.name, note?.text];
    return {
      key: day,
      title: dayText(day, language, { weekday: 'short' }),
      detail: dayText(day, language, { day: 'numeric', month: 'numeric' }),
      name: dayText(day, language, { weekday: 'long', day: 'numeric', month: 'long' }),
      today: day === today,
      note: [...new Set(known.filter(Boolean))].join(', ') || undefined,
      off: note?.off ?? false,
      change: changes[index] ?? null,
    };
  });
}
