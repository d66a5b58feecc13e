/** The faults that the server found, each at its field and in the reader's language where we have the words. */
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { type Problem, ProblemError } from '@/api/client';
import { reasonText } from '@/shared/components';
import { normalised } from './schema';

export interface PlacedFault {
  /** Path in the form; null: it is about something else in the organisation. */
  path: string | null;
  /** Where it is in the document. */
  where: string;
  message: string;
}

type Fault = Problem['faults'][number];

/** The faults of a refused change, with their words. `own`: where what was being changed stands, `queues[2]`. */
export function usePlaced(error: unknown, own: string): PlacedFault[] {
  useTranslation('problems');
  if (!(error instanceof ProblemError)) return [];
  return error.problem.faults.map((fault) => ({
    path: pathInForm(fault.path, own),
    where: fault.path,
    message: words(fault),
  }));
}

function pathInForm(path: string, own: string): string | null {
  if (path === own || path === 'body') return '';
  if (path.startsWith(`${own}.`)) return path.slice(own.length + 1);
  return path.startsWith('body.') ? normalised(path) : null;
}

function words(fault: Fault): string {
  return reasonText([fault], i18next) ?? [fault.message, fault.remedy].filter(Boolean).join('. ');
}
