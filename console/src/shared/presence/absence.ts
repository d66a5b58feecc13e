/** Being away, as it is told to colleagues. */
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call, type components } from '@/api/client';
import type { Shape, Tone } from '@/shared/components/Marks';
import { clockTime, day, isSameDay } from '@/shared/format';

type Schemas = components['schemas'];
export type Absence = Schemas['LiveAbsence'];
export type AbsenceKind = Schemas['AbsenceKind'];
export type NewAbsence = Schemas['NewAbsence'];

/** The short ones first; each with its mark. */
export const ABSENCES: Record<AbsenceKind, { tone: Tone; shape: Shape }> = {
  busy: { tone: 'busy', shape: 'square' },
  meeting: { tone: 'busy', shape: 'bar' },
  lunch: { tone: 'busy', shape: 'bar' },
  out: { tone: 'quiet', shape: 'bar' },
  gone_for_the_day: { tone: 'quiet', shape: 'bar' },
  ill: { tone: 'quiet', shape: 'bar' },
  holiday: { tone: 'quiet', shape: 'bar' },
};
export const ABSENCE_KINDS = Object.keys(ABSENCES) as AbsenceKind[];

const HOUR = 3_600_000;

/** The end that is meant when none is chosen; null: it stays until somebody ends it. */
export function usualEnd(kind: AbsenceKind, now = new Date()): Date | null {
  if (kind === 'lunch') return new Date(now.getTime() + HOUR);
  return kind === 'gone_for_the_day' ? endOfDay(now) : null;
}

export function endOfDay(now = new Date()): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
}

/** The time today, the day later, both where both matter. A day that ends at midnight is that day. */
export function useUntil(): (absence: Pick<Absence, 'until'>) => string {
  const { t } = useTranslation();
  return ({ until }) => {
    if (!until) return '';
    const end = new Date(until);
    const midnight = end.getHours() === 0 && end.getMinutes() === 0;
    const shown = midnight ? new Date(end.getTime() - 1) : end;
    if (isSameDay(shown, new Date())) return midnight ? '' : t('absence.until', { when: clockTime(end) });
    return t('absence.until', { when: midnight ? day(shown) : `${day(end)} ${clockTime(end)}` });
  };
}

/** Say that somebody is away, or back. `me` is the one who is signed in. */
export function useAbsence(person: string) {
  const params = { path: { person } };
  const begin = useMutation({
    mutationFn: (body: NewAbsence) => call(api.PUT('/api/agents/{person}/absence', { params, body })),
  });
  const end = useMutation({
    mutationFn: () => call(api.DELETE('/api/agents/{person}/absence', { params })),
  });
  const logOut = useMutation({
    mutationFn: () => call(api.POST('/api/agents/{person}/log-out', { params })),
  });
  return { begin, end, logOut };
}
