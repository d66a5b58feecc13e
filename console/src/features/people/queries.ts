/** What the pages about people read. The lists have the same keys as in the settings, so that a change there shows here. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, call, type components } from '@/api/client';
import { queryClient } from '@/shared/query';

type Schemas = components['schemas'];
export type Person = Schemas['Person'];
export type OwnField = Schemas['OwnField'];
export type Membership = Schemas['Membership'];

type Lists = {
  people: Person;
  units: Schemas['Unit'];
  roles: Schemas['OwnRole'];
  fields: OwnField;
  queues: Schemas['Queue'];
};

/** A whole list of the organisation: it is in the server's memory, and short. All lists are alike. */
export function listQuery<Name extends keyof Lists>(name: Name) {
  return queryOptions({
    queryKey: ['parts', name],
    queryFn: async (): Promise<Lists[Name][]> => {
      const found: Lists[Name][] = [];
      let cursor: string | undefined;
      do {
        const page = await call(
          api.GET(`/api/${name}` as '/api/people', { params: { query: { cursor, limit: 200 } } }),
        );
        found.push(...(page.items as unknown as Lists[Name][]));
        cursor = page.next ?? undefined;
      } while (cursor);
      return found;
    },
  });
}

export const useList = <Name extends keyof Lists>(name: Name) => useQuery(listQuery(name));

export const signInsQuery = queryOptions({
  queryKey: ['sign-ins'],
  queryFn: async () => {
    const found = await call(api.GET('/api/sign-ins'));
    return new Map(found.map((each) => [each.person, each]));
  },
});

/** The whole card. Reading somebody else's is noted in the audit log, so it is read once and not again by itself. */
export const personQuery = (key: string) =>
  queryOptions({
    queryKey: ['person', key],
    queryFn: () =>
      call(api.GET('/api/people/{key}', { params: { path: { key } } })) as unknown as Promise<Person>,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });

export const membershipsQuery = (key: string) =>
  queryOptions({
    queryKey: ['person', key, 'queues'],
    queryFn: async () =>
      (await call(api.GET('/api/people/{key}/queues', { params: { path: { key } } }))).queues as Membership[],
  });

/** After a change of the organisation: what was read of it may be old. */
export async function refreshOrganisation(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['parts'] }),
    queryClient.invalidateQueries({ queryKey: ['person'] }),
    queryClient.invalidateQueries({ queryKey: ['me'], exact: true }),
  ]);
}
