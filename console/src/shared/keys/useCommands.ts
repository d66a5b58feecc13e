import { useEffect, useRef } from 'react';
import { type CommandOptions, CommandKeys } from './commands';

let keys: CommandKeys | null = null;

/** The console's one watch over keys; begun with the page. */
export function watchKeys(): CommandKeys {
  if (!keys) {
    keys = new CommandKeys(document);
    keys.start();
  }
  return keys;
}

/** Be given each key that is a command while this is in the page; what is handled should be `preventDefault`ed. */
export function useCommands(handle: (event: KeyboardEvent) => void, options?: CommandOptions): void {
  const latest = useRef({ handle, options });
  useEffect(() => {
    latest.current = { handle, options };
  });
  useEffect(() => {
    const watch = watchKeys();
    const pressed = (event: KeyboardEvent) => {
      if (watch.isCommand(event, latest.current.options)) latest.current.handle(event);
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}
