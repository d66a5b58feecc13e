/** Days of a calendar, kept as 2027-12-24, and what the clock on the wall does on them. */
import { clock } from './layout';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const A_DAY = 86_400_000;

const utc = (day: string) => Date.parse(`${day}T00:00:00Z`);
const key = (moment: number) => new Date(moment).toISOString().slice(0, 10);

export function daysAfter(day: string, count: number): string {
  return key(utc(day) + count * A_DAY);
}

export function daysBetween(first: string, last: string): number {
  return Math.round((utc(last) - utc(first)) / A_DAY);
}

/** 0 on Mondays. */
export function weekdayIndex(day: string): number {
  return (new Date(utc(day)).getUTCDay() + 6) % 7;
}

export function weekdayOf(day: string): Weekday {
  return WEEKDAYS[weekdayIndex(day)] as Weekday;
}

/** The seven days of the week, Monday first. */
export function weekOf(day: string): string[] {
  const monday = daysAfter(day, -weekdayIndex(day));
  return WEEKDAYS.map((_, index) => daysAfter(monday, index));
}

/** ISO 8601: the week that has the year's first Thursday is the first. */
export function weekNumber(day: string): number {
  const thursday = daysAfter(day, 3 - weekdayIndex(day));
  return Math.floor(daysBetween(`${thursday.slice(0, 4)}-01-01`, thursday) / 7) + 1;
}

/** What a day is called in a sentence or above its column. */
export function dayText(day: string, language: string, form: Intl.DateTimeFormatOptions): string {
  const made = `${language} ${JSON.stringify(form)}`;
  const format = formats.get(made) ?? new Intl.DateTimeFormat(language, { ...form, timeZone: 'UTC' });
  formats.set(made, format);
  return format.format(utc(day));
}

/** To make one takes longer than to use it a hundred times, and a full week asks for thousands. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** An hour of a day that the clock on the wall shows never, or twice. */
export interface ClockChange {
  kind: 'never' | 'twice';
  start: number;
  end: number;
}

/** What becomes of the clocks on a day in a zone; null on all other days. */
export function clockChange(day: string, zone: string): ClockChange | null {
  const asked = `${day} ${zone}`;
  const known = changes.get(asked);
  if (known !== undefined) return known;
  const found = foundChange(day, zone);
  changes.set(asked, found);
  return found;
}

const changes = new Map<string, ClockChange | null>();

function foundChange(day: string, zone: string): ClockChange | null {
  const wall = wallClock(zone);
  let [low, high] = [utc(day) - A_DAY, utc(day) + 2 * A_DAY];
  // Only in this day's own hours: look where the wall shows it.
  while (wall(low) < utc(day)) low += A_DAY / 48;
  while (wall(high) > utc(day) + A_DAY) high -= A_DAY / 48;
  const shift = wall(high) - high - (wall(low) - low);
  if (!shift) return null;
  const before = wall(low) - low;
  while (high - low > 60_000) {
    const middle = low + Math.floor((high - low) / 120_000) * 60_000;
    if (wall(middle) - middle === before) low = middle;
    else high = middle;
  }
  const [one, other] = [high + before, wall(high)].map((moment) => (moment - utc(day)) / 60_000);
  return shift > 0
    ? { kind: 'never', start: one as number, end: other as number }
    : { kind: 'twice', start: other as number, end: one as number };
}

/** What the clock on the wall shows at a moment, as if it were UTC. */
function wallClock(zone: string): (moment: number) => number {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
    hourCycle: 'h23',
  });
  return (moment) => Date.parse(`${format.format(moment).replace(' ', 'T')}Z`);
}

/** The part of a stretch that the clock never shows, in words such as 02:00–03:00; null when all of it is there. */
export function missing(
  stretch: { start: number; end: number },
  change: ClockChange | null,
): { from: string; to: string } | null {
  if (change?.kind !== 'never') return null;
  const [start, end] = [Math.max(stretch.start, change.start), Math.min(stretch.end, change.end)];
  return start < end ? { from: clock(start), to: clock(end) } : null;
}
