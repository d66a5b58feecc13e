/** A moment that is typed as a day and a time. */
import { dayKey, timeKey } from './written';

/** Each empty when nothing is written, null when it is not understood. */
export interface TypedMoment {
  day: string | null;
  time: string | null;
}

/** What is wrong: not understood, a day alone, over already. */
export type MomentFault = 'unread' | 'noTime' | 'past';

export function typedMoment(moment: Date | null): TypedMoment {
  return moment ? { day: dayKey(moment), time: timeKey(moment) } : { day: '', time: '' };
}

/** Null: none, which is not wrong. A time alone is meant today. */
export function momentOf({ day, time }: TypedMoment, now: Date): Date | MomentFault | null {
  if (day === null || time === null) return 'unread';
  if (!day && !time) return null;
  if (!time) return 'noTime';
  const found = new Date(`${day || dayKey(now)}T${time}`);
  return found.getTime() > now.getTime() ? found : 'past';
}
