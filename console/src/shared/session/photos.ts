/** People's photos: who has one, and its address on our own server. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, call } from '@/api/client';

export const photosQuery = queryOptions({
  queryKey: ['photos'],
  queryFn: async () => {
    const found = await call(api.GET('/api/photos'));
    return new Map(found.map((each) => [each.person, each.sha256]));
  },
  staleTime: 5 * 60_000,
});

/** Gives the address of a person's photo, or null. The address changes with the photo, so browsers may keep it. */
export function usePhotos(): (person: string | null | undefined) => string | null {
  const { data } = useQuery(photosQuery);
  return (person) => {
    const hash = person ? data?.get(person) : undefined;
    return hash ? `/api/people/${person}/photo?v=${hash}` : null;
  };
}
