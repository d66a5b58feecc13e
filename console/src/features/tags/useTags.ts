import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import { useTell } from '@/shared/components';
import type { Place, Tag } from './tree';

const tagsKey = ['tags'];

export function useTags() {
  return useQuery({
    queryKey: tagsKey,
    queryFn: async () => {
      const found: Tag[] = [];
      let cursor: string | undefined;
      do {
        const page = await call(api.GET('/api/tags', { params: { query: { cursor, limit: 200 } } }));
        found.push(...page.items);
        cursor = page.next ?? undefined;
      } while (cursor);
      return found;
    },
  });
}

export function useQueueOptions() {
  const { data } = useQuery({
    queryKey: ['tags-queues'],
    queryFn: async () => (await call(api.GET('/api/queues', { params: { query: { limit: 200 } } }))).items,
    staleTime: 60_000,
  });
  return (data ?? []).map(({ key, name }) => ({ value: key, label: name }));
}

export function useUnitOptions() {
  const { data } = useQuery({
    queryKey: ['tags-units'],
    queryFn: async () => (await call(api.GET('/api/units', { params: { query: { limit: 200 } } }))).items,
    staleTime: 60_000,
  });
  return (data ?? []).map(({ key, name }) => ({ value: key, label: name }));
}

export function useTagChanges() {
  const client = useQueryClient();
  const tell = useTell();
  const settled = () => client.invalidateQueries({ queryKey: tagsKey });
  const onError = (error: unknown) => tell.failed(error);
  const move = useMutation({
    mutationFn: ({ key, place }: { key: string; place: Place }) =>
      call(api.POST('/api/tags/{key}/move', { params: { path: { key } }, body: place })),
    onSettled: settled,
    onError,
  });
  const change = useMutation({
    mutationFn: (tag: Tag) =>
      call(api.PUT('/api/tags/{key}', { params: { path: { key: tag.key } }, body: tag })),
    onSettled: settled,
  });
  const add = useMutation({
    mutationFn: (tag: Tag) => call(api.POST('/api/tags', { body: tag })),
    onSettled: settled,
  });
  const remove = useMutation({
    mutationFn: (key: string) => call(api.DELETE('/api/tags/{key}', { params: { path: { key } } })),
    onSettled: settled,
    onError,
  });
  return { move, change, add, remove };
}
