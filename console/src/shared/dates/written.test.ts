import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { readDay, readTime, writtenDay, writtenTime } from './written';

beforeAll(() => i18next.init({ lng: 'sv', resources: {} }));

const NOW = new Date(2026, 10, 22);

describe('a day', () => {
  it.each([
    ['sv', '2027-12-24'],
    ['en', '24/12/2027'],
    ['nb', '24.12.2027'],
    ['da', '24.12.2027'],
    ['fi', '24.12.2027'],
  ])('is written as they do in %s, and read again', (language, written) => {
    expect(writtenDay('2027-12-24', language)).toBe(written);
    expect(readDay(written, language, NOW)).toBe('2027-12-24');
  });

  it.each([
    ['sv', '27-1-4', '2027-01-04'],
    ['sv', '1/4', '2026-04-01'],
    ['sv', '04-01', '2026-04-01'],
    ['sv', '4.1.2027', '2027-01-04'],
    ['sv', '20270104', '2027-01-04'],
    ['en', '4/1', '2026-01-04'],
    ['en', '4 1 27', '2027-01-04'],
    ['da', '040127', '2027-01-04'],
    ['fi', '4.1.', '2026-01-04'],
    ['fi', '2027-01-04', '2027-01-04'],
  ])('may be written short: %s %s', (language, text, day) => {
    expect(readDay(text, language, NOW)).toBe(day);
  });

  it.each(['', 'i morgon', '2027-02-29', '2027-13-01', '2027', '1-2-3-4', '24'])(
    'is not what cannot be one: %s',
    (text) => {
      expect(readDay(text, 'sv', NOW)).toBeNull();
    },
  );
});

describe('a time on the clock', () => {
  it.each([
    ['9', '09:00'],
    ['930', '09:30'],
    ['13.30', '13:30'],
    [' 23:59 ', '23:59'],
    ['00', '00:00'],
  ])('is read: %s', (text, time) => {
    expect(readTime(text)).toBe(time);
  });

  it.each(['', '24', '9:60', 'nio', '12:3', '12:345'])('is not what cannot be one: %s', (text) => {
    expect(readTime(text)).toBeNull();
  });

  it('is written as they do in the language', () => {
    expect(writtenTime('09:05')).toBe('09:05');
  });
});
