/** Roles and rights as the pages show them. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call, type components } from '@/api/client';
import { queryClient } from '@/shared/query';

type Schemas = components['schemas'];
export type Right = Schemas['Right'];
export type OwnRole = Schemas['OwnRole'];

/** A role of the system or of the organisation's own. */
export interface Role {
  key: string;
  name: string;
  description: string;
  rights: Set<Right>;
  people: number;
  /** Null: one of the system's, which is always the same. */
  own: OwnRole | null;
}

export interface RightGroup {
  key: string;
  name: string;
  rights: { key: Right; name: string; text: string }[];
}

const rightsQuery = queryOptions({
  queryKey: ['rights'],
  queryFn: () => call(api.GET('/api/rights')),
  staleTime: Infinity,
});

const rolesQuery = queryOptions({
  queryKey: ['parts', 'roles'],
  queryFn: async () =>
    (await call(api.GET('/api/roles', { params: { query: { limit: 200 } } }))).items as unknown as OwnRole[],
});

const peopleQuery = queryOptions({
  queryKey: ['parts', 'people'],
  queryFn: async () => {
    const found: Schemas['Person'][] = [];
    let cursor: string | undefined;
    do {
      const page = await call(api.GET('/api/people', { params: { query: { cursor, limit: 200 } } }));
      found.push(...(page.items as unknown as Schemas['Person'][]));
      cursor = page.next ?? undefined;
    } while (cursor);
    return found;
  },
});

const GROUPS = ['calls', 'desk', 'people', 'organisation', 'other'];

/** All roles, from the least of the system's to the organisation's own, and all rights in their groups. */
export function useRoles() {
  const { t, i18n } = useTranslation('roles');
  const { t: common } = useTranslation();
  const rights = useQuery(rightsQuery);
  const own = useQuery(rolesQuery);
  const people = useQuery(peopleQuery);
  const having = (role: string) => (people.data ?? []).filter((person) => person.role === role).length;
  const words = (key: string, part: 'name' | 'text', fallback: string) =>
    i18n.exists(`rights.${key}.${part}`, { ns: 'roles' })
      ? t(`rights.${key}.${part}`)
      : i18n.exists(`rights.${key}.name`, { ns: 'roles' })
        ? ''
        : fallback;
  const ready = rights.data && own.data && people.data;
  const roles: Role[] | undefined = ready && [
    ...rights.data.system_roles.map((role) => ({
      key: role.key as string,
      name: common(`role.${role.key}`),
      description: t(`system.${role.key}`),
      rights: new Set(role.rights),
      people: having(role.key),
      own: null,
    })),
    ...own.data.map((role) => ({
      key: role.key,
      name: role.name,
      description: role.description ?? '',
      rights: new Set(role.rights),
      people: having(role.key),
      own: role,
    })),
  ];
  const groups: RightGroup[] = GROUPS.map((key) => ({
    key,
    name: t(`groups.${key}`),
    rights: (rights.data?.rights ?? [])
      .filter((right) => right.group === key)
      .map((right) => ({
        key: right.key,
        name: words(right.key, 'name', right.name),
        text: words(right.key, 'text', right.text),
      })),
  })).filter((group) => group.rights.length);
  return {
    roles,
    groups,
    error: rights.error ?? own.error ?? people.error,
    retry: () => void Promise.all([rights.refetch(), own.refetch(), people.refetch()]),
  };
}

export async function refreshRoles(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['parts'] }),
    queryClient.invalidateQueries({ queryKey: ['person'] }),
    queryClient.invalidateQueries({ queryKey: ['me'], exact: true }),
  ]);
}

/** A key out of a name that no role has yet. */
export function keyFrom(name: string, roles: Role[]): string {
  const taken = new Set(roles.map(({ key }) => key));
  const made =
    name
      .normalize('NFD')
      .replace(/\p{Mark}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^[^a-z]+|-+$/g, '')
      .slice(0, 40) || 'role';
  let key = made;
  for (let number = 2; taken.has(key); number += 1) key = `${made}-${number}`;
  return key;
}
