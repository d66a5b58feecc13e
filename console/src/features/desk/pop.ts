/** What rings for somebody, or is being talked with, opens by itself. */
import type { DeskItem, LiveCall } from '@/shared/live/store';
import { CHANNELS } from './channels/registry';

export interface Pop {
  /** Of the case. */
  key: string;
  state: 'ringing' | 'talking';
}

/** The one that is talked with, else the one that rings; `calls` are those in which the person has a part. */
export function popOf(
  person: string | null,
  calls: readonly string[],
  live: Record<string, LiveCall>,
  desk: Record<string, DeskItem>,
): Pop | null {
  const found = calls.flatMap((id) => {
    const call = live[id];
    const mine = call?.legs.find((leg) => leg.person === person && leg.role !== 'caller');
    const state = mine?.state === 'ringing' ? ('ringing' as const) : ('talking' as const);
    const key = call && mine && caseOf(call, desk);
    return key ? [{ key, state }] : [];
  });
  return found.find(({ state }) => state === 'talking') ?? found.at(-1) ?? null;
}

/** The callback that is being carried out, or the caller; what one has dialled oneself needs no telling. */
function caseOf(call: LiveCall, desk: Record<string, DeskItem>): string | null {
  for (const { ofCall } of Object.values(CHANNELS)) {
    const key = ofCall?.(call, desk);
    if (key) return key;
  }
  return null;
}
