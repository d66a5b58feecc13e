import { Button, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, ProblemError } from '@/api/client';
import { useTell } from '@/shared/components';
import { usePlaced, useUnsaved } from '@/shared/forms';
import { focusFault } from '@/shared/forms/focusFault';
import { readNumber } from '@/shared/phone/readNumber';
import { useMay } from '@/shared/session';
import { CardFields } from './CardFields';
import { complaints, withoutBlanks } from './complaints';
import { OwnFields } from './OwnFields';
import classes from './people.module.css';
import { PhoneFields } from './PhoneFields';
import { type Membership, type Person, refreshOrganisation } from './queries';
import { SignInPanel } from './SignInPanel';
import { WorkFields } from './WorkFields';

interface Props {
  person: Person;
  memberships: Membership[];
  people: Person[];
  isNew?: boolean;
  readOnly?: boolean;
}

/** What a section of the form gets. */
export interface SectionProps {
  person: Person;
  set: (change: Partial<Person>) => void;
  /** By name of the setting. */
  errors: Record<string, string>;
  readOnly: boolean;
}

export function PersonForm({ person: before, memberships: queuesBefore, people, isNew, readOnly }: Props) {
  const { t } = useTranslation('people');
  const { t: common } = useTranslation();
  const [person, setPerson] = useState(before);
  const [queues, setQueues] = useState(queuesBefore);
  const [saved, setSaved] = useState(false);
  const mayHelp = useMay('set_passwords');
  const cardChanged = JSON.stringify(person) !== JSON.stringify(before);
  const queuesChanged = JSON.stringify(queues) !== JSON.stringify(queuesBefore);
  const changed = !saved && (cardChanged || queuesChanged);
  useUnsaved(changed);
  const index = isNew ? people.length : people.findIndex(({ key }) => key === before.key);
  const own = `people[${index}]`;
  const save = useSave({ person, queues, cardChanged, queuesChanged, isNew: isNew ?? false, own }, () =>
    setSaved(true),
  );
  const faults = usePlaced(save.error, own);
  const wrong = complaints(person, people, isNew ?? false);
  const errors: Record<string, string> = {};
  for (const { path, message } of faults) if (path) errors[path] = message;
  // What is wrong is told beside the field after the first attempt to save.
  if (save.submittedAt || save.isError)
    for (const [name, key] of Object.entries(wrong)) errors[name] = t(`wrong.${key}`);
  const set = (change: Partial<Person>) => setPerson((now) => ({ ...now, ...change }));
  const section: SectionProps = { person, set, errors, readOnly: readOnly ?? false };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    save.mutate(undefined, { onError: () => focusFault(form) });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Elsewhere error={save.error} faults={faults.filter(({ path }) => !path)} />
      <div className={classes.columns}>
        <div className={classes.column}>
          <CardFields {...section} people={people} isNew={isNew ?? false} />
          <OwnFields {...section} />
        </div>
        <div className={classes.column}>
          <WorkFields {...section} queues={queues} setQueues={setQueues} />
          <PhoneFields {...section} isNew={isNew ?? false} />
          {!isNew && mayHelp && <SignInPanel person={before} />}
        </div>
      </div>
      {!readOnly && (
        <div className={classes.bar}>
          <Text size="sm" c="dimmed" role="status">
            {changed && !isNew ? t('unsaved') : ''}
          </Text>
          <Button type="submit" loading={save.isPending} disabled={!changed}>
            {isNew ? t('add') : common('save')}
          </Button>
        </div>
      )}
    </form>
  );
}

interface Wanted {
  person: Person;
  queues: Membership[];
  cardChanged: boolean;
  queuesChanged: boolean;
  isNew: boolean;
  /** Where the person stands in the organisation: `people[2]`. */
  own: string;
}

/** The person's numbers as they are kept. A fault in one is placed at its field. */
async function withNumbers(person: Person, own: string): Promise<Person> {
  const read = { ...person };
  for (const name of ['number', 'mobile', 'presented'] as const) {
    try {
      read[name] = await readNumber(person[name]);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const faults = error.problem.faults.map((fault) => ({ ...fault, path: `${own}.${name}` }));
      throw new ProblemError({ ...error.problem, faults });
    }
  }
  return read;
}

function useSave(wanted: Wanted, saved: () => void) {
  const { t } = useTranslation('people');
  const tell = useTell();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async () => {
      const body = await withNumbers(withoutBlanks(wanted.person), wanted.own);
      const path = { params: { path: { key: body.key } } };
      if (wanted.isNew) await call(api.POST('/api/people', { body }));
      else if (wanted.cardChanged) await call(api.PUT('/api/people/{key}', { ...path, body }));
      if (wanted.queuesChanged)
        await call(api.PUT('/api/people/{key}/queues', { ...path, body: { queues: wanted.queues } }));
    },
    onSuccess: async () => {
      saved();
      tell.done(wanted.isNew ? t('added', { name: wanted.person.name }) : t('saved'));
      await refreshOrganisation();
      if (wanted.isNew)
        await navigate({ to: '/people/$person', params: { person: wanted.person.key }, ignoreBlocker: true });
    },
    onError: (error) => {
      if (!(error instanceof ProblemError) || !error.problem.faults.length) tell.failed(error);
    },
  });
}

/** Faults that are about nothing in this form. */
function Elsewhere({ error, faults }: { error: unknown; faults: { where: string; message: string }[] }) {
  const { t } = useTranslation('people');
  if (!(error instanceof ProblemError) || !error.problem.faults.length) return null;
  return (
    <div role="alert">
      {faults.length ? (
        <ul className={classes.faults}>
          {faults.map(({ where, message }) => (
            <li key={`${where} ${message}`}>
              {where && <code>{where}</code>} {message}
            </li>
          ))}
        </ul>
      ) : (
        <p className={classes.faults}>{t('mend')}</p>
      )}
    </div>
  );
}
