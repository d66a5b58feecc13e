import { Button, Text, UnstyledButton } from '@mantine/core';
import { IconNote } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { At, ErrorState, LoadingRows } from '@/shared/components';
import { duration } from '@/shared/format';
import { inARow } from '@/shared/i18n';
import classes from './case.module.css';
import { KindIcon } from './KindIcon';
import { caseKey, type CaseRef, type Earlier, useEarlier } from './model';
import { usePersonName, useQueueName, useTagNames } from './names';

interface Props {
  case: CaseRef;
  onOpen?: (ref: CaseRef) => void;
  /** How many at first. */
  limit?: number;
}

const MOST = 200;

/** What the same number had to do with us before. */
export function EarlierContacts({ case: ref, onOpen, limit = 10 }: Props) {
  const { t } = useTranslation('case');
  const [all, setAll] = useState(false);
  const { data, error, refetch } = useEarlier(ref, all ? MOST : limit);
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) return <LoadingRows rows={3} />;
  const others = data.items.filter((each) => caseKey(each) !== caseKey(ref));
  if (!others.length)
    return (
      <Text size="sm" c="dimmed" py="xs">
        {t('earlier.empty')}
      </Text>
    );
  return (
    <>
      <ol className={classes.plain}>
        {others.map((each) => (
          <Contact key={caseKey(each)} contact={each} onOpen={onOpen} />
        ))}
      </ol>
      {data.next && !all && (
        <Button variant="subtle" size="compact-sm" mt={6} onClick={() => setAll(true)}>
          {t('earlier.more')}
        </Button>
      )}
    </>
  );
}

function Contact({ contact, onOpen }: { contact: Earlier; onOpen?: (ref: CaseRef) => void }) {
  const { t } = useTranslation('case');
  const personName = usePersonName();
  const queueName = useQueueName();
  const tagName = useTagNames();
  const said = [
    t(`outcome.${contact.kind}.${contact.outcome}`, { defaultValue: contact.outcome }),
    contact.person && personName(contact.person),
    contact.queue && queueName(contact.queue),
    contact.seconds ? duration(contact.seconds) : null,
  ].filter(Boolean);
  const inside = (
    <>
      <span className={classes.lead}>
        <KindIcon kind={contact.kind} outgoing={contact.outgoing} size={16} />
      </span>
      <span className={classes.grow}>
        <Text span size="sm" display="block">
          <span className={classes.when}>
            <At moment={contact.at} />
          </span>{' '}
          {inARow(said)}
        </Text>
        {contact.tags.length > 0 && (
          <Text span size="xs" c="dimmed" display="block">
            {inARow(contact.tags.map(tagName), ', ')}
          </Text>
        )}
        {contact.last_note && (
          <Text span size="sm" c="dimmed" lineClamp={2} className={classes.text}>
            <IconNote
              size={14}
              stroke={1.6}
              role="img"
              aria-label={t('notes.title')}
              className={classes.inText}
            />{' '}
            {contact.last_note}
          </Text>
        )}
      </span>
    </>
  );
  return (
    <li>
      {onOpen ? (
        <UnstyledButton className={classes.contact} onClick={() => onOpen(contact)}>
          {inside}
        </UnstyledButton>
      ) : (
        <div className={classes.contact}>{inside}</div>
      )}
    </li>
  );
}
