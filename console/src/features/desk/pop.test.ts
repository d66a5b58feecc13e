// feature: DESK-05
import { describe, expect, it } from 'vitest';
import type { DeskItem, LiveCall } from '@/shared/live/store';
import { popOf } from './pop';

type Leg = Pick<LiveCall['legs'][number], 'person' | 'role' | 'state'>;

const call = (id: string, kind: string, ...legs: Leg[]) => ({ id, kind, legs }) as unknown as LiveCall;
const mine = (state: string, role = 'member'): Leg => ({ person: 'anna', role, state }) as Leg;
const CUSTOMER = { person: null, role: 'caller', state: 'talking' } as unknown as Leg;
const live = (...calls: LiveCall[]) => Object.fromEntries(calls.map((each) => [each.id, each]));

describe('what opens by itself', () => {
  it('is what rings for me', () => {
    const calls = live(call('c1', 'incoming', CUSTOMER, mine('ringing')));
    expect(popOf('anna', ['c1'], calls, {})).toEqual({ key: 'call:c1', state: 'ringing' });
    expect(popOf('bo', ['c1'], calls, {})).toBeNull();
  });

  it('is rather what I talk with', () => {
    const calls = live(
      call('c1', 'incoming', CUSTOMER, mine('talking')),
      call('c2', 'incoming', CUSTOMER, mine('ringing')),
    );
    expect(popOf('anna', ['c1', 'c2'], calls, {})?.key).toBe('call:c1');
  });

  it('is the callback that I carry out, not a number that I dialled', () => {
    const calls = live(
      call('c1', 'callback', mine('talking')),
      call('c2', 'outgoing', mine('talking', 'caller')),
    );
    const booking = { key: 'callback:b1', kind: 'callback', call: 'c1' } as DeskItem;
    expect(popOf('anna', ['c1'], calls, { [booking.key]: booking })?.key).toBe('callback:b1');
    expect(popOf('anna', ['c2'], calls, {})).toBeNull();
  });
});
