import { ActionIcon, Button, Menu, Text } from '@mantine/core';
import { IconCheck, IconDots, IconPhone, IconPhoneOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { bookCallback } from '@/shared/booking';
import { type Case, usePersonName } from '@/shared/case';
import { At } from '@/shared/components';
import { type DeskItem, type LiveCall, useLive } from '@/shared/live/store';
import { useMe } from '@/shared/session';
import classes from '../../desk.module.css';
import { Hint } from '../../Hint';
import type { CaseActions } from '../../useCaseActions';
import { work } from './channel';
import type { ButtonsProps, ChannelPanel } from '../channel';

export const callbackPanel: ChannelPanel = {
  Buttons: ({ item, actions }: ButtonsProps) => item && <Buttons item={item} actions={actions} />,
  More: { Title: AttemptsTitle, List: Attempts },
};

function Buttons({ item, actions }: { item: DeskItem; actions: CaseActions }) {
  const { t } = useTranslation('desk');
  const { person: me } = useMe();
  const { start, mark, cancel } = work(item.id, actions);
  if (item.state === 'in_attempt')
    return (
      <>
        <Attempted item={item} />
        <PutOff item={item} />
        {(item.kept || item.automatic) && <Machine item={item} actions={actions} />}
      </>
    );
  if (item.state === 'to_mark')
    return (
      <>
        <Button
          leftSection={<IconCheck size={17} stroke={1.8} />}
          rightSection={<Hint>A</Hint>}
          onClick={() => mark(true)}
          disabled={actions.busy}
        >
          {t('callback.answered')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconPhoneOff size={17} stroke={1.6} />}
          rightSection={<Hint>U</Hint>}
          onClick={() => mark(false)}
          disabled={actions.busy}
        >
          {t('callback.unanswered')}
        </Button>
      </>
    );
  return (
    <>
      {item.kept && (
        <Text size="sm" c="dimmed">
          {t('callback.kept')}
        </Text>
      )}
      <Button
        leftSection={<IconPhone size={17} stroke={1.8} />}
        rightSection={<Hint>R</Hint>}
        onClick={start}
        loading={actions.busy}
        disabled={item.taken_by !== null && item.taken_by !== me}
      >
        {t('callback.start')}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('others')} className={classes.last}>
            <IconDots size={18} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => move(item)}>{t('callback.move')}</Menu.Item>
          <Menu.Item color="red" onClick={() => void cancel()}>
            {t('callback.cancel')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

/** Where it is marked by itself, who talks says so when it is no person: it is tried again. */
function Machine({ item, actions }: { item: DeskItem; actions: CaseActions }) {
  const { t } = useTranslation('desk');
  const { person: me } = useMe();
  const talks = useLive((live) => Boolean(item.call && live.calls[item.call]?.talking_since));
  if (!talks || item.person !== me) return null;
  return (
    <Button
      variant="default"
      leftSection={<IconPhoneOff size={17} stroke={1.6} />}
      onClick={() => work(item.id, actions).mark(false)}
      disabled={actions.busy}
    >
      {t('callback.machine')}
    </Button>
  );
}

/** Who is reached but has no time now is called at another one. */
function PutOff({ item }: { item: DeskItem }) {
  const { t } = useTranslation('desk');
  const { person: me } = useMe();
  const talks = useLive((live) => Boolean(item.call && live.calls[item.call]?.talking_since));
  if (!talks || item.person !== me) return null;
  return (
    <Button variant="default" onClick={() => move(item)}>
      {t('callback.putOff')}
    </Button>
  );
}

function move({ id, number, queue, due_at, attempts }: DeskItem) {
  const planned = attempts === 0;
  bookCallback({ moving: { id, number: number ?? '', queue: queue ?? '', at: due_at, planned } });
}

/** How far somebody has come in ringing the customer: the own phone first, then the customer's, then they talk. */
function Attempted({ item }: { item: DeskItem }) {
  const { t } = useTranslation('desk');
  const personName = usePersonName();
  const { person: me } = useMe();
  const step = useLive((live) => attemptStep(item.call ? live.calls[item.call] : undefined));
  return (
    <Text size="sm" fw={600} role="status">
      {item.person === me
        ? t(`callback.going.${step}`)
        : t(`callback.goingBy.${step}`, { name: personName(item.person ?? '') })}
    </Text>
  );
}

function attemptStep(call: LiveCall | undefined): 'own' | 'customer' | 'talk' {
  if (call?.talking_since) return 'talk';
  return call?.legs.some(({ role }) => role === 'customer') ? 'customer' : 'own';
}

function AttemptsTitle({ data }: { data: Case }) {
  const { t } = useTranslation('desk');
  return t('attempts.title', { count: data.attempts.length });
}

function Attempts({ data }: { data: Case }) {
  const { t } = useTranslation('desk');
  const personName = usePersonName();
  if (!data.attempts.length)
    return (
      <Text size="sm" c="dimmed" py="xs">
        {t('attempts.empty')}
      </Text>
    );
  return (
    <ol className={classes.attempts}>
      {data.attempts.map((attempt, index) => (
        <li key={attempt.call}>
          <Text size="sm" span>
            {t('attempts.nr', { nr: index + 1 })} · <At moment={attempt.at} /> ·{' '}
            <bdi>{personName(attempt.person)}</bdi>
          </Text>
          <Text size="sm" span c="dimmed">
            {t(`attempts.${attemptState(attempt)}`)}
            {attempt.answered !== null &&
              ` · ${t(attempt.answered ? 'attempts.answered' : 'attempts.unanswered')}`}
          </Text>
        </li>
      ))}
    </ol>
  );
}

function attemptState({ over, dialled, connected }: Case['attempts'][number]): string {
  if (!over) return 'going';
  if (connected) return 'connected';
  return dialled ? 'noAnswer' : 'notDialled';
}
