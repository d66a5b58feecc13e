/** Questions to the directory, and what may be changed in it. */
import {
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, type components } from '@/api/client';
import { useTell } from '@/shared/components';
import { useLiveQuery } from '@/shared/live/useLiveQuery';

type Schemas = components['schemas'];
export type Entry = Schemas['EntryShown'];
export type Contact = Schemas['ContactShown'];
export type ContactWritten = Schemas['ContactWritten'];
export type Caller = Schemas['CallerShown'];

/** Part of the directory that is wanted. */
export type Shelf = 'all' | 'colleague' | 'contact' | 'favourites';

const DIRECTORY = ['directory'];
const PAGE = 30;

interface Found {
  items: Entry[];
  next: string | null;
}

/** Searches while one types: the last findings stay until the new ones are there. */
export function useDirectory(text: string, shelf: Shelf) {
  useLiveQuery('contacts', DIRECTORY);
  const found = useInfiniteQuery({
    queryKey: [...DIRECTORY, 'search', shelf, text],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }): Promise<Found> =>
      call(
        api.GET('/api/directory', {
          signal,
          params: {
            query: {
              q: text,
              kind: shelf === 'colleague' || shelf === 'contact' ? shelf : undefined,
              favourites: shelf === 'favourites',
              cursor: pageParam,
              limit: PAGE,
            },
          },
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
  const entries = useMemo(() => found.data?.pages.flatMap((page) => page.items), [found.data]);
  return { ...found, entries };
}

/** Who has a number, and who of us spoke with it last. */
export function useCaller(number: string | null) {
  useLiveQuery('contacts', DIRECTORY);
  return useQuery({
    queryKey: [...DIRECTORY, 'number', number],
    queryFn: () => call(api.GET('/api/directory/by-number', { params: { query: { number: number ?? '' } } })),
    enabled: Boolean(number),
    // Each call anew: meanwhile somebody may have spoken with them.
    refetchOnMount: 'always',
  });
}

/** The names that the directory has for numbers. */
export function useNamesOf(numbers: (string | null)[]): Record<string, string> {
  const wanted = [...new Set(numbers.filter((number): number is string => Boolean(number)))]
    .sort()
    .slice(0, 200);
  const { data } = useQuery({
    queryKey: [...DIRECTORY, 'names', wanted],
    queryFn: () => call(api.POST('/api/directory/names', { body: { numbers: wanted } })),
    enabled: wanted.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  return data?.names ?? {};
}

/** The whole card of a contact. That somebody opened it is noted by the server. */
export function useContact(id: string | null) {
  return useQuery({
    queryKey: [...DIRECTORY, 'contact', id],
    queryFn: () => call(api.GET('/api/contacts/{id}', { params: { path: { id: id ?? '' } } })),
    enabled: Boolean(id),
    staleTime: 60_000,
  });
}

/** Mark as one's own favourite, or no longer; shown at once. */
export function useFavourite() {
  const client = useQueryClient();
  const tell = useTell();
  const change = useMutation({
    mutationFn: ({ kind, key, favourite }: Entry) => {
      const params = { params: { path: { kind, key } } };
      const path = '/api/directory/favourites/{kind}/{key}';
      return call<unknown>(favourite ? api.DELETE(path, params) : api.PUT(path, params));
    },
    onMutate: ({ kind, key, favourite }) =>
      client.setQueriesData<InfiniteData<Found>>(
        { queryKey: [...DIRECTORY, 'search'] },
        (before) =>
          before && {
            ...before,
            pages: before.pages.map((page) => ({
              ...page,
              items: page.items.map((each) =>
                each.kind === kind && each.key === key ? { ...each, favourite: !favourite } : each,
              ),
            })),
          },
      ),
    onError: tell.failed,
    onSettled: () => client.invalidateQueries({ queryKey: DIRECTORY }),
  });
  return (entry: Entry) => change.mutate(entry);
}

/** Add a contact, or change the one with the id. */
export function useSaveContact(id: string | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ContactWritten) =>
      id
        ? call(api.PUT('/api/contacts/{id}', { params: { path: { id } }, body }))
        : call(api.POST('/api/contacts', { body })),
    onSuccess: (saved) => {
      client.setQueryData([...DIRECTORY, 'contact', saved.id], saved);
      return client.invalidateQueries({ queryKey: DIRECTORY });
    },
  });
}

export function useDeleteContact() {
  const client = useQueryClient();
  const tell = useTell();
  const { t } = useTranslation('directory');
  return useMutation({
    mutationFn: (id: string) => call<unknown>(api.DELETE('/api/contacts/{id}', { params: { path: { id } } })),
    onSuccess: () => {
      tell.done(t('deleted'));
      return client.invalidateQueries({ queryKey: DIRECTORY });
    },
    onError: tell.failed,
  });
}
