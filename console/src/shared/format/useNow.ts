import { useSyncExternalStore } from 'react';
import { serverNow } from '@/api/client';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = serverNow();

function tick() {
  now = serverNow();
  for (const listener of listeners) listener();
}

function listen(listener: () => void) {
  listeners.add(listener);
  if (!timer) {
    now = serverNow();
    timer = setInterval(tick, 1000);
  }
  return () => {
    listeners.delete(listener);
    if (!listeners.size) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The server's time in milliseconds, anew each second; all that count down turn together. */
export function useNow(): number {
  return useSyncExternalStore(listen, () => now);
}
