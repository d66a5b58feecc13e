import { queryOptions } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import type { View } from './items';

/** What the person has hidden on the desk; asked for while the page itself is on its way. */
export const viewQuery = queryOptions({
  queryKey: ['desk', 'view'],
  staleTime: Infinity,
  queryFn: async () => (await call(api.GET('/api/desk/view'))) as View,
});
