/** Lines of the audit log in words. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call, type components } from '@/api/client';

type Line = components['schemas']['AuditLine'];

export function useWords() {
  const { t, i18n } = useTranslation('audit');
  const people = useQuery({ queryKey: ['audit-people'], queryFn: namesOfPeople, staleTime: 60_000 });
  return {
    /** A person by name, a program by its token, whoever else as the log has it. */
    who: (name: string) => {
      if (name === 'command line') return t('commandLine');
      if (name.startsWith('token:')) return t('token', { name: name.slice(6) });
      return people.data?.get(name) ?? name;
    },
    /** What was done, by its stable name; one that we have no words for is shown as it is. */
    action: (name: string) =>
      i18n.exists(`actions.${name}`, { ns: 'audit' }) ? t(`actions.${name}`) : name.replace(/-/g, ' '),
    /** The differences, one a line. */
    changes: (line: Line): string[] => {
      const { before, after } = line;
      if (line.action === 'sign-in-failed' && isObject(after)) return [t(`failed.${String(after.what)}`)];
      if (isObject(after) && Array.isArray(after.changes)) return after.changes.map(String);
      return [...told(before, '−'), ...told(after, '')];
    },
  };
}

async function namesOfPeople(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  let cursor: string | undefined;
  do {
    const page = await call(api.GET('/api/people', { params: { query: { cursor, limit: 200 } } }));
    for (const person of page.items as unknown as { key: string; name: string }[])
      found.set(person.key, person.name);
    cursor = page.next ?? undefined;
  } while (cursor);
  return found;
}

function told(value: unknown, sign: string): string[] {
  if (value === null || value === undefined) return [];
  if (!isObject(value)) return [`${sign} ${JSON.stringify(value)}`.trim()];
  return Object.entries(value).map(([name, each]) =>
    `${sign} ${name}: ${typeof each === 'string' ? each : JSON.stringify(each)}`.trim(),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
