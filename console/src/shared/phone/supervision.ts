/** Leading: in which ways one may be with conversations of others, and say who is served next. */
import { useQuery } from '@tanstack/react-query';
import { api, call as asked } from '@/api/client';
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

/** Whether I am named as one who leads in a queue. */
export function useNamed(): (queue: string) => boolean {
  const { rights, person } = useMe();
  const { data } = useQuery({
    queryKey: ['boards', 'queues'],
    queryFn: async () => (await asked(api.GET('/api/queues', { params: { query: { limit: 200 } } }))).items,
    staleTime: 60_000,
    enabled: rights.includes('see_configuration'),
  });
  return (queue) =>
    Boolean(person && data?.find(({ key }) => key === queue)?.supervision?.supervisors?.includes(person));
}

/** The ways open to me in calls of a queue: by my role, or since I am named there. None without a queue. */
export function useWays(): (queue: string | null | undefined) => readonly Way[] {
  const { rights, person } = useMe();
  const named = useNamed();
  return (queue) =>
    queue && person ? WAYS.filter((way) => rights.includes(RIGHT_TO[way]) || named(queue)) : [];
}

/** Whether I may say in a queue who is served next, and by whom. */
export function useMaySteer(): (queue: string | null | undefined) => boolean {
  const { rights } = useMe();
  const named = useNamed();
  return (queue) => Boolean(queue) && (rights.includes('steer_waiting') || named(queue ?? ''));
}
