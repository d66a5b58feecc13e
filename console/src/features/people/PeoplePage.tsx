import { Button, Group, Select, Text } from '@mantine/core';
import { IconForms, IconUserPlus, IconUsers, IconUserSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  AgentState,
  type Column,
  DataTable,
  EmptyState,
  Label,
  PageHeader,
  Panel,
  PersonAvatar,
  SearchField,
} from '@/shared/components';
import { useLive } from '@/shared/live/store';
import { useMay, useMe } from '@/shared/session';
import { usePhotos } from '@/shared/session/photos';
import { inARow } from '@/shared/i18n';
import { plain, useRoles } from './names';
import classes from './people.module.css';
import { type Person, signInsQuery, useList } from './queries';

interface Chosen {
  text: string;
  unit: string | null;
  role: string | null;
}

const ALL: Chosen = { text: '', unit: null, role: null };

/** Everybody who works here: found while one types, by unit and by role. */
export function PeoplePage() {
  const { t } = useTranslation('people');
  const navigate = useNavigate();
  const people = useList('people');
  const [chosen, setChosen] = useState(ALL);
  const mayChange = useMayChange();
  const found = useMemo(() => people.data?.filter((person) => fits(person, chosen)), [people.data, chosen]);
  const columns = useColumns();
  return (
    <>
      <PageHeader
        title={t('title')}
        note={people.data && t('count', { count: found?.length ?? 0 })}
        actions={
          mayChange && (
            <>
              <Button
                component={Link}
                to="/people/fields"
                variant="default"
                leftSection={<IconForms size={16} aria-hidden />}
              >
                {t('fields.title')}
              </Button>
              <Button component={Link} to="/people/new" leftSection={<IconUserPlus size={16} aria-hidden />}>
                {t('add')}
              </Button>
            </>
          )
        }
      >
        <Filters chosen={chosen} choose={setChosen} />
      </PageHeader>
      <Panel flush>
        <DataTable
          label={t('title')}
          columns={columns}
          rows={found}
          rowKey={(person) => person.key}
          rowLabel={(person) => person.name}
          open={(person) => void navigate({ to: '/people/$person', params: { person: person.key } })}
          error={people.error}
          retry={() => void people.refetch()}
          empty={
            people.data?.length ? (
              <EmptyState
                icon={<IconUserSearch size={28} stroke={1.5} />}
                title={t('nobody')}
                action={
                  <Button variant="default" mt="xs" onClick={() => setChosen(ALL)}>
                    {t('showAll')}
                  </Button>
                }
              >
                {t('nobodyHelp')}
              </EmptyState>
            ) : (
              <EmptyState icon={<IconUsers size={28} stroke={1.5} />} title={t('none')}>
                {t('noneHelp')}
              </EmptyState>
            )
          }
        />
      </Panel>
    </>
  );
}

/** Whether one may change people's cards. */
export function useMayChange(): boolean {
  const people = useMay('change_people');
  const all = useMay('change_configuration');
  return people || all;
}

function Filters({ chosen, choose }: { chosen: Chosen; choose: (chosen: Chosen) => void }) {
  const { t } = useTranslation('people');
  const units = useList('units').data ?? [];
  const roles = useRoles();
  return (
    <div className={classes.filters}>
      <SearchField
        label={t('search')}
        value={chosen.text}
        onChange={(text) => choose({ ...chosen, text })}
        autoFocus
      />
      <Select
        aria-label={t('unit')}
        placeholder={t('allUnits')}
        data={units.map(({ key, name }) => ({ value: key, label: name }))}
        value={chosen.unit}
        onChange={(unit) => choose({ ...chosen, unit })}
        clearable
        clearButtonProps={{ 'aria-label': t('allUnits') }}
      />
      <Select
        aria-label={t('role')}
        placeholder={t('allRoles')}
        data={roles}
        value={chosen.role}
        onChange={(role) => choose({ ...chosen, role })}
        clearable
        clearButtonProps={{ 'aria-label': t('allRoles') }}
      />
    </div>
  );
}

function fits(person: Person, { text, unit, role }: Chosen): boolean {
  if (unit && !person.units?.includes(unit)) return false;
  if (role && person.role !== role) return false;
  const said = plain(
    inARow(
      [
        person.name,
        person.email,
        person.title,
        person.department,
        person.extension,
        person.mobile,
        ...(person.tags ?? []),
      ],
      ' ',
    ),
  );
  return plain(text)
    .split(/\s+/)
    .every((word) => said.includes(word));
}

function useColumns(): Column<Person>[] {
  const { t } = useTranslation('people');
  const photos = usePhotos();
  const roles = useRoles();
  const units = useList('units').data ?? [];
  const mayHelp = useMay('set_passwords');
  const columns: Column<Person>[] = [
    {
      key: 'name',
      title: t('name'),
      cell: (person) => (
        <div className={classes.who}>
          <PersonAvatar name={person.name} photo={photos(person.key)} size={32} />
          <div>
            <Text size="sm" fw={600} truncate>
              {person.name}
            </Text>
            {(person.title || person.department) && (
              <Text size="xs" c="dimmed" truncate>
                {inARow([person.title, person.department])}
              </Text>
            )}
          </div>
        </div>
      ),
    },
    {
      key: 'extension',
      title: t('extension'),
      wide: true,
      cell: (person) => person.extension ?? '',
      width: 90,
    },
    { key: 'state', title: t('state'), cell: (person) => <StateNow person={person.key} />, width: 140 },
    {
      key: 'units',
      title: t('units'),
      wide: true,
      cell: (person) =>
        (person.units ?? []).map((key) => units.find((unit) => unit.key === key)?.name ?? key).join(', '),
    },
    {
      key: 'role',
      title: t('role'),
      wide: true,
      cell: (person) => roles.find(({ value }) => value === person.role)?.label ?? person.role,
    },
  ];
  if (mayHelp) {
    columns.push({
      key: 'sign-in',
      title: t('signIn.title'),
      wide: true,
      cell: (person) => <SignInMark person={person.key} />,
    });
  }
  return columns;
}

function StateNow({ person }: { person: string }) {
  const state = useLive(({ agents }) => agents[person]?.state);
  return state ? <AgentState state={state} /> : null;
}

/** Who cannot sign in yet, and who has protected the account. */
function SignInMark({ person }: { person: string }) {
  const { t } = useTranslation('people');
  const me = useMe();
  const { data } = useQuery({ ...signInsQuery, enabled: me.rights.includes('set_passwords') });
  const found = data?.get(person);
  if (!found) return null;
  return (
    <Group gap={6}>
      {!found.has_password && !found.invited_until && <Label>{t('signIn.never')}</Label>}
      {found.invited_until && <Label>{t('signIn.invited')}</Label>}
      {found.second_factor && <Label>{t('signIn.second')}</Label>}
    </Group>
  );
}
