/** Transfer a call: to a colleague, a queue or a number; at once, or after asking. */
import { Button, Modal, Stack, Switch, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call as ask, type components } from '@/api/client';
import { ErrorState, Label, LoadingRows, SearchField, useTell } from '@/shared/components';
import { phoneNumber } from '@/shared/format';
import { useLive } from '@/shared/live/store';
import { phoneActions, type PhoneCall, type Target } from '@/shared/phone';
import { Presence } from '@/shared/presence';
import { useMe } from '@/shared/session';
import { useWaysToTransfer } from '@/shared/session/preferences';
import { inARow } from '@/shared/i18n';
import classes from './PhoneBar.module.css';

type Entry = components['schemas']['EntryShown'];

/** Seconds after which a call that nobody takes comes back. */
const RETURN_AFTER = 20;
const MOST = 30;

interface Choice {
  key: string;
  name: string;
  aside: string;
  target: Target;
  /** Key of a colleague, whose state is shown. */
  person?: string;
  queue?: boolean;
}

export default function TransferDialog({
  call,
  who,
  onClose,
}: {
  call: PhoneCall;
  who: string;
  onClose: () => void;
}) {
  const { t } = useTranslation('phone');
  const tell = useTell();
  const [text, setText] = useState('');
  const [returns, setReturns] = useState(true);
  const [busy, setBusy] = useState(false);
  const run = (action: Promise<void>, said?: string) => {
    setBusy(true);
    action
      .then(() => {
        if (said) tell.done(said);
        onClose();
      }, tell.failed)
      .finally(() => setBusy(false));
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('transfer.title', { who })}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="sm">
        <SearchField
          value={text}
          onChange={setText}
          label={t('transfer.search')}
          data-autofocus
          onKeyDown={enterFound}
        />
        <Choices
          text={text}
          busy={busy}
          onTransfer={(choice) =>
            run(
              phoneActions.transfer(call.id, choice.target, returns ? RETURN_AFTER : null),
              t('transfer.done', { who: choice.name }),
            )
          }
          onConsult={(choice) => run(phoneActions.consult(call.id, choice.target))}
        />
        <Switch
          checked={returns}
          onChange={(event) => setReturns(event.currentTarget.checked)}
          label={t('transfer.returns', { seconds: RETURN_AFTER })}
        />
      </Stack>
    </Modal>
  );
}

interface ChoicesProps {
  text: string;
  busy: boolean;
  onTransfer: (choice: Choice) => void;
  onConsult: (choice: Choice) => void;
}

function Choices({ text, busy, onTransfer, onConsult }: ChoicesProps) {
  const { t } = useTranslation('phone');
  const [asked] = useDebouncedValue(text.trim(), 120);
  const found = useQuery({
    queryKey: ['directory', 'transfer', asked],
    queryFn: () => ask(api.GET('/api/directory', { params: { query: { q: asked, limit: MOST } } })),
    placeholderData: (before) => before,
  });
  const queues = useQueues(text.trim());
  const mine = useMe().person;
  const [ways, queueWays] = [useWaysToTransfer(false), useWaysToTransfer(true)];
  if (found.isPending) return <LoadingRows />;
  // Who has no phone cannot be transferred to.
  const entries = (found.data?.items ?? []).filter(
    (entry) => entry.numbers.length > 0 && !(entry.kind === 'colleague' && entry.key === mine),
  );
  const choices = [...typed(text.trim(), t('transfer.typed')), ...entries.flatMap(choicesOf), ...queues];
  return (
    <>
      {found.isError && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      <ul className={classes.found} aria-label={t('transfer.found')} aria-busy={found.isFetching}>
        {choices.map((choice) => (
          <li key={choice.key} className={classes.entry}>
            <span className={classes.entryWho}>
              <strong>{choice.name}</strong> <span className={classes.aside}>{choice.aside}</span>
            </span>
            {choice.person && (
              <span className={classes.entryPresence}>
                <Presence person={choice.person} />
              </span>
            )}
            {choice.queue && <Label>{t('transfer.queue')}</Label>}
            {(choice.queue ? queueWays : ways).map((way, index, { length }) => (
              <Button
                key={way}
                size="compact-sm"
                variant={index === length - 1 ? 'filled' : 'default'}
                data-first={index === length - 1 || undefined}
                disabled={busy}
                aria-label={t(`transfer.${way}Who`, { who: choice.name })}
                onClick={() => (way === 'now' ? onTransfer(choice) : onConsult(choice))}
              >
                {t(`transfer.${way}`)}
              </Button>
            ))}
          </li>
        ))}
      </ul>
      {!choices.length && <Text size="sm">{t('transfer.nobody')}</Text>}
    </>
  );
}

/** From the field to the first who was found, without a call going anywhere yet. */
function enterFound(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
  event.preventDefault();
  event.currentTarget.closest('[role=dialog]')?.querySelector<HTMLElement>('ul [data-first]')?.focus();
}

function useQueues(text: string): Choice[] {
  const { t } = useTranslation('phone');
  const queues = useLive((state) => state.queues);
  if (!text) return [];
  const wanted = text.toLocaleLowerCase();
  return Object.values(queues)
    .filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
    .map(({ key, name, waiting }) => ({
      key: `queue-${key}`,
      name,
      aside: t('transfer.waiting', { count: waiting.length }),
      target: { queue: key },
      queue: true,
    }));
}

/** What was typed, when it can be a number. */
function typed(text: string, aside: string): Choice[] {
  return /^[+*#\d][\d\s()#*-]*$/.test(text)
    ? [{ key: 'typed', name: phoneNumber(text), aside, target: { number: text } }]
    : [];
}

function choicesOf(entry: Entry): Choice[] {
  const about = inARow([entry.title, entry.department || entry.company], ', ');
  if (entry.kind === 'colleague') {
    return [
      {
        key: `person-${entry.key}`,
        name: entry.name,
        aside: about,
        target: { person: entry.key },
        person: entry.key,
      },
    ];
  }
  return entry.numbers.map(({ number }) => ({
    key: `contact-${entry.key}-${number}`,
    name: entry.name,
    aside: inARow([about, phoneNumber(number)]),
    target: { number },
  }));
}
