import { Anchor, Button, Group } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { ErrorState, LoadingRows, PageHeader, useConfirm, useTell } from '@/shared/components';
import { Presence, PresenceButton } from '@/shared/presence';
import { useMe } from '@/shared/session';
import { PersonForm } from './PersonForm';
import { useMayChange } from './PeoplePage';
import { membershipsQuery, type Person, personQuery, refreshOrganisation, useList } from './queries';

const EMPTY: Person = {
  key: '',
  name: '',
  email: '',
  role: 'user',
  units: [],
  language: 'sv',
  title: '',
  department: '',
  mobile: null,
  tags: [],
  skills: [],
  languages: [],
  fields: {},
  hidden: false,
  extension: null,
  phone: 'browser',
  number: null,
  answers_at: 'extension',
  presented: null,
};

/** Somebody's card, queues, phone and way in. */
export function PersonPage() {
  const { t } = useTranslation('people');
  const { person: key } = useParams({ from: '/house/people/$person' });
  const person = useQuery(personQuery(key));
  const memberships = useQuery(membershipsQuery(key));
  const people = useList('people');
  const mayChange = useMayChange();
  const failed = person.error ?? memberships.error ?? people.error;
  return (
    <>
      <PageHeader
        title={person.data?.name ?? t('person')}
        note={<Back />}
        actions={
          person.data && (
            <Group gap="xs">
              <Presence person={key} />
              <PresenceButton person={key} name={person.data.name} />
              {mayChange && <Remove person={person.data} />}
            </Group>
          )
        }
      />
      {failed ? (
        <ErrorState error={failed} retry={() => void person.refetch()} />
      ) : person.data && memberships.data && people.data ? (
        <PersonForm
          key={`${key} ${person.dataUpdatedAt}`}
          person={person.data}
          memberships={memberships.data}
          people={people.data}
          readOnly={!mayChange}
        />
      ) : (
        <LoadingRows />
      )}
    </>
  );
}

/** Somebody new. */
export function NewPersonPage() {
  const { t } = useTranslation('people');
  const people = useList('people');
  const me = useMe();
  return (
    <>
      <PageHeader title={t('newPerson')} note={<Back />} />
      {people.error ? (
        <ErrorState error={people.error} retry={() => void people.refetch()} />
      ) : people.data ? (
        <PersonForm
          person={{ ...EMPTY, language: me.language }}
          memberships={[]}
          people={people.data}
          isNew
        />
      ) : (
        <LoadingRows />
      )}
    </>
  );
}

function Back() {
  const { t } = useTranslation('people');
  return (
    <Anchor component={Link} to="/people" size="sm">
      ← {t('title')}
    </Anchor>
  );
}

function Remove({ person }: { person: Person }) {
  const { t } = useTranslation('people');
  const me = useMe();
  const tell = useTell();
  const confirm = useConfirm();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => call(api.DELETE('/api/people/{key}', { params: { path: { key: person.key } } })),
    onSuccess: async () => {
      await navigate({ to: '/people' });
      await refreshOrganisation();
      tell.done(t('removed', { name: person.name }));
    },
    onError: (error) => tell.failed(error),
  });
  if (me.person === person.key) return null;
  const ask = async () => {
    const yes = await confirm({
      title: t('removeTitle', { name: person.name }),
      body: t('removeBody'),
      confirm: t('remove'),
      dangerous: true,
    });
    if (yes) remove.mutate();
  };
  return (
    <Group>
      <Button
        variant="subtle"
        color="red"
        leftSection={<IconTrash size={16} aria-hidden />}
        loading={remove.isPending}
        onClick={() => void ask()}
      >
        {t('remove')}
      </Button>
    </Group>
  );
}
