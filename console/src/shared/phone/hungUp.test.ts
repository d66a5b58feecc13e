// feature: SWB-01
import { beforeEach, describe, expect, it } from 'vitest';
import { ProblemError, Unreachable } from '@/api/client';
import { HungUp } from './hungUp';

const problem = (status: number) =>
  new ProblemError({ type: '/problems/any', title: '', detail: '', remedy: '', status, faults: [] });

describe('a call that was hung up while the server was away', () => {
  let told: string[] = [];
  let answer: Error | null = null;
  let hungUp: HungUp;

  beforeEach(() => {
    told = [];
    answer = null;
    hungUp = new HungUp((call) => {
      told.push(call);
      return answer ? Promise.reject(answer) : Promise.resolve();
    });
  });

  it('is told until the server has heard it', async () => {
    hungUp.keep('c1', new Unreachable());
    answer = new Unreachable();
    await hungUp.again();
    expect(hungUp.has('c1')).toBe(true);
    answer = null;
    await hungUp.again();
    expect(hungUp.has('c1')).toBe(false);
    expect(told).toEqual(['c1', 'c1']);
  });

  it('is over as well when the server knows it no more', async () => {
    hungUp.keep('c1', problem(503));
    answer = problem(404);
    await hungUp.again();
    expect(hungUp.has('c1')).toBe(false);
  });

  it('is not kept when the server has answered', () => {
    hungUp.keep('c1', problem(409));
    expect(hungUp.has('c1')).toBe(false);
  });
});
