/** Lines of the audit log in words. */
import { useTranslation } from 'react-i18next';
import type { components } from '@/api/client';

type Line = components['schemas']['AuditLine'];

export function useWords() {
  const { t, i18n } = useTranslation('audit');
  return {
    /** What was done, by its stable name; one that we have no words for is shown as it is. */
    action: (name: string) =>
      i18n.exists(`actions.${name}`, { ns: 'audit' }) ? t(`actions.${name}`) : name.replace(/-/g, ' '),
    /** The differences, one a line. */
    changes: (line: Line): string[] => {
      const { before, after } = line;
      if (isObject(after) && Array.isArray(after.changes)) return after.changes.map(String);
      return [...told(before, '−'), ...told(after, '')];
    },
  };
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
