/** A text that is being written, kept by this browser until it is saved: whatever happens to the page loses nothing. */
import { create } from 'zustand';
import { useMe } from '@/shared/session';

interface Kept {
  text: string;
  /** When it was written last, milliseconds. */
  at: number;
}

const PREFIX = 'svarhus-draft:';
/** Milliseconds after which nobody comes back to it. */
const LONGEST = 7 * 24 * 3_600_000;

const useDrafts = create<Record<string, string | undefined>>()(() => readAll());

function readAll(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const key of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) {
    const kept = read(key);
    if (kept && Date.now() - kept.at < LONGEST) found[key] = kept.text;
    else localStorage.removeItem(key);
  }
  return found;
}

function read(key: string): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? '') as Partial<Kept>;
    return typeof kept.text === 'string' && typeof kept.at === 'number'
      ? { text: kept.text, at: kept.at }
      : null;
  } catch {
    return null;
  }
}

function keep(key: string, text: string | null): void {
  useDrafts.setState({ [key]: text ?? undefined });
  try {
    if (text) localStorage.setItem(key, JSON.stringify({ text, at: Date.now() } satisfies Kept));
    else localStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing: it lives as long as the page.
  }
}

/** The text, and the way to change it; null is none at all, so that it begins anew. What has been saved is `taken` from it, but not what was written meanwhile. */
export function useDraft(name: string, begin = '') {
  const { person, name: who } = useMe();
  const key = `${PREFIX}${person ?? who}:${name}`;
  const text = useDrafts((drafts) => drafts[key]) ?? begin;
  return {
    text,
    write: (next: string | null) => keep(key, next),
    taken: (saved: string) => keep(key, rest(useDrafts.getState()[key] ?? '', saved)),
  };
}

/** What was written on while the first part was being saved. */
export function rest(text: string, saved: string): string {
  return text.startsWith(saved) ? text.slice(saved.length).trimStart() : text;
}
