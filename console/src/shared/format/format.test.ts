import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { count, dayAndTime, duration, phoneNumber, share } from '.';

beforeAll(() => i18next.init({ lng: 'sv', resources: {} }));

describe('duration', () => {
  it.each([
    [0, '0:00'],
    [7.9, '0:07'],
    [750, '12:30'],
    [3725, '1:02:05'],
    [-61, '−1:01'],
    [-0.4, '0:00'],
  ])('writes %s s as %s', (seconds, written) => expect(duration(seconds)).toBe(written));
});

describe('phoneNumber', () => {
  it.each([
    ['+46701234567', '+46 70 123 45 67'],
    ['+46812345678', '+46 8 123 456 78'],
    ['+4681234567', '+46 8 123 45 67'],
    ['+4721234567', '+47 212 34 567'],
    ['112', '112'],
    ['<b>', '<b>'],
  ])('writes %s as %s', (number, written) => expect(phoneNumber(number)).toBe(written));
});

describe('Swedish', () => {
  it('writes the time alone today, and the day with it otherwise', () => {
    const now = new Date(2026, 10, 22, 14, 0);
    expect(dayAndTime(new Date(2026, 10, 22, 9, 5), now)).toBe('09:05');
    expect(dayAndTime(new Date(2026, 10, 20, 9, 5), now)).toMatch(/^fre\.? 20 nov\.? 09:05$/);
    expect(dayAndTime(new Date(2025, 10, 20, 9, 5), now)).toContain('2025');
  });

  it('writes figures', () => {
    expect(count(12345.6, 1).replace(/\s/g, ' ')).toBe('12 345,6');
    expect(share(0.873).replace(/\s/g, ' ')).toBe('87 %');
  });
});
