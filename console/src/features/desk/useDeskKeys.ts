/** The keys of the desk: single letters, while nobody writes in a field and no dialog is open. */
import { useLocalStorage } from '@mantine/hooks';
import { useEffect, useRef } from 'react';

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

/** Single letters can be turned off: they get in the way of those who speak to their computer (WCAG 2.1.4). */
export function useKeysOn() {
  return useLocalStorage({ key: 'svarhus-desk-keys', defaultValue: true, getInitialValueInEffect: false });
}

function writing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  );
}

/** Whether the key has its own meaning where the focus is: Enter presses a button. */
function meantForFocus(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('[role="menu"], [role="listbox"]:not([data-desk-list]), [role="tablist"]')) return true;
  return event.key === 'Enter' && target.closest('button, a, [role="button"]') !== null;
}

export function useDeskKeys(actions: Partial<Record<DeskKey, () => void>>): void {
  const [on] = useKeysOn();
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.querySelector('[aria-modal="true"]')) return;
      if (writing(event.target) ? event.key !== 'Escape' : meantForFocus(event)) return;
      if (!on && event.key.length === 1 && event.key !== '?') return;
      for (const [name, keys] of Object.entries(DESK_KEYS)) {
        if (!(keys as readonly string[]).includes(event.key)) continue;
        const act = latest.current[name as DeskKey];
        if (!act) return;
        event.preventDefault();
        return act();
      }
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [on]);
}
