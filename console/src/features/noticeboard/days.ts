import type { Period } from './notices';

/** The day in the period before or after the one that begins on `first`, as YYYY-MM-DD. */
export function stepped(first: string, period: Period, steps: -1 | 1): string {
  const day = new Date(`${first}T12:00:00Z`);
  if (period === 'day') day.setUTCDate(day.getUTCDate() + steps);
  else if (period === 'week') day.setUTCDate(day.getUTCDate() + 7 * steps);
  else day.setUTCMonth(day.getUTCMonth() + steps, 1);
  return day.toISOString().slice(0, 10);
}

/** What a period is called: a day, the days of a week, a month. `end` is the first day after it. */
export function periodName(first: string, end: string, period: Period, language: string): string {
  const begin = new Date(`${first}T12:00:00Z`);
  const last = new Date(Date.parse(`${end}T12:00:00Z`) - 86_400_000);
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...options });
  if (period === 'day') return format({ weekday: 'long', day: 'numeric', month: 'long' }).format(begin);
  if (period === 'month') return format({ month: 'long', year: 'numeric' }).format(begin);
  return format({ day: 'numeric', month: 'short' }).formatRange(begin, last);
}
