/** A text that is being written: whatever happens to the page loses nothing, see `session/drafts`. */
import { useMe } from '@/shared/session';
import { draftKey, keepDraft, useDrafts } from '@/shared/session/drafts';

/** The text, and the way to change it; null is none at all, so that it begins anew. What has been saved is `taken` from it, but not what was written meanwhile. */
export function useDraft(name: string, begin = '') {
  const key = draftKey(useMe(), name);
  const text = useDrafts((drafts) => drafts[key]) ?? begin;
  return {
    text,
    write: (next: string | null) => keepDraft(key, next),
    taken: (saved: string) => keepDraft(key, rest(useDrafts.getState()[key] ?? '', saved)),
  };
}

/** What was written on while the first part was being saved. */
export function rest(text: string, saved: string): string {
  return text.startsWith(saved) ? text.slice(saved.length).trimStart() : text;
}
