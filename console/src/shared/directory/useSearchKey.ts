import type { RefObject } from 'react';
import { useCommands } from '@/shared/keys';

/** The key / goes to the search, wherever one is on the page but in a field. */
export function useSearchKey(field: RefObject<HTMLInputElement | null>): void {
  useCommands((event) => {
    if (event.key !== '/') return;
    event.preventDefault();
    field.current?.focus();
    field.current?.select();
  });
}
