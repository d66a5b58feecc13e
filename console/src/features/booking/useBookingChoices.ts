/** What can be promised, and what has been already. */
import type { ComboboxData } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { api, call } from '@/api/client';

const FEWEST_DIGITS = 5;
const TYPING = 300;

const EVERY = { params: { query: { limit: 200 } } };

export interface QueueChoice {
  value: string;
  label: string;
  /** The name of the unit whose queue it is. */
  unit: string | null;
}

/** Queues that ring back. */
export function useQueuesThatRingBack() {
  return useQuery({
    queryKey: ['queues', 'ring-back'],
    staleTime: 60_000,
    queryFn: async (): Promise<QueueChoice[]> => {
      const [queues, units] = await Promise.all([
        call(api.GET('/api/queues', EVERY)),
        call(api.GET('/api/units', EVERY)),
      ]);
      const names = new Map(units.items.map(({ key, name }) => [key, name]));
      return queues.items
        .filter(({ callbacks }) => callbacks)
        .map(({ key, name, unit }) => ({ value: key, label: name, unit: names.get(unit ?? '') ?? null }));
    },
  });
}

/** To be chosen from, under the names of their units. */
export function byUnit(queues: readonly QueueChoice[] = []): ComboboxData {
  const of = (unit: string | null) =>
    queues.filter((queue) => queue.unit === unit).map(({ value, label }) => ({ value, label }));
  const units = [...new Set(queues.map(({ unit }) => unit))].filter((unit) => unit !== null);
  return [...of(null), ...units.map((unit) => ({ group: unit, items: of(unit) }))];
}

/** The next times that a queue can promise, the first one first. */
export function usePlaces(queue: string | null) {
  return useQuery({
    queryKey: ['places', queue],
    enabled: queue !== null,
    // Others book as well.
    refetchInterval: 30_000,
    queryFn: async () => {
      const params = { path: { key: queue ?? '' }, query: { limit: 200 } };
      return (await call(api.GET('/api/queues/{key}/places', { params }))).items.map(({ at }) => at);
    },
  });
}

/** The callback that this number has been promised: one person has one at a time. */
export function useBookedAlready(typed: string) {
  const [number] = useDebouncedValue(typed.trim(), TYPING);
  const whole = number.replace(/\D/g, '').length >= FEWEST_DIGITS;
  const { data } = useQuery({
    queryKey: ['callbacks', 'of', number],
    enabled: whole,
    retry: false,
    queryFn: async () =>
      (await call(api.GET('/api/callbacks', { params: { query: { number, limit: 1 } } }))).items[0] ?? null,
  });
  return whole ? (data ?? null) : null;
}
