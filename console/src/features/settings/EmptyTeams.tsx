/** Teams of a queue to which nobody belongs: right, since somebody may come, and often a slip of the pen. */
import { Alert } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { JsonObject } from '@/shared/forms';
import { useParts } from '@/shared/parts';

interface Team {
  tag?: string | null;
  unit?: string | null;
}

export function EmptyTeams({ queue }: { queue: JsonObject }) {
  const { t } = useTranslation('settings');
  const people = useParts('people').data;
  const units = useParts('units').data ?? [];
  const teams = (Array.isArray(queue.teams) ? queue.teams : []) as Team[];
  if (!people) return null;
  const empty = teams.filter((team) => !people.some((person) => belongs(person, team)));
  const named = empty.flatMap(({ tag, unit }) => {
    if (tag) return [t('emptyTeams.tag', { tag })];
    const found = units.find(({ key }) => key === unit);
    return unit ? [t('emptyTeams.unit', { unit: String(found?.name ?? unit) })] : [];
  });
  if (!named.length) return null;
  return (
    <Alert color="yellow" icon={<IconUsers size={18} aria-hidden />} role="status">
      {named.map((words) => (
        <div key={words}>{words}</div>
      ))}
    </Alert>
  );
}

function belongs(person: JsonObject, { tag, unit }: Team): boolean {
  const has = (list: unknown, word: string) =>
    Array.isArray(list) && list.some((one) => String(one).toLowerCase() === word.toLowerCase());
  return tag ? has(person.tags, tag) : has(person.units, unit ?? '');
}
