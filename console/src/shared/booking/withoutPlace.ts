/** Callbacks for which the work schedule has no place any more, since it was changed. */
import { type QueryClient, useQuery } from '@tanstack/react-query';
import { api, call, type components } from '@/api/client';
import { useMay } from '@/shared/session';

export type WithoutPlace = components['schemas']['UnplacedShown'];

/** Shown at a time. There are seldom more, and they follow when these are settled. */
export const MOST_WITHOUT_PLACE = 200;

const KEY = ['callbacks', 'without-place'];
const A_MINUTE = 60_000;

const withoutPlaceQuery = {
  queryKey: KEY,
  queryFn: async () => {
    const params = { query: { limit: MOST_WITHOUT_PLACE } };
    return (await call(api.GET('/api/callbacks/without-place', { params }))).items;
  },
};

/** Read again each minute: schedules are changed by others, and hours by the calendar. */
export function useWithoutPlace() {
  const may = useMay('handle_callbacks');
  return useQuery({ ...withoutPlaceQuery, enabled: may, refetchInterval: A_MINUTE });
}

export function readWithoutPlaceAnew(client: QueryClient): Promise<WithoutPlace[]> {
  return client.fetchQuery({ ...withoutPlaceQuery, staleTime: 0 });
}
