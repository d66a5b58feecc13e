// feature: SCH-01
import { describe, expect, it } from 'vitest';
import { weekOf } from '@/shared/calendar';
import {
  changedAt,
  differences,
  faultOf,
  occurrences,
  type Period,
  type PeriodValue,
  places,
  pulled,
  shifted,
} from './periods';

const value = (more: Partial<PeriodValue> = {}): PeriodValue => ({
  days: ['mon', 'tue', 'wed'],
  from: '08:00',
  to: '10:00',
  calls_per_hour: 6,
  first_day: null,
  last_day: null,
  ...more,
});
const WEEK = weekOf('2027-03-10');
const period = (more: Partial<PeriodValue> = {}): Period => ({ id: 'p0', value: value(more) });

function shown(periods: readonly Period[], week = WEEK): string[] {
  return occurrences(periods, week).map(
    ({ date, period: { value: each } }) => `${date.slice(8)} ${each.from}`,
  );
}

function at(
  scope: 'period' | 'weekday' | 'date',
  change: (value: PeriodValue) => PeriodValue | null,
  of = period(),
) {
  let count = 0;
  const date = '2027-03-09';
  return changedAt([of], { period: 'p0', date }, scope, change, () => `n${++count}`);
}

describe('a period', () => {
  it('stands on its weekdays, from its first day until its last', () => {
    expect(shown([period()])).toEqual(['08 08:00', '09 08:00', '10 08:00']);
    expect(shown([period({ first_day: '2027-03-09', last_day: '2027-03-09' })])).toEqual(['09 08:00']);
    expect(shown([period({ last_day: '2027-03-07' })])).toEqual([]);
  });

  it('leaves dates out, and is otherwise on others', () => {
    const changed = [{ day: '2027-03-10', from: '09:00', to: '09:30', staff: 2 }];
    const found = occurrences([period({ left_out: ['2027-03-09'], changed })], WEEK);
    expect(found.map(({ date, value: each }) => [date, each.from, each.staff])).toEqual([
      ['2027-03-08', '08:00', undefined],
      ['2027-03-10', '09:00', 2],
    ]);
    expect(found[1]?.value.calls_per_hour).toBeUndefined();
  });

  it('has places by staff and by how long its categories take', () => {
    const staff = value({ calls_per_hour: null, staff: 3 });
    const of = (key: string, call_minutes: number) => ({ key, name: key, call_minutes, handling_minutes: 5 });
    expect(places(staff)).toBe(36);
    expect(places(staff, [of('short', 5), of('long', 25)])).toBe(18);
    expect(places({ ...staff, categories: ['short'] }, [of('short', 5), of('long', 25)])).toBe(36);
    expect(places({ ...staff, minutes_a_call: 50 })).toBe(6);
  });

  it('has as many places as the server lays out', () => {
    expect(places(value())).toBe(12);
    expect(places(value({ to: '08:25', calls_per_hour: 7 }))).toBe(3);
  });

  it('is moved with all its days, round the week', () => {
    expect(shifted(value(), 5, 30)).toMatchObject({
      days: ['mon', 'sat', 'sun'],
      from: '08:30',
      to: '10:30',
    });
    expect(shifted(value(), -1, -900)).toMatchObject({
      days: ['mon', 'tue', 'sun'],
      from: '00:00',
      to: '02:00',
    });
  });

  it('that is there once is moved to another date', () => {
    const one = value({ days: ['tue'], first_day: '2027-03-09', last_day: '2027-03-09' });
    expect(shifted(one, 1, 0)).toMatchObject({
      days: ['wed'],
      first_day: '2027-03-10',
      last_day: '2027-03-10',
    });
  });

  it('is pulled at an edge', () => {
    expect(pulled(value(), 'end', 1440).to).toBe('24:00');
    expect(pulled(value(), 'start', 0).from).toBe('00:00');
  });
});

describe('a change of one day', () => {
  const later = (each: PeriodValue) => shifted(each, 0, 60);

  it('is one of the whole period', () => {
    const { periods, id } = at('period', later);
    expect(shown(periods)).toEqual(['08 09:00', '09 09:00', '10 09:00']);
    expect(id).toBe('p0');
  });

  it('or of that weekday, each week', () => {
    const { periods, id } = at('weekday', later);
    expect(shown(periods)).toEqual(['08 08:00', '09 09:00', '10 08:00']);
    expect(shown(periods, weekOf('2027-03-17'))).toEqual(['15 08:00', '16 09:00', '17 08:00']);
    expect(id).toBe('n1');
  });

  it('or of that date alone', () => {
    const { periods } = at('date', later);
    expect(shown(periods)).toEqual(['08 08:00', '09 09:00', '10 08:00']);
    expect(shown(periods, weekOf('2027-03-17'))).toEqual(['15 08:00', '16 08:00', '17 08:00']);
    expect(shown(periods, weekOf('2027-03-03'))).toEqual(['01 08:00', '02 08:00', '03 08:00']);
  });

  it('can be its end', () => {
    expect(shown(at('date', () => null).periods)).toEqual(['08 08:00', '10 08:00']);
    expect(at('weekday', () => null, period({ days: ['tue'] })).periods).toEqual([]);
  });

  it('leaves nothing behind that never happens', () => {
    const short = period({ first_day: '2027-03-08', last_day: '2027-03-09' });
    expect(at('date', later, short).periods).toHaveLength(2);
    const one = period({ first_day: '2027-03-09', last_day: '2027-03-10', left_out: ['2027-03-10'] });
    expect(at('date', later, one).periods).toHaveLength(1);
  });

  it('keeps what the page does not know', () => {
    expect(at('date', later, period({ room: 'B' })).periods.every((each) => each.value.room === 'B')).toBe(
      true,
    );
  });
});

it('tells what is to be saved', () => {
  const before = [period(), { id: 'p1', value: value({ from: '13:00', to: '14:00' }) }];
  const after = [
    { id: 'p0', value: value({ to: '11:00' }) },
    { id: 'n1', value: value({ days: ['fri'] }) },
  ];
  expect(differences(before, after).map(({ kind }) => kind)).toEqual(['changed', 'added', 'removed']);
  expect(differences(before, before)).toEqual([]);
});

it('finds what cannot be', () => {
  expect(faultOf(value())).toBeNull();
  expect(faultOf(value({ days: [] }))).toBe('days');
  expect(faultOf(value({ to: '08:00' }))).toBe('ends');
  expect(faultOf(value({ calls_per_hour: 0 }))).toBe('calls');
  expect(faultOf(value({ first_day: '2027-03-09', last_day: '2027-03-08' }))).toBe('range');
});
