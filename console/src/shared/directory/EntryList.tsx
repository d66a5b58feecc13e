/** Colleagues and contacts, each with how they are reached. Arrows go from one to the next. */
import { ActionIcon, UnstyledButton } from '@mantine/core';
import { IconStar, IconStarFilled } from '@tabler/icons-react';
import type { KeyboardEvent, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { PersonAvatar } from '@/shared/components';
import { phoneNumber } from '@/shared/format';
import type { PhoneCall } from '@/shared/phone';
import { Presence } from '@/shared/presence';
import { useMe } from '@/shared/session';
import { usePhotos } from '@/shared/session/photos';
import { inARow } from '@/shared/i18n';
import { type Entry, useFavourite } from './queries';
import { ReachButtons } from './ReachButtons';
import { type Reaching, targetOf } from './reaching';
import classes from './directory.module.css';

interface Props {
  label: string;
  entries: Entry[];
  reaching: Reaching;
  /** The call that may be brought to them; without one they are called. */
  call: PhoneCall | null;
  /** Whether a call that they do not take comes back. */
  returns: boolean;
  onOpen: (entry: Entry) => void;
  selected?: string | null;
  busy?: boolean;
  listRef?: RefObject<HTMLUListElement | null>;
  /** Up from the first one. */
  onLeave?: () => void;
}

export function EntryList({ label, entries, listRef, busy, ...rest }: Props) {
  return (
    <ul ref={listRef} className={classes.list} aria-label={label} aria-busy={busy}>
      {entries.map((entry) => (
        <Row key={`${entry.kind}-${entry.key}`} entry={entry} {...rest} />
      ))}
    </ul>
  );
}

type RowProps = Omit<Props, 'label' | 'entries' | 'listRef' | 'busy'> & { entry: Entry };

function Row({ entry, reaching, call, returns, onOpen, selected, onLeave }: RowProps) {
  const photos = usePhotos();
  const myself = useMe().person === entry.key && entry.kind === 'colleague';
  const target = myself ? null : targetOf(entry);
  const number = entry.numbers[0]?.number;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => moveAmongRows(event, onLeave);
  return (
    <li
      className={classes.row}
      data-selected={selected === entry.key || undefined}
      data-kind={entry.kind}
      data-call={call !== null || undefined}
    >
      <PersonAvatar
        name={entry.name}
        photo={entry.kind === 'colleague' ? photos(entry.key) : null}
        size={32}
      />
      <UnstyledButton
        className={classes.who}
        data-step={!target || undefined}
        onKeyDown={onKeyDown}
        onClick={() => onOpen(entry)}
        title={entry.name}
      >
        <span className={classes.name}>{entry.name}</span>
        <span className={classes.about}>{aboutOf(entry)}</span>
      </UnstyledButton>
      {entry.kind === 'colleague' ? (
        <span className={classes.presence}>
          <Presence person={entry.key} />
        </span>
      ) : (
        number && <span className={classes.number}>{phoneNumber(number)}</span>
      )}
      <Favourite entry={entry} />
      {target && (
        <ReachButtons
          {...{ target, call, returns, reaching }}
          who={entry.name}
          main={{ 'data-step': true, onKeyDown }}
        />
      )}
    </li>
  );
}

function Favourite({ entry }: { entry: Entry }) {
  const { t } = useTranslation('directory');
  const change = useFavourite();
  if (!useMe().person) return null;
  const Star = entry.favourite ? IconStarFilled : IconStar;
  return (
    <ActionIcon
      aria-label={t('favouriteWho', { who: entry.name })}
      aria-pressed={entry.favourite}
      className={classes.star}
      onClick={() => change(entry)}
    >
      <Star size={16} stroke={1.6} aria-hidden />
    </ActionIcon>
  );
}

/** One line below the name. */
export function aboutOf(entry: Entry): string {
  const where = entry.department || inARow(entry.units, ', ');
  return inARow([entry.title, where, entry.company, entry.place]);
}

const STEP = '[data-step]';

/** To the first of a list, from the field above it. */
export function enterList(list: HTMLUListElement | null): void {
  list?.querySelector<HTMLElement>(STEP)?.focus();
}

function moveAmongRows(event: KeyboardEvent<HTMLElement>, onLeave?: () => void): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const row = event.currentTarget.closest('li');
  if (!row) return;
  event.preventDefault();
  const next = event.key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling;
  if (next) next.querySelector<HTMLElement>(STEP)?.focus();
  else if (event.key === 'ArrowUp') onLeave?.();
}
