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

export type WayToTransfer = 'now' | 'askFirst';

/** The ways to transfer a call; the one that the person prefers comes last, where the eye ends. No queue can be asked. */
export function useWaysToTransfer(queue: boolean): WayToTransfer[] {
  const preferred = useQuery(preferencesQuery).data?.transfer;
  if (queue) return ['now'];
  return preferred === 'blind' ? ['askFirst', 'now'] : ['now', 'askFirst'];
}
