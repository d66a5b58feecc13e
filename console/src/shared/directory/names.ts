/** The names of what an organisation has: its numbers, queues, flows, lists, people and own fields. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, call, type components } from '@/api/client';
import { phoneNumber } from '@/shared/format';
import { useLive } from '@/shared/live/store';
import { useUnknown } from '@/shared/people/unnamed';
import { useMay } from '@/shared/session';

type Schemas = components['schemas'];

const WHOLE = { params: { query: { limit: 200 } } };
const KEPT = 5 * 60_000;

const numbersQuery = queryOptions({
  queryKey: ['names', 'numbers'],
  queryFn: () => call(api.GET('/api/numbers', WHOLE)),
  staleTime: KEPT,
});

const flowsQuery = queryOptions({
  queryKey: ['names', 'callflows'],
  queryFn: () => call(api.GET('/api/callflows', WHOLE)),
  staleTime: KEPT,
});

const listsQuery = queryOptions({
  queryKey: ['names', 'lists'],
  queryFn: () => call(api.GET('/api/lists', WHOLE)),
  staleTime: KEPT,
});

const fieldsQuery = queryOptions({
  queryKey: ['names', 'fields'],
  queryFn: () => call(api.GET('/api/fields', WHOLE)),
  staleTime: KEPT,
});

export interface HouseNames {
  /** One of our numbers; the number itself when it has no name. */
  number(number: string): string;
  queue(key: string): string;
  flow(key: string): string;
  list(key: string): string;
  category(key: string): string;
  person(key: string): string;
  field(key: string): string;
  /** What is written in one of our own fields: a day, yes or no, or anything. */
  fieldKind(key: string): Schemas['OwnField']['kind'] | undefined;
}

/** Gives names by key; what is not known (any more) is called by its key. */
export function useHouseNames(): HouseNames {
  const enabled = useMay('see_configuration');
  const numbers = useQuery({ ...numbersQuery, enabled }).data?.items;
  const flows = useQuery({ ...flowsQuery, enabled }).data?.items;
  const lists = useQuery({ ...listsQuery, enabled }).data?.items;
  const fields = useQuery({ ...fieldsQuery, enabled }).data?.items;
  const queues = useLive((state) => state.queues);
  const categories = useLive((state) => state.categories);
  const people = useLive((state) => state.agents);
  const unknown = useUnknown();
  return {
    number: (wanted) => numbers?.find(({ number }) => number === wanted)?.name ?? phoneNumber(wanted),
    queue: (wanted) => queues[wanted]?.name ?? wanted,
    list: (wanted) => lists?.find(({ key }) => key === wanted)?.name ?? wanted,
    category: (wanted) => categories[wanted]?.name ?? wanted,
    flow: (wanted) => flows?.find(({ key }) => key === wanted)?.name ?? wanted,
    person: (wanted) => people[wanted]?.name ?? unknown(wanted),
    field: (wanted) => fields?.find(({ key }) => key === wanted)?.name ?? wanted,
    fieldKind: (wanted) => fields?.find(({ key }) => key === wanted)?.kind,
  };
}
