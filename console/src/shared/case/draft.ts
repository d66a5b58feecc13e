/** A text that is being written, kept in this tab until it is saved: a reload or a change of page loses nothing. */
import { useState } from 'react';
import { useMe } from '@/shared/session';

export function useDraft(name: string): [string, (text: string) => void] {
  const { name: who } = useMe();
  const key = `svarhus-draft:${who}:${name}`;
  const [drafts, setDrafts] = useState<Record<string, string>>({});
  const text = drafts[key] ?? sessionStorage.getItem(key) ?? '';
  return [
    text,
    (next) => {
      if (next) sessionStorage.setItem(key, next);
      else sessionStorage.removeItem(key);
      setDrafts((before) => ({ ...before, [key]: next }));
    },
  ];
}
