/** Times, numbers and telephone numbers as people write them, by language. */
import i18next from 'i18next';

const REGIONS: Record<string, string> = { en: 'en-GB' };

/** The tag by which dates and numbers are written. English is the one of Europe: the day before the month. */
export function locale(language: string = i18next.language): string {
  return REGIONS[language] ?? language;
}

const cache = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>();

function kept<T extends Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>(
  kind: string,
  make: (language: string) => T,
): T {
  const key = `${i18next.language}:${kind}`;
  const found = (cache.get(key) as T | undefined) ?? make(locale());
  cache.set(key, found);
  return found;
}

type Moment = string | number | Date;

/** Half past nine in the morning: 09:30. */
export function clockTime(moment: Moment): string {
  const format = kept(
    'clock',
    (language) => new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  );
  return format.format(new Date(moment));
}

/** The day as short as it can be told: today's is left to `dayAndTime`. */
export function day(moment: Moment): string {
  const format = kept(
    'day',
    (language) => new Intl.DateTimeFormat(language, { weekday: 'short', day: 'numeric', month: 'short' }),
  );
  return format.format(new Date(moment));
}

export function fullDay(moment: Moment): string {
  const format = kept('full', (language) => new Intl.DateTimeFormat(language, { dateStyle: 'full' }));
  return format.format(new Date(moment));
}

export function isSameDay(one: Moment, other: Moment): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}

/** Only the time today, else the day with the time; the year only when it is another. */
export function dayAndTime(moment: Moment, now: Moment = Date.now()): string {
  if (isSameDay(moment, now)) return clockTime(moment);
  const years = new Date(moment).getFullYear() !== new Date(now).getFullYear();
  const format = kept(
    `daytime${years}`,
    (language) =>
      new Intl.DateTimeFormat(language, {
        ...(years ? { year: 'numeric' } : { weekday: 'short' }),
        day: 'numeric',
        month: 'short',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      }),
  );
  return format.format(new Date(moment));
}

export function count(value: number, digits = 0): string {
  const format = kept(
    `number${digits}`,
    (language) =>
      new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  );
  return format.format(value);
}

/** 0.873 as 87 %. */
export function share(value: number): string {
  return kept(
    'share',
    (language) => new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }),
  ).format(value);
}

/** Seconds from now in words: in 4 min, 3 min ago. Whole minutes that are left, or have passed. */
export function inMinutes(seconds: number): string {
  const format = kept(
    'minutes',
    (language) => new Intl.RelativeTimeFormat(language, { style: 'short', numeric: 'always' }),
  );
  return format.format(Math.trunc(seconds / 60), 'minute');
}

/** Seconds as 0:07, 12:30 or 1:02:05. Negative ones with a true minus. */
export function duration(seconds: number): string {
  const whole = Math.floor(Math.abs(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (part: number) => String(part).padStart(2, '0');
  return `${seconds <= -1 ? '−' : ''}${h ? `${h}:${two(m)}` : m}:${two(s)}`;
}

const GROUPS: [RegExp, string][] = [
  [/^\+46(7\d)(\d{3})(\d{2})(\d{2})$/, '+46 $1 $2 $3 $4'],
  [/^\+46(8)(\d{3})(\d{3})(\d{2})$/, '+46 $1 $2 $3 $4'],
  [/^\+46(8)(\d{3})(\d{2})(\d{2})$/, '+46 $1 $2 $3 $4'],
  [/^\+46(\d{2})(\d{2,3})(\d{2})(\d{2})$/, '+46 $1 $2 $3 $4'],
  [/^\+46(\d{3})(\d{2})(\d{2})(\d{2})$/, '+46 $1 $2 $3 $4'],
  [/^\+47(\d{3})(\d{2})(\d{3})$/, '+47 $1 $2 $3'],
  [/^\+45(\d{2})(\d{2})(\d{2})(\d{2})$/, '+45 $1 $2 $3 $4'],
  [/^\+358(\d{2})(\d{3})(\d{3,5})$/, '+358 $1 $2 $3'],
];

/** A number in groups that can be read aloud; what is not understood stays as it is. */
export function phoneNumber(number: string): string {
  for (const [shape, groups] of GROUPS) if (shape.test(number)) return number.replace(shape, groups);
  return number;
}
