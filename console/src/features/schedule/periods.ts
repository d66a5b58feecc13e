/** The periods of a work schedule and what can be done to them, whatever else they say of themselves. */
import {
  clock,
  DAY,
  daysAfter,
  daysBetween,
  type Edge,
  minutesOf,
  moved,
  resized,
  type Weekday,
  weekdayOf,
  WEEKDAYS,
} from '@/shared/calendar';
import type { Json } from '@/shared/forms';

export const CALLING = ['both', 'out', 'in'] as const;
export type Calling = (typeof CALLING)[number];

export interface ChangedDay {
  day: string;
  from: string;
  to: string;
  calls_per_hour?: number | null;
  staff?: number | null;
}

export interface PeriodValue {
  days: Weekday[];
  from: string;
  to: string;
  name?: string | null;
  calling?: Calling;
  /** One of these two says how many calls fit. */
  calls_per_hour?: number | null;
  staff?: number | null;
  minutes_a_call?: number | null;
  categories?: string[];
  first_day?: string | null;
  last_day?: string | null;
  /** Dates on which it is not repeated. */
  left_out?: string[];
  /** Days on which it is otherwise. */
  changed?: ChangedDay[];
  /** What this page does not know stays as it is. */
  [more: string]: Json | ChangedDay[] | undefined;
}

/** A period while it is edited: `id` is its own as long as the page is open. */
export interface Period {
  id: string;
  value: PeriodValue;
}

/** A period on one of its days. */
export interface Occurrence {
  id: string;
  period: Period;
  /** As it is on that day. */
  value: PeriodValue;
  date: string;
  day: number;
  start: number;
  end: number;
}

/** To what a change of one occurrence applies. */
export const SCOPES = ['period', 'weekday', 'date'] as const;
export type Scope = (typeof SCOPES)[number];

export const STEP = 15;

export function occurrenceId(period: string, date: string): string {
  return `${period}@${date}`;
}

export function partsOf(occurrence: string): { period: string; date: string } {
  const [period = '', date = ''] = occurrence.split('@');
  return { period, date };
}

export function happensOn({ days, first_day, last_day, left_out }: PeriodValue, date: string): boolean {
  const held = (first_day ?? date) <= date && date <= (last_day ?? date);
  return held && days.includes(weekdayOf(date)) && !left_out?.includes(date);
}

export function isOtherwise({ changed }: PeriodValue, date: string): boolean {
  return changed?.some(({ day }) => day === date) ?? false;
}

/** As it is on one of its days. */
export function on(value: PeriodValue, date: string): PeriodValue {
  const other = value.changed?.find(({ day }) => day === date);
  if (!other) return value;
  const { from, to, calls_per_hour, staff } = other;
  const own = calls_per_hour || staff ? { calls_per_hour, staff: calls_per_hour ? null : staff } : {};
  return { ...value, from, to, ...own };
}

export function occurrences(periods: readonly Period[], dates: readonly string[]): Occurrence[] {
  return dates.flatMap((date, day) =>
    periods
      .filter(({ value }) => happensOn(value, date))
      .map((period) => {
        const value = on(period.value, date);
        const [start, end] = [minutesOf(value.from), minutesOf(value.to)];
        return { id: occurrenceId(period.id, date), period, value, date, day, start, end };
      }),
  );
}

export interface Category {
  key: string;
  name: string;
  call_minutes: number;
  handling_minutes: number;
}

/** A call, where nothing says how long one is. */
const USUAL_MINUTES = 10;

/** How many calls fit into it, as the server lays them out. */
export function places(value: PeriodValue, categories: readonly Category[] = []): number {
  const long = minutesOf(value.to) - minutesOf(value.from);
  if (value.calls_per_hour) return Math.ceil((long * value.calls_per_hour) / 60);
  return (value.staff ?? 0) * Math.floor(long / (value.minutes_a_call || usual(value, categories)));
}

function usual({ categories: own }: PeriodValue, categories: readonly Category[]): number {
  const named = categories.filter(({ key }) => !own?.length || own.includes(key));
  const sum = named.reduce((before, each) => before + each.call_minutes + each.handling_minutes, 0);
  return named.length ? sum / named.length : USUAL_MINUTES;
}

export function isOnce({ first_day, last_day }: PeriodValue): boolean {
  return Boolean(first_day) && first_day === last_day;
}

/** Whether it comes again, so that a change of one of its days can be meant for that day alone. */
export function repeats(value: PeriodValue): boolean {
  return !isOnce(value);
}

/** All of it, so many days and minutes later. */
export function shifted(value: PeriodValue, days: number, minutes: number): PeriodValue {
  const { start, end } = moved({ start: minutesOf(value.from), end: minutesOf(value.to) }, minutes);
  const turned = value.days.map((day) => WEEKDAYS[(WEEKDAYS.indexOf(day) + days + 7 * 53) % 7] as Weekday);
  const other = isOnce(value) ? daysAfter(value.first_day ?? '', days) : null;
  return {
    ...value,
    days: WEEKDAYS.filter((day) => turned.includes(day)),
    from: clock(start),
    to: clock(end),
    ...(other && { first_day: other, last_day: other }),
  };
}

