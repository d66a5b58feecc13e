/** The time after a conversation: how long a panel for it stays, and when it asks for more time by itself. */
import type { LiveAgent, LiveCall } from '@/shared/live/store';

export interface Work {
  /** When it began: names it, since its end moves. */
  since: string;
  until: string;
  /** The queue lets its members have more. */
  mayExtend: boolean;
}

/** Seconds before its end at which who is writing gets more, and how many are left then. */
export const SHORT = 12;
export const MORE = 30;
/** Somebody writes who has pressed a key in so many seconds. */
const WRITING = 25;

export function workOf(agent: LiveAgent | undefined): Work | null {
  if (agent?.state !== 'after_call_work' || !agent.after_call_until) return null;
  return {
    since: agent.since ?? agent.after_call_until,
    until: agent.after_call_until,
    mayExtend: agent.may_extend ?? true,
  };
}

/** `left` and `sinceTyped` in seconds. */
export function needsMore(left: number, sinceTyped: number): boolean {
  return left < SHORT && sinceTyped < WRITING;
}

/** Those that are shown: what was begun and is not finished stays above what is now. */
export function withNow(shown: Work[], now: Work | null, unfinished: readonly string[]): Work[] {
  const kept = shown.filter(({ since }) => since !== now?.since && unfinished.includes(since));
  return now ? [...kept, now] : kept;
}

/** The call in which this person talks just now. */
export function talkedIn(calls: Record<string, LiveCall>, agent: LiveAgent | undefined): string | null {
  const talking = (agent?.calls ?? []).filter((id) =>
    calls[id]?.legs.some(({ person, state }) => person === agent?.key && state === 'talking'),
  );
  return talking.at(-1) ?? null;
}
