import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, call, type components } from '@/api/client';
import { useTell } from '@/shared/components';
import { useLiveQuery } from '@/shared/live/useLiveQuery';

export type Notice = components['schemas']['NoticeShown'];
export type Period = 'day' | 'week' | 'month';

export const LONGEST_TEXT = 1000;

const noticesKey = ['notices'];
const currentKey = ['notices', 'current'];

/** What is new, pinned and latest. Told anew as soon as somebody writes. */
export function useCurrentNotices() {
  useLiveQuery('notices', noticesKey, 0);
  return useQuery({ queryKey: currentKey, queryFn: () => call(api.GET('/api/notices/current')) });
}

export function useHistory(period: Period, day: string | undefined, unit: string | undefined) {
  return useQuery({
    queryKey: ['notices', 'history', period, day, unit],
    queryFn: () => call(api.GET('/api/notices', { params: { query: { period, day, unit, limit: 200 } } })),
    placeholderData: (before) => before,
  });
}

export function useRead() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (to: number) => call(api.POST('/api/notices/read', { body: { to } })),
    onSuccess: () => client.invalidateQueries({ queryKey: currentKey }),
  });
}

export function useWrite(done: () => void) {
  const client = useQueryClient();
  const tell = useTell();
  return useMutation({
    mutationFn: (body: components['schemas']['NoticeWritten']) => call(api.POST('/api/notices', { body })),
    onSuccess: () => {
      done();
      return client.invalidateQueries({ queryKey: noticesKey });
    },
    onError: (error) => tell.failed(error),
  });
}

export function usePin() {
  const client = useQueryClient();
  const tell = useTell();
  return useMutation({
    mutationFn: ({ id, pinned_at }: Notice) => {
      const params = { path: { id } };
      return pinned_at
        ? call(api.DELETE('/api/notices/{id}/pin', { params }))
        : call(api.POST('/api/notices/{id}/pin', { params }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: noticesKey }),
    onError: (error) => tell.failed(error),
  });
}

/** The units by key, to name those that notices were written to. */
export function useUnitNames(): Map<string, string> {
  const { data } = useQuery({
    queryKey: ['notices-units'],
    queryFn: async () => (await call(api.GET('/api/units', { params: { query: { limit: 200 } } }))).items,
    staleTime: 60_000,
  });
  return new Map(data?.map(({ key, name }) => [key, name]));
}
