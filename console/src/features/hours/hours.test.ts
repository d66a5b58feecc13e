// feature: HRS-02
import { describe, expect, it } from 'vitest';
import {
  alike,
  categoryKeys,
  type Exception,
  faultOf,
  movedBy,
  painted,
  type Segment,
  segmentsOf,
  toneOf,
  until,
  weekOf,
  type WeekSpan,
} from './hours';

const WEEK: WeekSpan[] = [
  { days: ['mon', 'tue'], from: '08:00', to: '12:00', category: 'open' },
  { days: ['mon', 'tue'], from: '12:00', to: '13:00', category: 'lunch' },
  { days: ['mon'], from: '13:00', to: '17:00', category: 'open' },
];
let count = 0;
const freeId = () => `n${(count += 1)}`;
const on = (start: number, end: number, category = 'lunch', day = 0): Segment => ({
  id: 'new',
  day,
  start: start * 60,
  end: end * 60,
  category,
});
const told = (segments: readonly Segment[]) =>
  weekOf(segments).map(({ days, from, to, category }) => `${days.join('+')} ${from}–${to} ${category}`);

describe('a week', () => {
  it('is the same when it has been taken apart and put together', () => {
    expect(weekOf(segmentsOf(WEEK))).toEqual(WEEK);
  });

  it('is laid over what was there: it is cut, split or gone', () => {
    expect(told(painted(segmentsOf(WEEK), on(9, 10), freeId))).toEqual([
      'mon 08:00–09:00 open',
      'mon 09:00–10:00 lunch',
      'mon 10:00–12:00 open',
      'mon+tue 12:00–13:00 lunch',
      'mon 13:00–17:00 open',
      'tue 08:00–12:00 open',
    ]);
    expect(told(painted(segmentsOf(WEEK), on(7, 18, 'night'), freeId))).toEqual([
      'mon 07:00–18:00 night',
      'tue 08:00–12:00 open',
      'tue 12:00–13:00 lunch',
    ]);
  });

  it('has no two stretches that meet, whatever is laid over whatever', () => {
    let segments: Segment[] = [];
    for (let index = 0; index < 80; index += 1) {
      const start = (index * 7) % 20;
      const over = { ...on(start, start + 1 + ((index * 5) % 4), `c${index % 3}`), id: `x${index % 9}` };
      segments = painted(segments, over, freeId);
    }
    const ids = segments.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const order = [...segments].sort((one, other) => one.start - other.start);
    order
      .slice(1)
      .forEach((each, index) => expect(each.start).toBeGreaterThanOrEqual(order[index]?.end ?? 0));
  });

  it('is moved round its end', () => {
    expect(movedBy(on(8, 12, 'open', 6), 1, 60)).toMatchObject({ day: 0, start: 540, end: 780 });
  });

  it('knows on which days the same stands', () => {
    const segments = segmentsOf(WEEK);
    expect(alike(segments, segments[0] as Segment).map(({ day }) => day)).toEqual([0, 1]);
  });
});

// feature: HRS-04
it('leaves of an eve what comes before people go home', () => {
  expect(until(segmentsOf(WEEK), 0, 12 * 60 + 30)).toEqual([
    { from: '08:00', to: '12:00', category: 'open' },
    { from: '12:00', to: '12:30', category: 'lunch' },
  ]);
  expect(until(segmentsOf(WEEK), 6, 12 * 60)).toEqual([]);
});

it('shows each category by a colour of choice, or by a usual one', () => {
  expect(toneOf('lunch', [])).toBe('yellow');
  expect(toneOf('lunch', [{ key: 'lunch', name: 'Lunch', colour: 'red' }])).toBe('red');
  expect(toneOf('own', [])).toBe('blue');
  const hours = { segments: segmentsOf(WEEK), categories: [], exceptions: [] };
  expect(categoryKeys(hours)).toEqual(['open', 'lunch', 'closed']);
});

// feature: HRS-03
it('finds what cannot be an exception', () => {
  const eve: Exception = { name: 'Julafton', from: '2027-12-24', to: '2027-12-24', yearly: true, spans: [] };
  const span = (from: string, to: string) => ({ from, to, category: 'open' });
  expect(faultOf(eve)).toBeNull();
  expect(faultOf({ ...eve, name: ' ' })).toBe('name');
  expect(faultOf({ ...eve, to: '2027-12-23' })).toBe('days');
  expect(faultOf({ ...eve, to: '2028-12-24' })).toBe('long');
  expect(faultOf({ ...eve, spans: [span('08:00', '10:00'), span('09:00', '11:00')] })).toBe('spans');
  expect(faultOf({ ...eve, spans: [span('08:00', '10:00'), span('10:00', '11:00')] })).toBeNull();
});
