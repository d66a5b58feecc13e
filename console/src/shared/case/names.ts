/** Names for keys and numbers: of people and queues from what is live, of numbers from the directory. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { api, call } from '@/api/client';
import { onLiveChange, useLive } from '@/shared/live/store';
import { useUnknown } from '@/shared/people/unnamed';

function namesOf(things: Record<string, { name: string }>): Record<string, string> {
  return Object.fromEntries(Object.entries(things).map(([key, { name }]) => [key, name]));
}

/** The name of a person, or the key of one who is gone. */
export function usePersonName(): (key: string) => string {
  const names = useLive(useShallow((state) => namesOf(state.agents)));
  const unknown = useUnknown();
  return (key) => names[key] ?? unknown(key);
}

export function useQueueName(): (key: string) => string {
  const names = useLive(useShallow((state) => namesOf(state.queues)));
  return (key) => names[key] ?? key;
}

/** What people call about, or the key of what is no more. */
export function useCategoryName(): (key: string) => string {
  const names = useLive(useShallow((state) => namesOf(state.categories)));
  return (key) => names[key] ?? key;
}

/** Units by key. */
export function useUnits() {
  return useQuery({
    queryKey: ['units', 'names'],
    staleTime: 5 * 60_000,
    queryFn: async () => {
      const found = await call(api.GET('/api/units', { params: { query: { limit: 200 } } }));
      return Object.fromEntries(found.items.map(({ key, name }) => [key, name]));
    },
  });
}

/** Names of tags with those above them: `Läkemedel › Receptförnyelse`. */
export function useTagNames(): (key: string) => string {
  const { data } = useQuery({ queryKey: ['tags', 'names'], staleTime: 60_000, queryFn: readTags });
  return (key) => data?.[key] ?? key;
}

async function readTags(): Promise<Record<string, string>> {
  const byKey = new Map<string, { name: string; parent?: string | null }>();
  let cursor: string | undefined;
  do {
    const page = await call(api.GET('/api/tags', { params: { query: { limit: 200, cursor } } }));
    for (const tag of page.items) byKey.set(tag.key, tag);
    cursor = page.next ?? undefined;
  } while (cursor);
  return Object.fromEntries([...byKey.keys()].map((key) => [key, pathOf(byKey, key).join(' › ')]));
}

/** From the top down. */
export function pathOf(tags: Map<string, { name: string; parent?: string | null }>, key: string): string[] {
  const path: string[] = [];
  for (let at = tags.get(key); at && path.length < 9; at = at.parent ? tags.get(at.parent) : undefined)
    path.unshift(at.name);
  return path;
}

/** What is known of numbers, for all pages; null: nobody has it. */
const known = new Map<string, string | null>();
const wanted = new Set<string>();
const listeners = new Set<() => void>();
let asking: ReturnType<typeof setTimeout> | undefined;

onLiveChange('contacts', () => {
  known.clear();
  for (const listener of listeners) listener();
});

const MOST_AT_ONCE = 200;
const GATHER_MS = 60;

async function ask(): Promise<void> {
  asking = undefined;
  const numbers = [...wanted].slice(0, MOST_AT_ONCE);
  for (const number of numbers) wanted.delete(number);
  if (wanted.size) asking = setTimeout(() => void ask(), GATHER_MS);
  try {
    const { names } = await call(api.POST('/api/directory/names', { body: { numbers } }));
    for (const number of numbers) known.set(number, names[number] ?? null);
    if (Object.keys(names).length) for (const listener of listeners) listener();
  } catch {
    // The numbers themselves are shown; the next look asks again.
  }
}

/** Who has these numbers, by number. Those that are not known are left out; many are asked for at once. */
export function useNames(numbers: (string | null)[]): Record<string, string> {
  const [, turn] = useState(0);
  const asked = numbers.filter((number): number is string => number !== null);
  const key = asked.join(' ');
  const some = key !== '';
  useEffect(() => {
    if (!some) return;
    const listener = () => turn((before) => before + 1);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, [some]);
  useEffect(() => {
    for (const number of key.split(' ')) if (number && !known.has(number)) wanted.add(number);
    if (wanted.size) asking ??= setTimeout(() => void ask(), GATHER_MS);
  });
  const found: Record<string, string> = {};
  for (const number of asked) {
    const name = known.get(number);
    if (name) found[number] = name;
  }
  return found;
}
