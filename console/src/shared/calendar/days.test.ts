// feature: HRS-06
import { describe, expect, it } from 'vitest';
import { clockChange, daysAfter, daysBetween, missing, weekdayOf, weekNumber, weekOf } from './days';

describe('days', () => {
  it('are counted over the ends of months and years, and over changes of clocks', () => {
    expect(daysAfter('2027-12-31', 1)).toBe('2028-01-01');
    expect(daysAfter('2027-03-27', 2)).toBe('2027-03-29');
    expect(daysBetween('2027-03-27', '2027-03-29')).toBe(2);
  });

  it('make weeks that begin on Monday', () => {
    expect(weekOf('2027-01-03')[0]).toBe('2026-12-28');
    expect(weekOf('2027-01-04')).toHaveLength(7);
    expect(weekdayOf('2027-12-24')).toBe('fri');
    expect([weekNumber('2027-01-03'), weekNumber('2027-01-04'), weekNumber('2026-12-28')]).toEqual([
      53, 1, 53,
    ]);
  });
});

describe('the clock on the wall', () => {
  it('leaves an hour out in spring', () => {
    expect(clockChange('2027-03-28', 'Europe/Stockholm')).toEqual({ kind: 'never', start: 120, end: 180 });
  });

  it('shows one twice in autumn', () => {
    expect(clockChange('2027-10-31', 'Europe/Stockholm')).toEqual({ kind: 'twice', start: 120, end: 180 });
  });

  it('is changed at another hour in another zone, and on no other day', () => {
    expect(clockChange('2027-03-28', 'Europe/Helsinki')).toEqual({ kind: 'never', start: 180, end: 240 });
    for (const day of ['2027-03-27', '2027-03-29', '2027-10-30', '2027-11-01', '2027-07-01'])
      expect(clockChange(day, 'Europe/Stockholm')).toBeNull();
    expect(clockChange('2027-03-28', 'UTC')).toBeNull();
  });

  it('tells which part of a period is not there', () => {
    const change = clockChange('2027-03-28', 'Europe/Stockholm');
    expect(missing({ start: 90, end: 150 }, change)).toEqual({ from: '02:00', to: '02:30' });
    expect(missing({ start: 180, end: 240 }, change)).toBeNull();
    expect(missing({ start: 120, end: 180 }, clockChange('2027-10-31', 'Europe/Stockholm'))).toBeNull();
  });
});
