/** Calls that are over: how they are read, and whom they were with. */
import { useInfiniteQuery, keepPreviousData, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { api, call, type components } from '@/api/client';
import { phoneNumber } from '@/shared/format';
import { onLiveChange, useLive } from '@/shared/live/store';
import type { Target } from '@/shared/phone';

type Schemas = components['schemas'];
export type Line = Schemas['CallLineShown'];
export type Outcome = Schemas['Outcome'];
export type CallKind = Schemas['CallKind'];

export interface Wanted {
  text: string;
  from?: string;
  to?: string;
  queue?: string;
  person?: string;
  outcome?: Outcome;
  kind?: CallKind;
  mine?: boolean;
  unanswered?: boolean;
}

const PAGE = 50;
/** Milliseconds in which the record of a call that has ended is written. */
const WRITTEN = 400;

/** The newest first; a call that ends comes in by itself. */
export function useCalls(wanted: Wanted) {
  const key = ['calls', wanted];
  useCallsEnding();
  const found = useInfiniteQuery({
    queryKey: key,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const { text, ...rest } = wanted;
      const query = { ...rest, text: text || undefined, cursor: pageParam, limit: PAGE };
      return call(api.GET('/api/calls', { signal, params: { query } }));
    },
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const lines = useMemo(() => found.data?.pages.flatMap((page) => page.items), [found.data]);
  return { ...found, lines };
}

/** Read anew what is shown of calls that are over, when one has ended. */
export function useCallsEnding(queryKey = 'calls'): void {
  const client = useQueryClient();
  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const stop = onLiveChange('calls', (change) => {
      if (change && useLive.getState().calls[change.key]) return;
      waiting ??= setTimeout(() => {
        waiting = undefined;
        void client.invalidateQueries({ queryKey: [queryKey] });
      }, WRITTEN);
    });
    return () => {
      clearTimeout(waiting);
      stop();
    };
  }, [client, queryKey]);
}

export interface Party {
  /** Name, or the number when nobody knows one; empty when the number is withheld. */
  name: string;
  /** Number beside the name, when there is one to be shown. */
  number: string;
  /** How one calls them; null when there is no way. */
  target: Target | null;
}

/** Who was at the other end: for one's own calls seen from oneself, else the caller or the one who was called. */
export function partyOf(line: Line, person: (key: string) => string): Party {
  const inside = line.kind === 'internal';
  if (inside && line.mine && !line.mine.called && line.calling) {
    return { name: person(line.calling), number: '', target: { person: line.calling } };
  }
  const number = line.other_party;
  const name = line.known_as || (inside ? '' : line.caller_name);
  const shown = number ? phoneNumber(number) : '';
  return { name: name || shown, number: name ? shown : '', target: number ? { number } : null };
}

/** Which way a call went, seen from us, or from oneself for one's own. */
export type Direction = 'in' | 'out' | 'missed' | 'elsewhere' | 'inside';

export function directionOf(line: Line): Direction {
  if (line.mine) {
    if (line.mine.called) return 'out';
    if (line.mine.spoke) return 'in';
    return line.mine.elsewhere ? 'elsewhere' : 'missed';
  }
  if (line.kind === 'internal') return 'inside';
  if (line.kind === 'outgoing' || line.kind === 'callback') return 'out';
  return line.person ? 'in' : 'missed';
}
