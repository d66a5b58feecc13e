/** The periods as they are edited: each change is a step that can be taken back. */
import { useMemo, useRef } from 'react';
import { clock, type Edge, minutesOf, useSteps, weekdayOf } from '@/shared/calendar';
import {
  changedAt,
  occurrenceId,
  once,
  partsOf,
  type Period,
  type PeriodValue,
  pulled,
  type Scope,
  shifted,
} from './periods';

export function begun(values: readonly PeriodValue[]): Period[] {
  return values.map((value, index) => ({ id: `p${index}`, value }));
}

export function usePeriods(first: readonly Period[]) {
  const steps = useSteps<readonly Period[]>(first);
  const { value: periods, change } = steps;
  const counted = useRef(0);
  const edits = useMemo(() => {
    const freeId = () => `n${(counted.current += 1)}`;
    const at = (occurrence: string, scope: Scope, edit: (value: PeriodValue) => PeriodValue | null) => {
      const found = changedAt(periods, partsOf(occurrence), scope, edit, freeId);
      change(found.periods);
      return found.id;
    };
    const added = (value: PeriodValue, date: string) => {
      const id = freeId();
      change([...periods, { id, value }]);
      return occurrenceId(id, date);
    };
    return {
      at,
      added,
      move: (occurrence: string, scope: Scope, from: string, to: string, days: number, minutes: number) => {
        const id = at(occurrence, scope, (value) => shifted(value, days, minutes));
        return occurrenceId(id, days ? to : from);
      },
      resize: (occurrence: string, scope: Scope, edge: Edge, to: number) => {
        const id = at(occurrence, scope, (value) => pulled(value, edge, to));
        return occurrenceId(id, partsOf(occurrence).date);
      },
      /** Another one like it: one that is there once on that date, one that comes each week on that weekday. */
      copy: (of: PeriodValue, date: string, start: number, isOnce: boolean) => {
        const long = minutesOf(of.to) - minutesOf(of.from);
        const begins = Math.min(start, 24 * 60 - long);
        const like = { ...of, from: clock(begins), to: clock(begins + long) };
        return added(isOnce ? once(like, date) : { ...like, days: [weekdayOf(date)] }, date);
      },
    };
  }, [periods, change]);
  return { ...steps, periods, ...edits };
}
