// feature: SWB-01
import { describe, expect, it } from 'vitest';
import { AGAIN_WITHIN, BOUNCE, Twice } from './twice';

describe('a key that destroys', () => {
  it('acts at its second press, and asks anew for the next time', () => {
    const twice = new Twice();
    expect(twice.press('hang up c1', 1_000)).toBe(false);
    expect(twice.press('hang up c1', 1_500)).toBe(true);
    expect(twice.press('hang up c1', 2_000)).toBe(false);
  });

  it('has forgotten a press that is long over', () => {
    const twice = new Twice();
    twice.press('hang up c1', 1_000);
    expect(twice.press('hang up c1', 1_001 + AGAIN_WITHIN)).toBe(false);
  });

  it('does not take a press for another call', () => {
    const twice = new Twice();
    twice.press('hang up c1', 1_000);
    expect(twice.press('hang up c2', 1_500)).toBe(false);
  });

  it('takes a key that bounces for one press', () => {
    const twice = new Twice();
    twice.press('hang up c1', 1_000);
    expect(twice.press('hang up c1', 1_000 + BOUNCE - 1)).toBe(false);
    expect(twice.press('hang up c1', 1_400)).toBe(true);
  });
});
