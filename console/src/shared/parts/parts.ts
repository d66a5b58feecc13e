/** The lists of the organisation as the server keeps them. All lists are alike, so one way serves for all. */
import { useQueries, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import type { JsonObject, JsonSchema, Option } from '@/shared/forms';
/** A list of the organisation, or its own settings. */
export interface OfList {
  list: string;
}

type AnyList = '/api/units';
type AnyPart = '/api/units/{key}';

const listPath = (list: string) => `/api/${list}` as AnyList;
const partPath = (list: string) => `/api/${list}/{key}` as AnyPart;

export const listQuery = (list: string) => ({
  queryKey: ['parts', list],
  queryFn: async (): Promise<JsonObject[]> => {
    const found: JsonObject[] = [];
    let cursor: string | undefined;
    do {
      const page = await call(api.GET(listPath(list), { params: { query: { cursor, limit: 200 } } }));
      found.push(...(page.items as unknown as JsonObject[]));
      cursor = page.next ?? undefined;
    } while (cursor);
    return found;
  },
});

export const organisationQuery = {
  queryKey: ['parts', 'organisation'],
  queryFn: async () => (await call(api.GET('/api/organisation'))) as unknown as JsonObject,
};

export const schemaQuery = {
  queryKey: ['organisation-schema'],
  queryFn: async () => (await call(api.GET('/api/organisation/schema'))) as unknown as JsonSchema,
  staleTime: Number.POSITIVE_INFINITY,
};

export function useParts(list: string) {
  return useQuery(listQuery(list));
}

export function useSchema() {
  return useQuery(schemaQuery);
}

/** What can be chosen from each of these lists. */
export function useOptions(lists: string[]): (list: string) => Option[] {
  const { t } = useTranslation('settings');
  const found = useQueries({ queries: lists.map((list) => listQuery(list)) });
  return (list) => {
    const parts = found[lists.indexOf(list)]?.data ?? [];
    const own = parts.map((part) => ({ value: String(part.key ?? part.number), label: String(part.name) }));
    return list === 'playlists' ? [{ value: 'default', label: t('tracks.standard') }, ...own] : own;
  };
}

interface Now {
  value: JsonObject;
  tag: string | undefined;
}

/** The part as it is at this moment, with the tag of the revision that it is of. */
export async function readNow({ list }: OfList, key: string): Promise<Now> {
  const asked =
    list === 'organisation'
      ? await api.GET('/api/organisation')
      : await api.GET(partPath(list), { params: { path: { key } } });
  const value = await call(Promise.resolve(asked as { data?: unknown; error?: unknown; response: Response }));
  return { value: value as JsonObject, tag: asked.response.headers.get('etag') ?? undefined };
}

/** Keep what is wanted: a new part without `key`, else in the place of the one that has it. */
export function keep(
  { list }: OfList,
  key: string | null,
  value: JsonObject,
  tag?: string,
): Promise<JsonObject> {
  const body = value as never;
  const header = { 'if-match': tag };
  if (list === 'organisation')
    return call(api.PUT('/api/organisation', { params: { header }, body })) as unknown as Promise<JsonObject>;
  if (key === null) return call(api.POST(listPath(list), { body })) as unknown as Promise<JsonObject>;
  return call(
    api.PUT(partPath(list), { params: { path: { key }, header }, body }),
  ) as unknown as Promise<JsonObject>;
}

export function remove(list: string, key: string): Promise<unknown> {
  return call(api.DELETE(partPath(list), { params: { path: { key } } }));
}
