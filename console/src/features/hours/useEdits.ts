/** Opening hours as they are edited: each change is a step that can be taken back. */
import { useMemo, useRef } from 'react';
import { type Edge, useSteps, WEEKDAYS, minutesOf, type Weekday } from '@/shared/calendar';
import {
  type Category,
  type Exception,
  type Hours,
  movedBy,
  painted,
  pulledTo,
  type Segment,
  type SpanValue,
} from './hours';

export function useEdits(first: Hours) {
  const steps = useSteps<Hours>(first);
  const { value: hours, change } = steps;
  const counted = useRef(0);
  const edits = useMemo(() => {
    const freeId = () => `n${(counted.current += 1)}`;
    const put = (segments: readonly Segment[]) => change({ ...hours, segments });
    const over = (segment: Segment) => {
      put(painted(hours.segments, segment, freeId));
      return segment.id;
    };
    const found = (id: string) => hours.segments.find((each) => each.id === id);
    return {
      move(id: string, days: number, minutes: number) {
        const segment = found(id);
        return segment ? over(movedBy(segment, days, minutes)) : id;
      },
      resize(id: string, edge: Edge, to: number) {
        const segment = found(id);
        return segment ? over(pulledTo(segment, edge, to)) : id;
      },
      copy(id: string, day: number, start: number) {
        const segment = found(id);
        if (!segment) return id;
        return over(movedBy({ ...segment, id: freeId() }, day - segment.day, start - segment.start));
      },
      remove: (ids: readonly string[]) => put(hours.segments.filter(({ id }) => !ids.includes(id))),
      /** The same on each of these days, in place of what was opened. */
      lay(ids: readonly string[], { days, from, to, category }: SpanValue & { days: readonly Weekday[] }) {
        let segments: readonly Segment[] = hours.segments.filter(({ id }) => !ids.includes(id));
        for (const day of days) {
          const [start, end] = [minutesOf(from), minutesOf(to)];
          segments = painted(
            segments,
            { id: freeId(), day: WEEKDAYS.indexOf(day), start, end, category },
            freeId,
          );
        }
        put(segments);
      },
      name: (categories: readonly Category[]) => change({ ...hours, categories }),
      except: (exceptions: readonly Exception[]) => change({ ...hours, exceptions }),
    };
  }, [hours, change]);
  return { ...steps, hours, ...edits };
}
