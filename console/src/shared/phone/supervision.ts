/** Being with conversations of others: in which ways, and whether one may. */
import { api, call as asked } from '@/api/client';
import { useQuery } from '@tanstack/react-query';
import type { LiveCall } from '@/shared/live/store';
import { type Right, useMe } from '@/shared/session';

export type Way = LiveCall['supervised'][number]['how'];

export const WAYS: readonly Way[] = ['listens', 'whispers', 'joins', 'takes_over'];

const RIGHT_TO: Record<Way, Right> = {
  listens: 'listen_in',
  whispers: 'whisper',
  joins: 'join_calls',
  takes_over: 'take_over_calls',
};

/** The ways open to me in calls of a queue: by my role, or since I am named there. None without a queue. */
export function useWays(): (queue: string | null) => readonly Way[] {
  const { rights, person } = useMe();
  const sees = rights.includes('see_configuration');
  const { data } = useQuery({
    queryKey: ['boards', 'queues'],
    queryFn: async () => (await asked(api.GET('/api/queues', { params: { query: { limit: 200 } } }))).items,
    staleTime: 60_000,
    enabled: sees,
  });
  return (queue) => {
    if (!queue || !person) return [];
    const named = data?.find(({ key }) => key === queue)?.supervision?.supervisors?.includes(person);
    return WAYS.filter((way) => named || rights.includes(RIGHT_TO[way]));
  };
}
