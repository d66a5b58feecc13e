/** The rows of lists as the server keeps them. */
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { api, call, type components } from '@/api/client';
import type { Chosen } from '@/shared/importing';

type Schemas = components['schemas'];
export type ListRow = Schemas['ListRowShown'];
export type ListVersion = Schemas['ListVersionShown'];
export type Written = Schemas['ListRowWritten'];

export function useRows(list: string, search: string, version: number | null) {
  return useInfiniteQuery({
    queryKey: ['list-rows', list, search, version],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      call(
        api.GET('/api/lists/{key}/rows', {
          params: {
            path: { key: list },
            query: { search, version, cursor: pageParam, limit: 200 },
          },
        }),
      ),
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function useVersions(list: string, enabled: boolean) {
  return useInfiniteQuery({
    queryKey: ['list-versions', list],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      call(
        api.GET('/api/lists/{key}/versions', {
          params: { path: { key: list }, query: { cursor: pageParam, limit: 50 } },
        }),
      ),
    getNextPageParam: ({ next }) => next ?? undefined,
    enabled,
  });
}

/** How many rows each list has. */
export function useListSizes(enabled: boolean) {
  const { data } = useQuery({
    queryKey: ['list-sizes'],
    queryFn: () => call(api.GET('/api/list-sizes')),
    enabled,
  });
  return (list: string) => data?.find((each) => each.list === list)?.rows ?? 0;
}

/** What is asked of the server against the version that the reader has seen. */
export function useRowChanges(list: string) {
  const client = useQueryClient();
  const onSettled = () =>
    Promise.all(
      [['list-rows', list], ['list-versions', list], ['list-sizes']].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    );
  const path = { key: list };
  const add = useMutation({
    mutationFn: (row: Written) => call(api.POST('/api/lists/{key}/rows', { params: { path }, body: row })),
    onSettled,
  });
  const change = useMutation({
    mutationFn: ({ number, row }: { number: string; row: Written }) =>
      call(api.PUT('/api/lists/{key}/rows/{number}', { params: { path: { ...path, number } }, body: row })),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: (numbers: string[]) =>
      call(api.POST('/api/lists/{key}/rows/remove', { params: { path }, body: { numbers } })),
    onSettled,
  });
  const restore = useMutation({
    mutationFn: (version: number) =>
      call(
        api.POST('/api/lists/{key}/versions/{version}/restore', { params: { path: { ...path, version } } }),
      ),
    onSettled,
  });
  return { add, change, remove, restore, changed: onSettled };
}

export function bringIn(list: string, { file, encoding, way, note }: Chosen, dry_run: boolean) {
  return call(
    api.POST('/api/lists/{key}/import', {
      params: {
        path: { key: list },
        query: { dry_run, skip_faulty: true, encoding, replace: way === 'replace', note },
      },
      // Sent as it is: it is a file, not JSON.
      body: file as never,
      bodySerializer: (body: unknown) => body as Blob,
      headers: { 'Content-Type': 'application/octet-stream' },
    }),
  );
}
