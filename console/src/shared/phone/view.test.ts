import { describe, expect, it } from 'vitest';
import type { LiveCall } from '@/shared/live/store';
import type { LocalCall } from './store';
import { callsOf, takenBy } from './view';

const BEGAN = '2026-11-23T09:00:00Z';
const TALK = '2026-11-23T09:01:00Z';
const LATER = '2026-11-23T09:05:00Z';
const PEOPLE = { anna: { name: 'Anna Berg' }, bo: { name: 'Bo Ek' } };

function leg(part: Partial<LiveCall['legs'][number]>): LiveCall['legs'][number] {
  return {
    leg: 'l1',
    role: 'member',
    party: '101',
    person: 'anna',
    state: 'talking',
    device: 'browser',
    ...part,
  };
}

const customer = leg({ leg: 'l0', role: 'caller', party: '+46701740605', person: null, device: null });

function call(part: Partial<LiveCall>): LiveCall {
  return {
    id: 'c1',
    kind: 'incoming',
    state: 'talking',
    began_at: BEGAN,
    caller: '+46701740605',
    caller_name: '',
    category: null,
    dialled: '+46846500400',
    language: 'sv',
    queue: 'reception',
    waiting_since: null,
    offered_to: null,
    talking_since: TALK,
    booking: null,
    legs: [customer, leg({})],
    held: false,
    held_since: null,
    wait: 0,
    path: [],
    conference: false,
    raised: false,
    kept: false,
    supervised: [],
    consult: null,
    transfer: null,
    recording: null,
    may_be_recorded: null,
    missing: null,
    ...part,
  };
}

function local(part: Partial<LocalCall> = {}): LocalCall {
  return {
    id: 'c1',
    state: 'talking',
    direction: 'in',
    number: '+46701740605',
    name: '',
    since: TALK,
    muted: false,
    byItself: false,
    silence: null,
    ...part,
  };
}

function shown(live: LiveCall[], here: LocalCall[] = []) {
  const byId = <T extends { id: string }>(all: T[]) => Object.fromEntries(all.map((one) => [one.id, one]));
  return callsOf('anna', byId(live), byId(here), PEOPLE, 'browser');
}

describe('my calls', () => {
  it('leave out calls in which I have no part, and those that are over', () => {
    expect(shown([call({ legs: [customer] }), call({ id: 'c2', state: 'ending' })])).toEqual([]);
  });

  it('can be answered here once the ringing has come here', () => {
    const ringing = call({ talking_since: null, legs: [customer, leg({ state: 'ringing' })] });
    expect(shown([ringing])).toMatchObject([{ state: 'ringing', answerable: false }]);
    expect(shown([ringing], [local({ state: 'ringing' })])).toMatchObject([
      { state: 'ringing', answerable: true },
    ]);
  });

  it('show an own dial as dialling, since the page answers it by itself', () => {
    const mine = leg({ role: 'caller', state: 'ringing' });
    const dialled = call({
      kind: 'internal',
      caller: null,
      dialled: '102',
      talking_since: null,
      legs: [mine],
    });
    expect(shown([dialled])).toMatchObject([{ state: 'dialling', direction: 'out', number: '102' }]);
    const desk = call({ ...dialled, legs: [{ ...mine, device: 'desk' }] });
    expect(shown([desk])).toMatchObject([{ state: 'ringing', answerable: false, device: 'desk' }]);
  });

  it('name a colleague, and tell of a hold from its beginning', () => {
    const colleague = leg({ leg: 'l2', role: 'target', person: 'bo', party: '102', state: 'held' });
    const held = call({
      kind: 'internal',
      held: true,
      held_since: BEGAN,
      legs: [leg({ role: 'caller' }), colleague],
    });
    expect(shown([held])).toMatchObject([{ state: 'held', name: 'Bo Ek', since: BEGAN }]);
  });

  it('tell whom I ask, and who asks me', () => {
    const consult = { by: 'anna', leg: 'l2', party: '102', person: 'bo', state: 'talking', since: TALK };
    const asked = leg({ leg: 'l2', person: 'bo', party: '102' });
    const both = call({ consult, legs: [{ ...customer, state: 'held' }, leg({}), asked] });
    expect(shown([both])).toMatchObject([
      { state: 'talking', number: '+46701740605', consult: { name: 'Bo Ek' } },
    ]);
    const other = callsOf('bo', { c1: both }, {}, PEOPLE, 'desk');
    expect(other).toMatchObject([{ name: 'Anna Berg', number: '+46701740605', consult: null }]);
  });

  it('last as long as I have been in them', () => {
    const step = { kind: 'person' as const, until: null, by: null, asked: false };
    const path = [
      { ...step, key: 'anna', at: TALK },
      { ...step, key: 'bo', at: LATER, asked: true },
    ];
    const both = call({ path, legs: [customer, leg({}), leg({ leg: 'l2', person: 'bo' })] });
    expect(shown([both])).toMatchObject([{ since: TALK }]);
    expect(callsOf('bo', { c1: both }, {}, PEOPLE, 'desk')).toMatchObject([{ since: LATER }]);
  });

  it('go on while this page is dialled anew, and are there before the server tells', () => {
    expect(shown([call({ legs: [customer], missing: 'anna' })])).toMatchObject([{ state: 'talking' }]);
    expect(shown([], [local({ state: 'ringing' })])).toMatchObject([{ state: 'ringing', answerable: true }]);
  });

  it('name the two others of a conference, which goes on while I have stepped aside', () => {
    const asked = leg({ leg: 'l2', role: 'target', person: 'bo', party: '102' });
    const conference = call({ conference: true, legs: [customer, leg({}), asked] });
    expect(shown([conference])).toMatchObject([{ state: 'talking', conference: ['+46701740605', 'Bo Ek'] }]);
    const aside = call({ conference: true, legs: [customer, leg({ state: 'away' }), asked] });
    expect(shown([aside])).toMatchObject([{ state: 'held' }]);
  });

  it('are also those of others with which I am, and say who is with mine', () => {
    const entry = { member: 'bo', state: 'up', since: TALK, told: true, how: 'whispers' } as const;
    const theirs = call({
      legs: [customer, leg({ person: 'bo' })],
      supervised: [{ ...entry, person: 'anna' }],
    });
    expect(shown([theirs])).toMatchObject([
      { state: 'talking', supervision: { how: 'whispers', member: 'Bo Ek', unheard: true } },
    ]);
    const mine = call({ supervised: [{ ...entry, person: 'bo', member: 'anna' }] });
    expect(shown([mine])).toMatchObject([
      { supervision: null, supervisedBy: [{ who: 'Bo Ek', how: 'whispers' }] },
    ]);
  });
});

describe('a call that rang at several', () => {
  const bo = leg({ leg: 'l2', person: 'bo' });

  it('was taken by the colleague who talks in it now', () => {
    expect(takenBy(call({ legs: [customer, bo] }), 'anna')).toBe('bo');
  });

  it('was taken by nobody while it rings on, or when the caller has left', () => {
    const rings = call({ state: 'ringing', legs: [customer, { ...bo, state: 'ringing' }] });
    expect(takenBy(rings, 'anna')).toBeUndefined();
    expect(takenBy(undefined, 'anna')).toBeUndefined();
  });

  it('was taken by oneself, which needs no telling', () => {
    expect(takenBy(call({}), 'anna')).toBeUndefined();
  });
});
