/** The whole card of a colleague or contact, in a drawer. */
import { Button, Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { At, ErrorState, Label, LoadingRows, PersonAvatar, useConfirm } from '@/shared/components';
import { writtenDay } from '@/shared/dates/written';
import { phoneNumber } from '@/shared/format';
import type { PhoneCall } from '@/shared/phone';
import { AbsenceBy, Presence, PresenceButton } from '@/shared/presence';
import { useMay, useMe } from '@/shared/session';
import { usePhotos } from '@/shared/session/photos';
import { inARow } from '@/shared/i18n';
import { aboutOf } from './EntryList';
import { Facts } from './Facts';
import { useHouseNames } from './names';
import { type Contact, type Entry, useContact, useDeleteContact } from './queries';
import { ReachButtons } from './ReachButtons';
import { type Reaching, targetOf } from './reaching';
import classes from './directory.module.css';

const ContactForm = lazy(() => import('./ContactForm'));

interface Props {
  entry: Entry;
  reaching: Reaching;
  call: PhoneCall | null;
  returns: boolean;
  onClose: () => void;
}

export function EntryCard({ entry, onClose, ...rest }: Props) {
  const { t } = useTranslation('directory');
  const photos = usePhotos();
  return (
    <Drawer
      opened
      onClose={onClose}
      size={440}
      closeButtonProps={{ 'aria-label': t('close') }}
      title={
        <Group gap="sm" wrap="nowrap">
          <PersonAvatar
            name={entry.name}
            photo={entry.kind === 'colleague' ? photos(entry.key) : null}
            size={44}
          />
          <div>
            <Title order={2}>{entry.name}</Title>
            <Text size="sm" c="dimmed">
              {aboutOf(entry)}
            </Text>
          </div>
        </Group>
      }
    >
      <Stack gap="md">
        {entry.kind === 'colleague' && (
          <Group justify="space-between" gap="xs">
            <Stack gap={2}>
              <Presence person={entry.key} />
              <AbsenceBy person={entry.key} />
            </Stack>
            <PresenceButton person={entry.key} name={entry.name} />
          </Group>
        )}
        <Numbers entry={entry} {...rest} />
        {entry.kind === 'colleague' ? (
          <Colleague entry={entry} />
        ) : (
          <External id={entry.key} onGone={onClose} />
        )}
      </Stack>
    </Drawer>
  );
}

function Numbers({ entry, reaching, call, returns }: Omit<Props, 'onClose'>) {
  const { t } = useTranslation('directory');
  const myself = useMe().person === entry.key && entry.kind === 'colleague';
  if (!entry.numbers.length) return null;
  return (
    <ul className={classes.numbers} aria-label={t('numbers')}>
      {entry.numbers.map(({ number, label, note }) => {
        // A colleague's own extension rings wherever the colleague wants to be reached.
        const target = myself ? null : targetOf(entry, label === 'extension' ? undefined : number);
        return (
          <li key={number}>
            <span className={classes.numberText}>
              {phoneNumber(number)} <span className={classes.aside}>{t(`label.${label}`)}</span>
              {note && <span className={classes.aside}> · {note}</span>}
            </span>
            {target && (
              <ReachButtons
                {...{ target, call, returns, reaching }}
                who={phoneNumber(number)}
                told={entry.name}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Colleague({ entry }: { entry: Entry }) {
  const { t, i18n } = useTranslation('directory');
  const names = useHouseNames();
  const said = (key: string, value: string) => {
    const kind = names.fieldKind(key);
    if (kind === 'yes_no' && /^(yes|no)$/.test(value)) return t(value);
    return kind === 'date' ? writtenDay(value, i18n.language) : value;
  };
  return (
    <Facts
      facts={[
        [t('field.title'), entry.title],
        [t('field.department'), entry.department],
        [t('field.units'), inARow(entry.units, ', ')],
        [t('field.email'), entry.email && <a href={`mailto:${entry.email}`}>{entry.email}</a>],
        [t('field.tags'), <Tags key="tags" tags={entry.tags} />],
        ...Object.entries(entry.fields).map(([key, value]): [string, string] => [
          names.field(key),
          said(key, value),
        ]),
      ]}
    />
  );
}

function External({ id, onGone }: { id: string; onGone: () => void }) {
  const { t } = useTranslation('directory');
  const { data: contact, error, refetch } = useContact(id);
  const [editing, setEditing] = useState(false);
  const mayChange = useMay('change_contacts');
  const remove = useDeleteContact();
  const confirm = useConfirm();
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!contact) return <LoadingRows rows={4} height={20} />;
  const ask = async () => {
    const question = {
      title: t('delete'),
      body: t('deleteSure', { who: contact.name }),
      confirm: t('delete'),
    };
    if (!(await confirm({ ...question, dangerous: true }))) return;
    await remove.mutateAsync(id).then(onGone, () => undefined);
  };
  return (
    <>
      <ContactFacts contact={contact} />
      {mayChange && (
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconPencil size={16} aria-hidden />}
            onClick={() => setEditing(true)}
          >
            {t('change')}
          </Button>
          <Button
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={16} aria-hidden />}
            loading={remove.isPending}
            onClick={() => void ask()}
          >
            {t('delete')}
          </Button>
        </Group>
      )}
      <Suspense>{editing && <ContactForm contact={contact} onClose={() => setEditing(false)} />}</Suspense>
    </>
  );
}

/** All that is known of a contact but its numbers. */
export function ContactFacts({ contact }: { contact: Contact }) {
  const { t } = useTranslation('directory');
  return (
    <Facts
      facts={[
        [t('field.company'), contact.company],
        [t('field.title'), contact.title],
        [t('field.department'), contact.department],
        [t('field.place'), contact.place],
        [t('field.email'), contact.email && <a href={`mailto:${contact.email}`}>{contact.email}</a>],
        [t('field.tags'), contact.tags.length > 0 && <Tags tags={contact.tags} />],
        ...Object.entries(contact.fields).map(([label, value]): [string, string] => [label, value]),
        [t('field.notes'), contact.notes && <span className={classes.notes}>{contact.notes}</span>],
        [
          t('field.changed'),
          <span key="changed" className={classes.aside}>
            <At moment={contact.changed_at} /> · {contact.changed_by}
          </span>,
        ],
      ]}
    />
  );
}

function Tags({ tags }: { tags: readonly string[] }) {
  if (!tags.length) return null;
  return (
    <Group gap={4}>
      {tags.map((tag) => (
        <Label key={tag}>{tag}</Label>
      ))}
    </Group>
  );
}
