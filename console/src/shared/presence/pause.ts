/** Pausing: logged in, and rung for no queue. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call, serverNow, type components } from '@/api/client';

type Schemas = components['schemas'];
export type Pause = Schemas['LivePause'];

/** What can be chosen without reasons of the organisation's own; the console has words for them. */
const SHIPPED = ['break', 'lunch', 'meeting', 'paperwork', 'training', 'other'] as const;
type Shipped = (typeof SHIPPED)[number];

const MINUTE = 60_000;

export interface Reason {
  key: string;
  name: string;
  /** It ends by itself after so long. */
  minutes: number | null;
}

/** What can be chosen, as the settings say. */
export function usePauseReasons(enabled = true): Reason[] {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['parts', 'pauses', 'all'],
    staleTime: 60_000,
    enabled,
    queryFn: () => call(api.GET('/api/pauses', { params: { query: { limit: 200 } } })),
  });
  if (!data) return [];
  const own = data.items.map(({ key, name, minutes }) => ({ key, name, minutes: minutes ?? null }));
  return own.length ? own : SHIPPED.map((key) => ({ key, name: t(`pause.reasons.${key}`), minutes: null }));
}

/** Why, in words; empty when it came with the log-in. */
export function usePauseName(): (pause: Pick<Pause, 'reason' | 'name'>) => string {
  const { t } = useTranslation();
  return ({ reason, name }) => {
    if (name) return name;
    const shipped = SHIPPED.find((each) => each === reason) as Shipped | undefined;
    return shipped ? t(`pause.reasons.${shipped}`) : (reason ?? '');
  };
}

export interface Wanted {
  reason: string;
  /** From now on; null: at the reason's own time, or when somebody ends it. */
  minutes: number | null;
}

/** Let somebody pause, or come back. `me` is the one who is signed in. */
export function usePause(person: string) {
  const params = { path: { person } };
  const begin = useMutation({
    mutationFn: ({ reason, minutes }: Wanted) => {
      const until = minutes === null ? null : new Date(serverNow() + minutes * MINUTE).toISOString();
      return call(api.PUT('/api/agents/{person}/pause', { params, body: { reason, until } }));
    },
  });
  const end = useMutation({
    mutationFn: () => call(api.DELETE('/api/agents/{person}/pause', { params })),
  });
  return { begin, end };
}