export function pulled(value: PeriodValue, edge: Edge, to: number): PeriodValue {
  const { start, end } = resized({ start: minutesOf(value.from), end: minutesOf(value.to) }, edge, to, STEP);
  return { ...value, from: clock(start), to: clock(end) };
}

/** The same on one date only. */
export function once(value: PeriodValue, date: string): PeriodValue {
  return { ...value, days: [weekdayOf(date)], first_day: date, last_day: date, left_out: [], changed: [] };
}

export interface Changed {
  periods: Period[];
  /** Of what was changed. */
  id: string;
}

/** One occurrence changed, alone or with what it is a part of; null takes it away. */
export function changedAt(
  periods: readonly Period[],
  { period: id, date }: { period: string; date: string },
  scope: Scope,
  change: (value: PeriodValue) => PeriodValue | null,
  freeId: () => string,
): Changed {
  const period = periods.find((each) => each.id === id);
  if (!period) return { periods: [...periods], id };
  const { own, rest } = apart(period.value, date, scope);
  const changed = change(own);
  const others = rest.map((value, index) => ({ id: index ? freeId() : id, value }));
  const ownId = rest.length ? freeId() : id;
  const made = [...others, ...(changed ? [{ id: ownId, value: changed }] : [])];
  return { periods: periods.flatMap((each) => (each === period ? made : [each])), id: ownId };
}

/** What a change is meant for, and what stays as it was. */
function apart(value: PeriodValue, date: string, scope: Scope): { own: PeriodValue; rest: PeriodValue[] } {
  const weekday = weekdayOf(date);
  if (scope === 'period' || isOnce(value)) return { own: value, rest: [] };
  if (scope === 'weekday') {
    const days = value.days.filter((day) => day !== weekday);
    const own = exceptionsWhere(value, (day) => weekdayOf(day) === weekday);
    const others = exceptionsWhere(value, (day) => weekdayOf(day) !== weekday);
    return { own: { ...own, days: [weekday] }, rest: days.length ? [{ ...others, days }] : [] };
  }
  const rest = exceptionsWhere(value, (day) => day !== date);
  const without = { ...rest, left_out: [...(rest.left_out ?? []), date].sort() };
  return { own: once(on(value, date), date), rest: happensEver(without) ? [without] : [] };
}

function exceptionsWhere(value: PeriodValue, wanted: (day: string) => boolean): PeriodValue {
  const { left_out = [], changed = [] } = value;
  return { ...value, left_out: left_out.filter(wanted), changed: changed.filter(({ day }) => wanted(day)) };
}

function happensEver(value: PeriodValue): boolean {
  const { first_day, last_day } = value;
  if (!first_day || !last_day || daysBetween(first_day, last_day) > A_YEAR) return true;
  for (let date = first_day; date <= last_day; date = daysAfter(date, 1))
    if (happensOn(value, date)) return true;
  return false;
}

const A_YEAR = 366;

export interface Difference {
  kind: 'added' | 'removed' | 'changed';
  before: PeriodValue | null;
  after: PeriodValue | null;
}

/** What is to be saved, in the order in which the periods stand. */
export function differences(before: readonly Period[], after: readonly Period[]): Difference[] {
  const was = new Map(before.map(({ id, value }) => [id, value]));
  const is = new Set(after.map(({ id }) => id));
  const now = after.flatMap(({ id, value }): Difference[] => {
    const old = was.get(id);
    if (!old) return [{ kind: 'added', before: null, after: value }];
    return JSON.stringify(old) === JSON.stringify(value)
      ? []
      : [{ kind: 'changed', before: old, after: value }];
  });
  const gone = before.filter(({ id }) => !is.has(id));
  return [...now, ...gone.map(({ value }): Difference => ({ kind: 'removed', before: value, after: null }))];
}

const DAY_OR_NONE = /^(\d{4}-\d{2}-\d{2})?$/;

/** What is wrong with what somebody typed; null: nothing. */
export function faultOf(value: PeriodValue): 'days' | 'ends' | 'calls' | 'range' | null {
  if (!value.days.length) return 'days';
  if (minutesOf(value.to) <= minutesOf(value.from) || minutesOf(value.to) > DAY) return 'ends';
  const { calls_per_hour: calls, staff } = value;
  if (calls ? calls > 600 : !staff || staff > 500) return 'calls';
  const [first, last] = [value.first_day ?? '', value.last_day ?? ''];
  if (![first, last].every((day) => DAY_OR_NONE.test(day)) || (first && last && last < first)) return 'range';
  return null;
}

/** The number that a period has among those that are saved; null when it is another than it was. */
export function unchanged(before: readonly Period[], period: Period): number | null {
  const number = before.findIndex(({ id }) => id === period.id);
  return number >= 0 && before[number]?.value === period.value ? number : null;
}
