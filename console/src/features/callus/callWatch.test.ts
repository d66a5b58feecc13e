// feature: SWB-01
import { beforeEach, describe, expect, it } from 'vitest';
import { ANSWER_HOLDS, ASKED_AFTER, CallWatch, LONGEST } from './callWatch';

describe('a call of which nothing is heard', () => {
  let watch: CallWatch;

  beforeEach(() => {
    watch = new CallWatch();
    expect(watch.look(0, true)).toBe('fine');
    expect(watch.look(1_000, false)).toBe('wait');
  });

  it('is over when the server answers and the media stays away', () => {
    expect(watch.look(1_000 + ASKED_AFTER, false)).toBe('ask');
    expect(watch.look(2_000 + ASKED_AFTER, false)).toBe('wait');
    watch.asked(7_000, true);
    expect(watch.look(8_000, false)).toBe('wait');
    expect(watch.look(7_000 + ANSWER_HOLDS, false)).toBe('over');
  });

  it('goes on when the media comes back', () => {
    watch.look(1_000 + ASKED_AFTER, false);
    watch.asked(7_000, true);
    expect(watch.look(9_000, true)).toBe('fine');
    expect(watch.look(20_000, false)).toBe('wait');
  });

  it('waits for a network that is away, and asks again', () => {
    expect(watch.look(1_000 + ASKED_AFTER, false)).toBe('ask');
    watch.asked(8_000, false);
    expect(watch.look(9_000, false)).toBe('ask');
  });

  it('is over when the engine must have given it up', () => {
    expect(watch.look(1_000 + LONGEST, false)).toBe('over');
  });

  it('an answer that comes after the media counts for nothing', () => {
    watch.look(1_000 + ASKED_AFTER, false);
    watch.look(7_000, true);
    watch.asked(8_000, true);
    expect(watch.look(30_000, false)).toBe('wait');
  });
});
