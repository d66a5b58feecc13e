/** Telephone numbers as people type them, read by the server: the one reader that there is. */
import { api, call } from '@/api/client';

const INTERNATIONAL = /^\+[1-9][0-9]{4,14}$/;

/** The number in international form; null when nothing was typed. A ProblemError says why it is none. */
export async function readNumber(typed: string | null | undefined): Promise<string | null> {
  const text = typed?.trim();
  if (!text) return null;
  if (INTERNATIONAL.test(text)) return text;
  return (await call(api.POST('/api/directory/number', { body: { typed: text } }))).number;
}
