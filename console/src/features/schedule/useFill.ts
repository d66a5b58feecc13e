/** How full each period is on the days that are looked at: anew whenever something is booked, moved or saved. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api, call } from '@/api/client';
import { useLiveQuery } from '@/shared/live/useLiveQuery';
import { useMay } from '@/shared/session';
import type { FillLevel } from './Fill';
import { type Occurrence, type Period, unchanged } from './periods';

/** Milliseconds: places are given away by time too, and bookings come in flocks. */
const [LOOK_AGAIN, GATHER] = [60_000, 300];

/** Null where it is not known: of what is not saved yet, of days that are over, of periods without places. */
export function useFill(
  schedule: string,
  days: readonly string[],
  zone: string,
  before: readonly Period[],
): (occurrence: Occurrence) => FillLevel | null {
  const [from, to] = [days[0], days.at(-1)];
  useLiveQuery('callbacks', fillKey(schedule), GATHER);
  useLiveQuery('schedules', fillKey(schedule), GATHER);
  const { data } = useQuery({
    queryKey: [...fillKey(schedule), from, to],
    queryFn: async () => {
      const query = { from, to };
      return call(api.GET('/api/schedules/{key}/fill', { params: { path: { key: schedule }, query } }));
    },
    select: ({ periods }) => byOccurrence(periods, zone),
    enabled: useMay('see_live'),
    refetchInterval: LOOK_AGAIN,
    placeholderData: keepPreviousData,
  });
  return useCallback(
    ({ period, date }) => {
      const number = unchanged(before, period);
      return (number !== null && data?.get(`${number}@${date}`)) || null;
    },
    [data, before],
  );
}

export const fillKey = (schedule: string) => ['schedule-fill', schedule];

function byOccurrence(
  periods: readonly { period: number; start: string; filled: FillLevel }[],
  zone: string,
): ReadonlyMap<string, FillLevel> {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
  return new Map(
    periods.map(({ period, start, filled }) => [`${period}@${day.format(new Date(start))}`, seen(filled)]),
  );
}

/** What nobody can book any more since its time is over is not full. */
function seen(filled: FillLevel): FillLevel {
  return filled.state === 'full' && filled.taken < filled.places ? { ...filled, state: 'free' } : filled;
}
