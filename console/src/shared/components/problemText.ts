import type { i18n } from 'i18next';
import { useTranslation } from 'react-i18next';
import { ProblemError, Unreachable } from '@/api/client';

export interface ProblemText {
  title: string;
  detail: string;
  remedy: string;
  unreachable: boolean;
}

/** The words for an error: those of the reader's language by the problem's stable id, else the server's. */
export function problemText(error: unknown, i18n: i18n): ProblemText {
  const t = i18n.getFixedT(null, 'problems');
  if (error instanceof ProblemError) {
    const { id, problem } = error;
    const known = (part: string, fallback: string) =>
      i18n.exists(`${id}.${part}`, { ns: 'problems' }) ? t(`${id}.${part}`) : fallback;
    return {
      title: known('title', problem.title),
      detail: reasonText(problem.faults, i18n) ?? known('detail', problem.detail),
      remedy: known('remedy', problem.remedy),
      unreachable: false,
    };
  }
  if (error instanceof Unreachable) {
    return { title: t('unreachable.title'), detail: '', remedy: t('unreachable.remedy'), unreachable: true };
  }
  return { title: t('unexpected.title'), detail: '', remedy: t('unexpected.remedy'), unreachable: false };
}

/** A fault by its stable id, with what its text names as `{{0}}`, `{{1}}` … */
interface Reasoned {
  reason?: string;
  values?: readonly string[];
}

/** What is wrong with what was typed, in the reader's language: the first of the faults for which we have words. */
export function reasonText(faults: readonly Reasoned[], i18n: i18n): string | null {
  const found = faults.find(({ reason }) => reason && i18n.exists(`reason.${reason}`, { ns: 'problems' }));
  return found ? i18n.getFixedT(null, 'problems')(`reason.${found.reason}`, { ...found.values }) : null;
}

/** Gives the words for an error; waits until they are there. */
export function useProblemText(): (error: unknown) => ProblemText {
  const { i18n } = useTranslation('problems');
  return (error) => problemText(error, i18n);
}
