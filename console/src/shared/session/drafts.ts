/**
 * Texts that are being written, kept by this browser until they are saved: whatever happens to the page or the browser
 * loses nothing. They hold personal data, so they are gone when one signs out or somebody else signs in here.
 */
import { create } from 'zustand';
import type { Me } from './index';

interface Kept {
  text: string;
  /** When it was written last, milliseconds. */
  at: number;
}

const PREFIX = 'svarhus-draft:';
/** Milliseconds after which nobody comes back to it: from Friday to Monday. */
const LONGEST = 3 * 24 * 3_600_000;

type Writer = Pick<Me, 'organisation' | 'person' | 'name'>;

export const useDrafts = create<Record<string, string | undefined>>()(() => readAll());

/** Under which the writer's own text of this name is kept. */
export function draftKey(who: Writer, name: string): string {
  return `${ownPrefix(who)}${name}`;
}

/** Keep it; nothing, or an empty text, is none. */
export function keepDraft(key: string, text: string | null): void {
  useDrafts.setState({ [key]: text ?? undefined });
  try {
    if (text) localStorage.setItem(key, JSON.stringify({ text, at: Date.now() } satisfies Kept));
    else localStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing: it lives as long as the page.
  }
}

/** Whether something has been written and not been saved. */
export function hasDrafts(who: Writer): boolean {
  return Object.entries(useDrafts.getState()).some(
    ([key, text]) => key.startsWith(ownPrefix(who)) && text?.trim(),
  );
}

/** Forget what was written here, but for what `who` wrote. */
export function forgetDrafts(who?: Writer): void {
  const own = who && ownPrefix(who);
  const others = (key: string) => key.startsWith(PREFIX) && !(own && key.startsWith(own));
  for (const key of Object.keys(useDrafts.getState()).filter(others)) keepDraft(key, null);
  for (const key of stored().filter(others)) localStorage.removeItem(key);
}

/** Another page of this browser has forgotten it, or saved it. */
export function heardOfDraft({ key, newValue }: Pick<StorageEvent, 'key' | 'newValue'>): void {
  if (key?.startsWith(PREFIX) && newValue === null) useDrafts.setState({ [key]: undefined });
}

window.addEventListener('storage', heardOfDraft);

function ownPrefix({ organisation, person, name }: Writer): string {
  return `${PREFIX}${organisation}/${person ?? name}:`;
}

function stored(): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

function readAll(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const key of stored()) {
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
