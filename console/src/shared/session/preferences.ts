/** How the one who is signed in works. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, call, type components } from '@/api/client';

type Schemas = components['schemas'];
export type Preferences = Schemas['Preferences'];
export type Notices = Required<Schemas['Notices']>;

export const preferencesQuery = queryOptions({
  queryKey: ['me', 'preferences'],
  queryFn: () => call(api.GET('/api/me/preferences')),
  staleTime: 60_000,
});

/** As on the server when nothing was chosen; loud rather than missed while it is not known. */
const NOTICES: Notices = { offers: true, voicemails: false, callbacks_due: false, notes: true, sound: true };

export function useNotices(): Notices {
  const { data } = useQuery(preferencesQuery);
  return { ...NOTICES, ...data?.notices };
}

/** The way to transfer that is offered first. */
export function useWayToTransfer(): 'consult' | 'blind' {
  return useQuery(preferencesQuery).data?.transfer ?? 'consult';
}
