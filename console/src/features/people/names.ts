/** Names of roles, units and languages, and keys made of names. */
import { useTranslation } from 'react-i18next';
import { useList } from './queries';

export const SYSTEM_ROLES = ['user', 'team_leader', 'administrator'] as const;

/** What can be chosen as a role: the system's first, then the organisation's own. */
export function useRoles(): { value: string; label: string }[] {
  const { t } = useTranslation();
  const own = useList('roles').data ?? [];
  return [
    ...SYSTEM_ROLES.map((role) => ({ value: role as string, label: t(`role.${role}`) })),
    ...own.map((role) => ({ value: role.key, label: role.name })),
  ];
}

/** Lower-case and without marks: so that "åsa" is found by "asa". */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();
}

/** A key out of a name, such as `anna-lind`, that nobody has yet. */
export function keyFrom(name: string, taken: Set<string>): string {
  const made = plain(name)
    .replace(/ø/g, 'o')
    .replace(/æ/g, 'ae')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 40);
  if (!made) return '';
  let key = made;
  for (let number = 2; taken.has(key); number += 1) key = `${made}-${number}`;
  return key;
}
