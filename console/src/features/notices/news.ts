/** What is new on the desk from one moment to the next, of what somebody wants to be told of. */
import type { DeskItem } from '@/shared/live/store';

export type News = 'voicemails' | 'callbacks_due';

/** What is not hidden, by what it would be told as. */
function newsOf(item: DeskItem): News | null {
  if (item.kind === 'voicemail') return 'voicemails';
  return item.kind === 'callback' && item.state === 'due' ? 'callbacks_due' : null;
}

export function newsIn(
  before: Record<string, DeskItem>,
  now: Record<string, DeskItem>,
  hides: (item: DeskItem) => boolean,
): { kind: News; item: DeskItem }[] {
  return Object.values(now).flatMap((item) => {
    const kind = newsOf(item);
    const known = before[item.key];
    const told = known !== undefined && newsOf(known) === kind;
    return kind && !told && !hides(item) ? [{ kind, item }] : [];
  });
}
