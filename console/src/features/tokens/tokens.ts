import { queryOptions } from '@tanstack/react-query';
import { api, call, type components } from '@/api/client';

type Schemas = components['schemas'];
export type Token = Schemas['TokenShown'];
export type TokenMade = Schemas['TokenMade'];
export type TokenRole = Schemas['Role'];

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: () => call(api.GET('/api/tokens')),
});
