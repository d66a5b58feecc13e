import { describe, expect, it } from 'vitest';
import { type DeskItem, isMine, listed, newcomers, nextOf, NO_FILTER, priorityAt, type View } from './items';

const NOBODY: View = { hidden_queues: [], hidden_units: [], hidden_kinds: [] };

function item(id: string, more: Partial<DeskItem> = {}): DeskItem {
  return {
    key: `callback:${id}`,
    kind: 'callback',
    id,
    state: 'due',
    queue: 'advice',
    unit: 'nurses',
    number: '+46701740605',
    name: '',
    came_at: '2026-11-22T08:00:00Z',
    due_at: '2026-11-22T09:00:00Z',
    priority: 'normal',
    rises: [
      { at: '2026-11-22T09:00:00Z', priority: 'high' },
      { at: '2026-11-22T09:10:00Z', priority: 'very_high' },
    ],
    given_priority: null,
    taken_by: null,
    taken_at: null,
    person: null,
    position: null,
    seconds: null,
    kept: false,
    promise: null,
    last_attempt_at: null,
    automatic: false,
    attempts: 0,
    most_attempts: 3,
    call: null,
    notes: 0,
    tags: [],
    language: 'sv',
    category: null,
    revision: 0,
    ...more,
  };
}

const desk = (...items: DeskItem[]) => Object.fromEntries(items.map((each) => [each.key, each]));
const words = (each: DeskItem) => each.number ?? '';

describe('the list', () => {
  it('has what is due first at the front, whatever the fractions of its seconds', () => {
    const later = item('a', { due_at: '2026-11-22T09:00:00.5Z' });
    const { shown } = listed(desk(later, item('b')), NOBODY, NO_FILTER, null, words);
    expect(shown.map(({ id }) => id)).toEqual(['b', 'a']);
  });

  it('counts what is hidden, and never hides what is in my hands', () => {
    const mine = item('b', { taken_by: 'anna' });
    const view = { ...NOBODY, hidden_queues: ['advice'] };
    const found = listed(desk(item('a'), mine), view, NO_FILTER, 'anna', words);
    expect(found.shown).toEqual([mine]);
    expect(found.hidden).toBe(1);
  });

  it('leaves out calls that somebody is in', () => {
    const { shown, hidden } = listed(desk(item('a', { state: 'talking' })), NOBODY, NO_FILTER, null, words);
    expect([shown, hidden]).toEqual([[], 0]);
  });

  it.each(['0701740605', '070 174', '174-06', '+46 70'])('finds a number as it is written: %s', (text) => {
    const { shown } = listed(desk(item('a')), NOBODY, { ...NO_FILTER, text }, null, words);
    expect(shown).toHaveLength(1);
  });
});

describe('an item', () => {
  it('rises when its time has come', () => {
    const at = (time: string) => priorityAt(item('a'), Date.parse(`2026-11-22T${time}Z`));
    expect([at('08:59:59'), at('09:00:00'), at('09:10:00')]).toEqual(['normal', 'high', 'very_high']);
  });

  it('is mine when I have taken it or am at it, not when I tried it once', () => {
    expect(isMine(item('a', { person: 'anna', state: 'in_attempt' }), 'anna')).toBe(true);
    expect(isMine(item('a', { person: 'anna', state: 'booked' }), 'anna')).toBe(false);
  });

  it('is followed by the next, the last by the first', () => {
    const items = [item('a'), item('b')];
    expect(nextOf(items, 'callback:a')?.id).toBe('b');
    expect(nextOf(items, 'callback:b')?.id).toBe('a');
    expect(nextOf([item('a')], 'callback:a')).toBeUndefined();
  });
});

describe('who has come in', () => {
  const [first, second, third] = [item('a'), item('b'), item('c')];

  it('is who was not there before, of those that are shown', () => {
    expect(newcomers(desk(first), desk(first, second, third), [first, second])).toEqual([second]);
  });

  it('is nobody when a filter is taken away', () => {
    const all = desk(first, second, third);
    expect(newcomers(all, all, [first, second, third])).toEqual([]);
  });
});

it('puts who is on the line before what is due', () => {
  const late = item('a', { due_at: '2026-11-22T07:00:00Z' });
  const caller = item('b', { key: 'call:b', kind: 'call', state: 'waiting', due_at: '2026-11-22T09:30:00Z' });
  const { shown } = listed(desk(late, caller), NOBODY, NO_FILTER, null, () => '');
  expect(shown.map(({ key }) => key)).toEqual(['call:b', 'callback:a']);
});
