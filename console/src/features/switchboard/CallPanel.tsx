/** What is known of a call: who it is, how it came here, who spoke with them last, and what has been noted. */
import { Button, Group, Text, Title } from '@mantine/core';
import { IconHeadset, IconUserPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState, LoadingRows, Panel, PersonAvatar, Since } from '@/shared/components';
import { type Caller, type Contact, ContactFacts, Facts, useCaller, useHouseNames } from '@/shared/directory';
import { dayAndTime, duration, phoneNumber } from '@/shared/format';
import { type LiveCall, useLive } from '@/shared/live/store';
import type { PhoneCall } from '@/shared/phone';
import { Presence } from '@/shared/presence';
import { useMay } from '@/shared/session';
import { inARow } from '@/shared/i18n';
import { Path } from './Path';
import classes from './switchboard.module.css';

const ContactForm = lazy(() => import('@/shared/directory/ContactForm'));
const CaseOf = lazy(() => import('./CaseOf'));

interface Props {
  id: string | null;
  /** My part in it, when I have one. */
  call: PhoneCall | null;
}

export function CallPanel({ id, call }: Props) {
  const { t } = useTranslation('switchboard');
  const live = useLive((state) => (id ? state.calls[id] : undefined));
  if (!id || (!live && !call)) {
    return (
      <Panel>
        <EmptyState icon={<IconHeadset size={28} stroke={1.5} />} title={t('nothing')}>
          {t('nothingHint')}
        </EmptyState>
      </Panel>
    );
  }
  return <Shown key={id} live={live} call={call} />;
}

function Shown({ live, call }: { live: LiveCall | undefined; call: PhoneCall | null }) {
  const { t } = useTranslation('switchboard');
  const number = call ? call.number : (live?.caller ?? null);
  const { data: caller, isLoading } = useCaller(number);
  const names = useHouseNames();
  const [chosen, setChosen] = useState(0);
  const contact = caller?.contacts[chosen] ?? caller?.contacts[0];
  const inside = call ? call.name : live?.caller_name;
  const name = contact?.name ?? caller?.colleague?.name ?? (inside || '');
  const shown = number ? phoneNumber(number) : t('withheld');
  const company = contact?.company || contact?.place ? inARow([contact.company, contact.place]) : '';
  return (
    <Panel>
      <div className={classes.panel}>
        <Group gap="sm" wrap="nowrap" align="flex-start">
          <PersonAvatar name={name || '?'} size={48} />
          <div className={classes.who}>
            <Title order={2} className={classes.whoName}>
              {name || shown}
            </Title>
            {name && (
              <Text component="div" className="figures">
                {shown}
              </Text>
            )}
            {company && <Text c="dimmed">{company}</Text>}
            {caller?.colleague && <Presence person={caller.colleague.key} />}
          </div>
          {live && (
            <Text size="sm" c="dimmed" component="div" className={classes.whoTime}>
              <Since moment={live.began_at} />
            </Text>
          )}
        </Group>
        {caller && caller.contacts.length > 1 && (
          <Group gap={6} role="group" aria-label={t('several')}>
            <Text size="sm" c="dimmed">
              {t('several')}
            </Text>
            {caller.contacts.map((each, index) => (
              <Button
                key={each.id}
                size="compact-sm"
                variant={each === contact ? 'light' : 'default'}
                aria-pressed={each === contact}
                onClick={() => setChosen(index)}
              >
                {each.name}
              </Button>
            ))}
          </Group>
        )}
        <Facts
          facts={[
            [t('cameBy'), live?.kind === 'incoming' && cameBy(live, names)],
            [t('lastSpoken'), caller && lastSpoken(caller, names, t)],
          ]}
        />
        {live && (
          <section aria-label={t('path')}>
            <Title order={3} mb={4}>
              {t('path')}
            </Title>
            <Path call={live} />
          </section>
        )}
        {isLoading && number ? (
          <LoadingRows rows={2} height={18} />
        ) : (
          <Known contact={contact} caller={caller} />
        )}
        {live && (
          <Suspense fallback={<LoadingRows rows={3} height={20} />}>
            <CaseOf call={live.id} />
          </Suspense>
        )}
      </div>
    </Panel>
  );
}

/** The card of the contact, or the way to make one of an unknown number. */
function Known({ contact, caller }: { contact: Contact | undefined; caller: Caller | undefined }) {
  const { t } = useTranslation('switchboard');
  const mayChange = useMay('change_contacts');
  const [open, setOpen] = useState(false);
  const number = caller?.number ?? null;
  if (!contact && (caller?.colleague || !number)) return null;
  return (
    <section aria-label={t('known')}>
      {contact && (
        <Title order={3} mb={6}>
          {t('known')}
        </Title>
      )}
      {contact ? <ContactFacts contact={contact} /> : <Text size="sm">{t('unknown')}</Text>}
      {mayChange && (
        <Button
          mt="xs"
          size="compact-sm"
          variant="default"
          leftSection={<IconUserPlus size={15} aria-hidden />}
          onClick={() => setOpen(true)}
        >
          {t(contact ? 'changeContact' : 'keepContact')}
        </Button>
      )}
      <Suspense>
        {open && (
          <ContactForm contact={contact} number={number ?? undefined} onClose={() => setOpen(false)} />
        )}
      </Suspense>
    </section>
  );
}

type Names = ReturnType<typeof useHouseNames>;

/** The number of ours, and the queue. */
function cameBy(call: LiveCall, names: Names): string {
  const number = names.number(call.dialled);
  const shown = phoneNumber(call.dialled);
  const named = number === shown ? shown : `${number} (${shown})`;
  return inARow([named, call.queue && names.queue(call.queue)], ' → ');
}

function lastSpoken(
  caller: Caller,
  names: Names,
  t: ReturnType<typeof useTranslation<'switchboard'>>['t'],
): string {
  const last = caller.last_spoken;
  if (!last) return caller.number ? t('neverSpoken') : '';
  return t('spokeWith', {
    who: names.person(last.person),
    at: dayAndTime(last.at),
    length: duration(last.talk),
  });
}
