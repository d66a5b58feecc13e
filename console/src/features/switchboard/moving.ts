import type { KeyboardEvent } from 'react';

/** Arrows go from one button of a list to the next. */
export function moveAmong(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const buttons = [
    ...(event.currentTarget.closest('ul')?.querySelectorAll<HTMLElement>('li > button') ?? []),
  ];
  const at = buttons.indexOf(event.currentTarget);
  const next = buttons[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}
