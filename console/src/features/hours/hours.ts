/** A week of opening hours as it is edited: stretches of one day each, of which none covers another. */
import {
  clock,
  DAY,
  type Edge,
  minutesOf,
  moved,
  resized,
  type Tone,
  type Weekday,
  WEEKDAYS,
} from '@/shared/calendar';
import type { Json } from '@/shared/forms';

export const CLOSED = 'closed';
export const STEP = 15;

export interface SpanValue {
  from: string;
  to: string;
  category: string;
}

export interface WeekSpan extends SpanValue {
  days: Weekday[];
}

export interface Category {
  key: string;
  name: string;
  colour: Colour;
}

export const COLOURS = ['green', 'blue', 'violet', 'yellow', 'red', 'grey'] as const;
export type Colour = (typeof COLOURS)[number];

export interface Exception {
  name: string;
  from: string;
  to: string;
  yearly: boolean;
  spans: SpanValue[];
}

export interface HoursValue {
  week: WeekSpan[];
  categories: Category[];
  exceptions: Exception[];
  [more: string]: Json | WeekSpan[] | Category[] | Exception[];
}

/** A stretch of one weekday; `day` is 0 on Mondays. */
export interface Segment {
  id: string;
  day: number;
  start: number;
  end: number;
  category: string;
}

/** All that is edited. */
export interface Hours {
  segments: readonly Segment[];
  categories: readonly Category[];
  exceptions: readonly Exception[];
}

export function edited({ week, categories, exceptions }: HoursValue): Hours {
  return { segments: segmentsOf(week), categories, exceptions };
}

export function segmentsOf(week: readonly WeekSpan[]): Segment[] {
  return week.flatMap(({ days, from, to, category }, index) =>
    days.map((day) => ({
      id: `s${index}-${day}`,
      day: WEEKDAYS.indexOf(day),
      start: minutesOf(from),
      end: minutesOf(to),
      category,
    })),
  );
}

/** As it is kept: days with the same stretch told together, in the order of the week. */
export function weekOf(segments: readonly Segment[]): WeekSpan[] {
  const found = new Map<string, WeekSpan>();
  const order = [...segments].sort((one, other) => one.day - other.day || one.start - other.start);
  for (const { day, start, end, category } of order) {
    const key = [start, end, category].join();
    const span = found.get(key) ?? { days: [], from: clock(start), to: clock(end), category };
    const weekday = WEEKDAYS[day];
    if (weekday && !span.days.includes(weekday)) span.days.push(weekday);
    found.set(key, span);
  }
  return [...found.values()];
}

/** Laid over the others: what it covers is cut away from them. */
export function painted(segments: readonly Segment[], over: Segment, freeId: () => string): Segment[] {
  const others = segments.flatMap((each) => (each.id === over.id ? [] : cut(each, over, freeId)));
  return [...others, over];
}

function cut(segment: Segment, over: Segment, freeId: () => string): Segment[] {
  if (segment.day !== over.day || segment.end <= over.start || over.end <= segment.start) return [segment];
  const parts = [
    { ...segment, end: over.start },
    { ...segment, start: over.end },
  ].filter(({ start, end }) => start < end);
  return parts.map((part, index) => (index ? { ...part, id: freeId() } : part));
}

export function movedBy(segment: Segment, days: number, minutes: number): Segment {
  return { ...moved(segment, minutes), day: (segment.day + days + 7) % 7 };
}

export function pulledTo(segment: Segment, edge: Edge, to: number): Segment {
  return resized(segment, edge, to, STEP);
}

/** The days on which the same stretch stands. */
export function alike(segments: readonly Segment[], of: Segment): Segment[] {
  return segments.filter(
    ({ start, end, category }) => start === of.start && end === of.end && category === of.category,
  );
}

/** What is left of a weekday when people go home at a time. */
export function until(segments: readonly Segment[], day: number, closesAt: number): SpanValue[] {
  return segments
    .filter((each) => each.day === day && each.start < closesAt)
    .sort((one, other) => one.start - other.start)
    .map(({ start, end, category }) => ({
      from: clock(start),
      to: clock(Math.min(end, closesAt)),
      category,
    }));
}

const USUAL: Record<string, Colour> = {
  open: 'green',
  day: 'green',
  lunch: 'yellow',
  evening: 'violet',
  night: 'violet',
  [CLOSED]: 'grey',
};

export function toneOf(key: string, categories: readonly Category[]): Tone {
  return categories.find((each) => each.key === key)?.colour ?? USUAL[key] ?? 'blue';
}

/** All that are named or in use; `closed` is always there, at the end. */
export function categoryKeys({ segments, categories, exceptions }: Hours): string[] {
  const named = [
    ...categories.map(({ key }) => key),
    ...segments.map(({ category }) => category),
    ...exceptions.flatMap(({ spans }) => spans.map(({ category }) => category)),
  ];
  return [...new Set([...named.filter((key) => key !== CLOSED), CLOSED])];
}

export function inUse({ segments, exceptions }: Hours, key: string): boolean {
  return (
    segments.some(({ category }) => category === key) ||
    exceptions.some(({ spans }) => spans.some(({ category }) => category === key))
  );
}

/** What is wrong with an exception that somebody typed; null: nothing. */
export function faultOf({
  name,
  from,
  to,
  yearly,
  spans,
}: Exception): 'name' | 'days' | 'long' | 'spans' | null {
  if (!name.trim()) return 'name';
  if (!IS_DAY.test(from) || !IS_DAY.test(to) || to < from) return 'days';
  if (yearly && Date.parse(to) - Date.parse(from) >= A_YEAR) return 'long';
  const wrong = spans.some((each, index) => {
    const [start, end] = [minutesOf(each.from), minutesOf(each.to)];
    const covered = spans
      .slice(0, index)
      .some((one) => minutesOf(one.from) < end && start < minutesOf(one.to));
    return end <= start || end > DAY || covered;
  });
  return wrong ? 'spans' : null;
}

const IS_DAY = /^\d{4}-\d{2}-\d{2}$/;
const A_YEAR = 365 * 86_400_000;

/** The exception of that one date, of one year. */
export function ownOf(exceptions: readonly Exception[], day: string): Exception | undefined {
  return exceptions.find(({ from, to, yearly }) => from === day && to === day && !yearly);
}
