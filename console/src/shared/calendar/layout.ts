/** Where things stand in a calendar: minutes from midnight, days from the left, and nothing of the page. */

export const DAY = 24 * 60;
export const HOUR = 60;

/** A stretch of one day; `day` counts columns from the left. */
export interface Stretch {
  day: number;
  start: number;
  end: number;
}

/** In which of how many lanes beside each other something stands. */
export interface Lane {
  lane: number;
  lanes: number;
}

export type Edge = 'start' | 'end';

/** 8:05 as 08:05; the end of a day is 24:00. */
export function clock(minutes: number): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(minutes / HOUR))}:${two(minutes % HOUR)}`;
}

export function minutesOf(text: string): number {
  return Number(text.slice(0, 2)) * HOUR + Number(text.slice(3, 5));
}

/** The nearest step, within the day. */
export function snapped(minutes: number, step: number): number {
  return within(Math.round(minutes / step) * step, 0, DAY);
}

/** The minute at a height; `height` is that of the whole day. */
export function minutesAt(pixels: number, height: number): number {
  return within((pixels / height) * DAY, 0, DAY);
}

export function pixelsAt(minutes: number, height: number): number {
  return (minutes / DAY) * height;
}

/** The column at a distance from the left, of so many that are equally wide. */
export function columnAt(pixels: number, width: number, columns: number): number {
  return within(Math.floor((pixels / width) * columns), 0, columns - 1);
}

/** What is drawn from one place to another, at least one step long. */
export function drawn(from: number, to: number, step: number): { start: number; end: number } {
  const start = within(Math.floor(Math.min(from, to) / step) * step, 0, DAY - step);
  return { start, end: Math.max(start + step, snapped(Math.max(from, to), step)) };
}

/** Moved as far as the day allows; it keeps its length. */
export function moved<S extends { start: number; end: number }>(stretch: S, by: number): S {
  const far = within(by, -stretch.start, DAY - stretch.end);
  return { ...stretch, start: stretch.start + far, end: stretch.end + far };
}

/** One edge put elsewhere; at least one step is left. */
export function resized<S extends { start: number; end: number }>(
  stretch: S,
  edge: Edge,
  to: number,
  step: number,
): S {
  return edge === 'start'
    ? { ...stretch, start: within(to, 0, stretch.end - step) }
    : { ...stretch, end: within(to, stretch.start + step, DAY) };
}

/** Lanes for what overlaps, so that nothing covers anything; in the order of what is given. */
export function lanes(stretches: readonly Stretch[]): Lane[] {
  const order = stretches
    .map((_, index) => index)
    .sort((a, b) => compare(at(stretches, a), at(stretches, b)));
  const found: Lane[] = stretches.map(() => ({ lane: 0, lanes: 1 }));
  let cluster: number[] = [];
  let ends: number[] = [];
  let day = -1;
  let last = 0;
  const close = () => {
    for (const index of cluster) at(found, index).lanes = ends.length;
    cluster = [];
    ends = [];
    last = 0;
  };
  for (const index of order) {
    const stretch = at(stretches, index);
    if (stretch.day !== day || stretch.start >= last) close();
    day = stretch.day;
    const free = ends.findIndex((end) => end <= stretch.start);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = stretch.end;
    at(found, index).lane = lane;
    cluster.push(index);
    last = Math.max(last, stretch.end);
  }
  close();
  return found;
}

function compare(one: Stretch, other: Stretch): number {
  return one.day - other.day || one.start - other.start || other.end - one.end;
}

function at<T>(list: readonly T[], index: number): T {
  return list[index] as T;
}

function within(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
