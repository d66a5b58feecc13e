/** Who is signed in. What he may do is decided by the server; here is only hidden what it would refuse. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, call, type components } from '@/api/client';

export type Me = components['schemas']['Me'];
export type Right = Me['rights'][number];

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => call(api.GET('/api/me')),
  staleTime: 60_000,
});

export function useMe(): Me {
  const { data } = useQuery(meQuery);
  if (!data) throw new Error('useMe outside of the signed-in pages');
  return data;
}

/** Whether the server would allow it. */
export function useMay(right: Right): boolean {
  return useMe().rights.includes(right);
}
