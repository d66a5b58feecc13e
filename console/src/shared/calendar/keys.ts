/** What a key means for the block that has the focus, and for the place in the empty calendar. */
export type KeyCommand =
  | { do: 'move'; days: number; minutes: number }
  | { do: 'resize'; minutes: number }
  | { do: 'remove' }
  | { do: 'copy' }
  | { do: 'paste' };

interface Pressed {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** Null: the key is for something else. */
export function commandOf(pressed: Pressed, step: number): KeyCommand | null {
  const { key, shiftKey, altKey } = pressed;
  if (altKey) return null;
  if (pressed.ctrlKey || pressed.metaKey) {
    if (key.toLowerCase() === 'c') return { do: 'copy' };
    return key.toLowerCase() === 'v' ? { do: 'paste' } : null;
  }
  const minutes = { ArrowUp: -step, ArrowDown: step }[key] ?? 0;
  const days = { ArrowLeft: -1, ArrowRight: 1 }[key] ?? 0;
  if (shiftKey) return minutes ? { do: 'resize', minutes } : null;
  if (minutes || days) return { do: 'move', days, minutes };
  return key === 'Delete' || key === 'Backspace' ? { do: 'remove' } : null;
}
