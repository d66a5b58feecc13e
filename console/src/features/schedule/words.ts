/** Periods and their changes in words. */
import { useTranslation } from 'react-i18next';
import { weekdaysText } from '@/shared/calendar';
import { writtenDay } from '@/shared/dates';
import { type Category, type Difference, isOnce, type PeriodValue, places } from './periods';

export function useWords(categories: readonly Category[]) {
  const { t, i18n } = useTranslation('schedule');
  const day = (date: string) => writtenDay(date, i18n.language);
  /** What it is called, or for whom it is; empty: for everybody. */
  const about = ({ name, categories: keys }: PeriodValue): string =>
    name || (keys ?? []).map((key) => categories.find((each) => each.key === key)?.name ?? key).join(', ');
  /** `mån–fre 08:00–10:00, 6 i timmen, från 2027-03-01`. */
  const period = (value: PeriodValue): string => {
    const when = isOnce(value) ? day(value.first_day ?? '') : weekdaysText(value.days, i18n.language);
    const [first, last] = isOnce(value) ? [null, null] : [value.first_day, value.last_day];
    return [
      `${when} ${value.from}–${value.to}`,
      value.calls_per_hour
        ? t('perHour', { count: value.calls_per_hour })
        : t('staff', { count: value.staff ?? 0 }),
      about(value),
      first && t('from', { day: day(first) }),
      last && t('until', { day: day(last) }),
    ]
      .filter(Boolean)
      .join(', ');
  };
  const change = ({ kind, before, after }: Difference): string => {
    if (kind === 'changed' && before && after)
      return t('changes.changed', { before: period(before), after: period(after) });
    const value = after ?? before;
    return value ? t(`changes.${kind}`, { period: period(value) }) : '';
  };
  /** A period on one day, as it is read aloud. */
  const occurrence = (value: PeriodValue, column: string): string =>
    [
      `${column} ${value.from}–${value.to}`,
      t(`calling.${value.calling ?? 'both'}`),
      about(value),
      t('places', { count: places(value, categories) }),
      isOnce(value) ? t('once') : t('repeats', { days: weekdaysText(value.days, i18n.language) }),
    ]
      .filter(Boolean)
      .join(', ');
  return { about, period, change, occurrence };
}
