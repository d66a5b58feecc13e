import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { writes } from '@/shared/keys';
import { useLive } from '@/shared/live/store';
import { preferencesQuery } from '@/shared/session/preferences';
import { popOf } from './pop';

const NO_CALLS: readonly string[] = [];

/** Opens the case of a call when it begins to ring, once; nothing is taken away from who is writing just then. */
export function useScreenPop(person: string | null, open: (key: string) => void): void {
  const { data } = useQuery(preferencesQuery);
  const on = data?.open_calls ?? false;
  const wanted = useLive((state) => {
    const calls = (person && state.agents[person]?.calls) || NO_CALLS;
    return calls.length ? (popOf(person, calls, state.calls, state.desk)?.key ?? null) : null;
  });
  const [left, setLeft] = useState(0);
  const done = useRef<string | null>(null);
  const latest = useRef(open);
  useEffect(() => {
    latest.current = open;
  });
  useEffect(() => {
    if (!wanted) done.current = null;
    if (!wanted || !on || done.current === wanted) return;
    if (writes(document.activeElement)) {
      const later = () => setTimeout(() => setLeft((before) => before + 1));
      document.addEventListener('focusout', later, { once: true });
      return () => document.removeEventListener('focusout', later);
    }
    done.current = wanted;
    latest.current(wanted);
  }, [wanted, on, left]);
}
