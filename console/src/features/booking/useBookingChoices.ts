/** What can be promised, and what has been already. */
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { api, call } from '@/api/client';

const FEWEST_DIGITS = 5;
const TYPING = 300;

/** Queues that ring back. */
export function useQueuesThatRingBack() {
  return useQuery({
    queryKey: ['queues', 'ring-back'],
    staleTime: 60_000,
    queryFn: async () => {
      const { items } = await call(api.GET('/api/queues', { params: { query: { limit: 200 } } }));
      return items.filter(({ callbacks }) => callbacks).map(({ key, name }) => ({ value: key, label: name }));
    },
  });
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
