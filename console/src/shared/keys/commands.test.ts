// @vitest-environment jsdom
// feature: DESK-01
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandOptions, CommandKeys, NOTICED } from './commands';

let now = 0;
let end: () => void = () => undefined;
let taken: string[] = [];
let keys: CommandKeys;

function listen(options?: CommandOptions) {
  const listener = (event: KeyboardEvent) => {
    if (keys.isCommand(event, options)) taken.push(event.key);
  };
  document.addEventListener('keydown', listener);
  const before = end;
  end = () => {
    document.removeEventListener('keydown', listener);
    before();
  };
}

beforeEach(() => {
  now = 10_000;
  taken = [];
  document.body.innerHTML =
    '<div id="page"><textarea></textarea><input type="checkbox"><button></button></div>';
  keys = new CommandKeys(document, () => now);
  end = keys.start();
});

afterEach(() => end());

const find = <Found extends HTMLElement>(what: string) => document.querySelector<Found>(what) as Found;

function press(key: string, more: KeyboardEventInit = {}) {
  const target = document.activeElement ?? document.body;
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
}

describe('a key is a command', () => {
  beforeEach(() => listen());

  it('where nobody writes', () => {
    find('input').focus();
    press('j');
    find('button').focus();
    press('r');
    expect(taken).toEqual(['j', 'r']);
  });

  it('not in a field, but Escape is', () => {
    find('textarea').focus();
    press('r');
    press('Escape');
    expect(taken).toEqual(['Escape']);
  });

  it('not with another key held, in a composition, or held down', () => {
    press('r', { ctrlKey: true });
    press('r', { isComposing: true });
    press('r', { repeat: true });
    press('Process');
    expect(taken).toEqual([]);
  });
});

describe('who has lost the field and writes on', () => {
  beforeEach(() => listen());

  it('commands nothing until a pause', () => {
    find('textarea').focus();
    press('a');
    find('textarea').remove();
    for (const key of ['R', 'r', 'a', 'n']) {
      now += NOTICED - 1;
      press(key);
    }
    expect(taken).toEqual([]);
    now += NOTICED + 1;
    press('j');
    expect(taken).toEqual(['j']);
  });

  it('may command at once after leaving it on purpose', () => {
    find('textarea').focus();
    press('Escape');
    find('textarea').blur();
    press('j');
    expect(taken).toEqual(['Escape', 'j']);
  });

  it('may command at once after a click elsewhere', () => {
    find('textarea').focus();
    document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }));
    find('textarea').blur();
    press('j');
    expect(taken).toEqual(['j']);
  });

  it('commands nothing when the field was put out of use', () => {
    find('textarea').focus();
    find('textarea').blur();
    press('r');
    expect(taken).toEqual([]);
  });
});

describe('what is open over the page', () => {
  it('has the keys, Escape too, even when it closes itself by it', () => {
    listen();
    find('#page').insertAdjacentHTML('afterend', '<div aria-modal="true" tabindex="-1"></div>');
    const dialog = find('[aria-modal]');
    dialog.focus();
    window.addEventListener('keydown', () => dialog.remove(), { capture: true, once: true });
    press('Escape');
    expect(taken).toEqual([]);
    press('Escape');
    expect(taken).toEqual(['Escape']);
  });

  it('an open list belongs to its field', () => {
    listen();
    find('#page').innerHTML = '<input aria-haspopup="listbox" aria-expanded="true">';
    find('input').focus();
    press('Escape');
    expect(taken).toEqual([]);
  });

  it('leaves its own keys to itself, and what is only kept to nobody', () => {
    listen({ inLayer: true });
    find('#page').insertAdjacentHTML('afterend', '<div role="dialog" style="display: none"></div>');
    press('1');
    find('[role="dialog"]').style.display = '';
    press('2');
    expect(taken).toEqual(['1', '2']);
  });

  it('what is only kept for later covers nothing', () => {
    listen();
    find('#page').insertAdjacentHTML('afterend', '<div role="menu" style="display: none"></div>');
    press('j');
    expect(taken).toEqual(['j']);
  });
});

it('lets those keys repeat that one holds down to go far', () => {
  listen({ held: ['ArrowDown'] });
  press('ArrowDown', { repeat: true });
  press('r', { repeat: true });
  expect(taken).toEqual(['ArrowDown']);
});
