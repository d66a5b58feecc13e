import { describe, expect, it } from 'vitest';
import type { DeskItem } from '@/shared/live/store';
import { newsIn } from './news';

const item = (kind: string, state: string, key = `${kind}:1`) =>
  ({ key, kind, state, queue: 'nurse', unit: null }) as DeskItem;
const desk = (...items: DeskItem[]) => Object.fromEntries(items.map((each) => [each.key, each]));
const none = () => false;

describe('what is new on the desk', () => {
  it('is a voicemail that came in, once', () => {
    const left = desk(item('voicemail', 'new'));
    expect(newsIn({}, left, none).map(({ kind }) => kind)).toEqual(['voicemails']);
    expect(newsIn(left, { ...left }, none)).toEqual([]);
  });

  it('is a callback when its time has come, not when it is booked', () => {
    const booked = desk(item('callback', 'booked'));
    const due = desk(item('callback', 'due'));
    expect(newsIn({}, booked, none)).toEqual([]);
    expect(newsIn(booked, due, none).map(({ kind }) => kind)).toEqual(['callbacks_due']);
    expect(newsIn(due, due, none)).toEqual([]);
  });

  it('is nothing that is hidden, and no call', () => {
    expect(newsIn({}, desk(item('voicemail', 'new')), () => true)).toEqual([]);
    expect(newsIn({}, desk(item('call', 'waiting')), none)).toEqual([]);
  });
});
