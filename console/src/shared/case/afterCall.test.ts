// @vitest-environment jsdom
// feature: Q-08
import { describe, expect, it } from 'vitest';
import type { LiveAgent } from '@/shared/live/store';
import { needsMore, withNow, workOf } from './afterCall';
import { rest } from './draft';

const FIRST = { since: '2026-11-29T08:00:00Z', until: '2026-11-29T08:00:30Z', mayExtend: true };
const NEXT = { since: '2026-11-29T08:05:00Z', until: '2026-11-29T08:05:30Z', mayExtend: true };

describe('the panel after a call', () => {
  it('goes away with its time, but not from under the pen', () => {
    expect(withNow([FIRST], null, [])).toEqual([]);
    expect(withNow([FIRST], null, [FIRST.since])).toEqual([FIRST]);
  });

  it('stays above that of the next call', () => {
    expect(withNow([FIRST], NEXT, [FIRST.since])).toEqual([FIRST, NEXT]);
    expect(withNow([FIRST, NEXT], NEXT, [])).toEqual([NEXT]);
  });

  it('is the same one when its time was made longer', () => {
    const longer = { ...FIRST, until: '2026-11-29T08:01:30Z' };
    expect(withNow([FIRST], longer, [FIRST.since])).toEqual([longer]);
  });

  it('asks for more time shortly before the end while somebody writes', () => {
    expect(needsMore(5, 2)).toBe(true);
    expect(needsMore(20, 2)).toBe(false);
    expect(needsMore(5, 120)).toBe(false);
    expect(needsMore(5, Infinity)).toBe(false);
  });

  it('is of who works after a call', () => {
    const agent = {
      key: 'anna',
      state: 'after_call_work',
      after_call_until: FIRST.until,
      since: FIRST.since,
      may_extend: true,
    };
    expect(workOf(agent as LiveAgent)).toEqual(FIRST);
    expect(workOf({ ...agent, state: 'talking' } as LiveAgent)).toBeNull();
    expect(workOf(undefined)).toBeNull();
  });
});

it('keeps what was written while the note was being saved', () => {
  expect(rest('Rang. Ring again tomorrow', 'Rang.')).toBe('Ring again tomorrow');
  expect(rest('Rang.', 'Rang.')).toBe('');
  expect(rest('Something else', 'Rang.')).toBe('Something else');
});
