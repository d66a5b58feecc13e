import { describe, expect, it } from 'vitest';
import { momentOf, typedMoment } from './moment';

const NOW = new Date(2026, 10, 22, 12, 0);

describe('a moment that is typed', () => {
  it('is none when nothing is written', () => {
    expect(momentOf(typedMoment(null), NOW)).toBeNull();
  });

  it('is what it was made of', () => {
    const moment = new Date(2026, 10, 23, 8, 30);
    expect(momentOf(typedMoment(moment), NOW)).toEqual(moment);
  });

  it('is today when no day is written', () => {
    expect(momentOf({ day: '', time: '15:00' }, NOW)).toEqual(new Date(2026, 10, 22, 15, 0));
  });

  it.each([
    [{ day: null, time: '15:00' }, 'unread'],
    [{ day: '2026-11-23', time: null }, 'unread'],
    [{ day: '2026-11-23', time: '' }, 'noTime'],
    [{ day: '', time: '11:59' }, 'past'],
  ])('tells what is wrong: %o', (typed, fault) => {
    expect(momentOf(typed, NOW)).toBe(fault);
  });
});
