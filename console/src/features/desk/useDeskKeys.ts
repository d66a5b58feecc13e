/** The keys of the desk: single letters, when they are commands (`shared/keys`). */
import { useLocalStorage } from '@mantine/hooks';
import { useCommands } from '@/shared/keys';

export const DESK_KEYS = {
  down: ['j', 'ArrowDown'],
  up: ['k', 'ArrowUp'],
  open: ['Enter'],
  take: ['t'],
  call: ['r'],
  play: ['p'],
  answered: ['a'],
  unanswered: ['u'],
  handled: ['h'],
  book: ['b'],
  note: ['n'],
  tag: ['g'],
  next: ['x'],
  search: ['/'],
  back: ['Escape'],
  help: ['?'],
} as const;

export type DeskKey = keyof typeof DESK_KEYS;

const NAMES = Object.keys(DESK_KEYS) as DeskKey[];

/** Single letters can be turned off: they get in the way of those who speak to their computer (WCAG 2.1.4). */
export function useKeysOn() {
  return useLocalStorage({ key: 'svarhus-desk-keys', defaultValue: true, getInitialValueInEffect: false });
}

/** Whether the key has its own meaning where the focus is: Enter presses a button. */
function meantForFocus(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('[role="menu"], [role="listbox"]:not([data-desk-list]), [role="tablist"]')) return true;
  return event.key === 'Enter' && target.closest('button, a, [role="button"]') !== null;
}

/** Keys that one holds down to go far. */
const HELD = [...DESK_KEYS.down, ...DESK_KEYS.up];

export function useDeskKeys(actions: Partial<Record<DeskKey, () => void>>): void {
  const [on] = useKeysOn();
  useCommands(
    (event) => {
      if (event.key !== 'Escape' && meantForFocus(event)) return;
      if (!on && event.key.length === 1 && event.key !== '?') return;
      const name = NAMES.find((each) => (DESK_KEYS[each] as readonly string[]).includes(event.key));
      const act = name && actions[name];
      if (!act) return;
      event.preventDefault();
      act();
    },
    { held: HELD },
  );
}
