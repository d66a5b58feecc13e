import { IconMail } from '@tabler/icons-react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { KindIcon, KindPictures } from '@/shared/case/KindIcon';
import type { DeskItem } from '@/shared/live/store';
import { isLive, isMine, listed, NO_FILTER, waits } from '../items';
import type { CaseActions } from '../useCaseActions';
import type { Channel } from './channel';
import { PICTURES } from './pictures';
import { CHANNELS, KINDS } from './registry';

/** A channel that is nowhere but here: letters, which are read and answered. */
const letter: Channel = {
  Stage: ({ item, holder }) => `${item.state} ${holder}`,
  rests: ({ state }) => state === 'put away',
  waits: ({ state }) => state !== 'answered',
  keys: (_, { handle }) => ({ handled: handle }),
};
const channels = { ...CHANNELS, letter };

const item = (kind: string, id: string, more: Partial<DeskItem> = {}) =>
  ({
    key: `${kind}:${id}`,
    kind,
    id,
    state: 'unread',
    due_at: '2026-11-22T09:00:00Z',
    ...more,
  }) as DeskItem;

const NOBODY = { hidden_queues: [], hidden_units: [], hidden_kinds: [] };

describe('a channel of which the desk knows nothing', () => {
  it('stands in the list among the others', () => {
    const desk = {
      late: item('letter', 'late', { due_at: '2026-11-22T08:00:00Z' }),
      answered: item('letter', 'answered', { state: 'answered' }),
      call: item('call', 'one', { state: 'waiting' }),
      message: item('voicemail', 'one'),
    };
    const { shown } = listed(desk, NOBODY, NO_FILTER, null, () => '', channels);
    expect(shown.map(({ key }) => key)).toEqual(['call:one', 'letter:late', 'voicemail:one']);
  });

  it('says itself who is at it, and what can be done', () => {
    const mine = item('letter', 'a', { person: 'anna', state: 'read' });
    const before = item('letter', 'a', { person: 'anna', state: 'put away' });
    expect([isMine(mine, 'anna', channels), isMine(before, 'anna', channels)]).toEqual([true, false]);
    expect([isLive(mine, channels), waits(mine, channels)]).toEqual([false, true]);
    let done = false;
    letter.keys?.(mine, { handle: () => (done = true) } as unknown as CaseActions).handled?.();
    expect(done).toBe(true);
  });

  it('says itself how far it has come', () => {
    const { Stage } = letter;
    expect(renderToStaticMarkup(<Stage item={item('letter', 'a')} holder="Anna" />)).toBe('unread Anna');
  });

  it('brings its picture along, and has one before it does', () => {
    const shown = (pictures: typeof PICTURES) =>
      renderToStaticMarkup(
        <KindPictures value={pictures}>
          <KindIcon kind="letter" plain />
        </KindPictures>,
      );
    expect(shown({ ...PICTURES, letter: { icon: IconMail } } as typeof PICTURES)).toContain('icon-mail');
    expect(shown(PICTURES)).toContain('icon-inbox');
  });
});

it('has the channels in the order in which they are offered', () => {
  expect(KINDS).toEqual(['call', 'callback', 'voicemail']);
});
