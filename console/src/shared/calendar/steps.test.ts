// feature: SCH-01
import { expect, it } from 'vitest';
import { type Steps, stepped } from './steps';

const begun: Steps<string> = { past: [], present: 'a', future: [] };

it('takes steps back and forth until something else is done', () => {
  const two = stepped(stepped(begun, { do: 'change', to: 'b' }), { do: 'change', to: 'c' });
  const back = stepped(stepped(two, { do: 'undo' }), { do: 'undo' });
  expect(back.present).toBe('a');
  expect(stepped(back, { do: 'undo' })).toBe(back);
  expect(stepped(back, { do: 'redo' }).present).toBe('b');
  const other = stepped(back, { do: 'change', to: 'd' });
  expect(stepped(other, { do: 'redo' })).toBe(other);
  expect(stepped(other, { do: 'undo' }).present).toBe('a');
});

it('has no step where nothing changed', () => {
  expect(stepped(begun, { do: 'change', to: 'a' })).toBe(begun);
});
