import { ActionIcon, Button, Group, Menu, Text } from '@mantine/core';
import { IconArrowRight, IconCheck, IconDots, IconPhone, IconPhoneOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { bookCallback } from '@/shared/booking';
import { type Case, usePersonName } from '@/shared/case';
import { Key } from '@/shared/components';
import { type LiveCall, useLive } from '@/shared/live/store';
import { useMe } from '@/shared/session';
import { BookFor } from './BookButton';
import classes from './desk.module.css';
import type { DeskItem } from './items';
import type { CaseActions } from './useCaseActions';
import { useKeysOn } from './useDeskKeys';

interface Props {
  data: Case;
  item: DeskItem | undefined;
  actions: CaseActions;
  onOpen: (key: string) => void;
  onNext?: () => void;
}

/** What can be done now; the most likely first. */
export function CaseButtons({ data, item, actions, onOpen, onNext }: Props) {
  const bookable = data.kind === 'voicemail' || (data.kind === 'call' && item?.state !== 'waiting');
  return (
    <Group gap={8} className={classes.buttons}>
      {item && data.kind === 'callback' && <OfCallback item={item} actions={actions} />}
      {data.kind === 'voicemail' && <OfMessage data={data} item={item} actions={actions} />}
      {item?.kind === 'call' && <OfCall item={item} actions={actions} />}
      {item && item.kind !== 'call' && <Take item={item} actions={actions} />}
      {bookable && data.number && <BookFor number={data.number} queue={data.queue} onShow={onOpen} />}
      <span className={classes.space} />
      {onNext && <Next onNext={onNext} />}
    </Group>
  );
}

function Next({ onNext }: { onNext: () => void }) {
  const { t } = useTranslation('desk');
  return (
    <Button
      variant="subtle"
      color="gray"
      px="xs"
      aria-label={t('next')}
      rightSection={<IconArrowRight size={16} stroke={1.6} />}
      onClick={onNext}
    >
      <span className={classes.nextWord}>{t('next')}</span>
    </Button>
  );
}

/** The key that does the same, where there is a keyboard. */
function Hint({ children }: { children: string }) {
  const [on] = useKeysOn();
  if (!on) return null;
  return (
    <span className={classes.hint} aria-hidden>
      <Key>{children}</Key>
    </span>
  );
}

function OfCallback({ item, actions }: { item: DeskItem; actions: CaseActions }) {
  const { t } = useTranslation('desk');
  const { person: me } = useMe();
  if (item.state === 'in_attempt') return <Attempted item={item} />;
  if (item.state === 'to_mark')
    return (
      <>
        <Button
          leftSection={<IconCheck size={17} stroke={1.8} />}
          rightSection={<Hint>A</Hint>}
          onClick={() => actions.mark(true)}
          disabled={actions.busy}
        >
          {t('callback.answered')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconPhoneOff size={17} stroke={1.6} />}
          rightSection={<Hint>U</Hint>}
          onClick={() => actions.mark(false)}
          disabled={actions.busy}
        >
          {t('callback.unanswered')}
        </Button>
      </>
    );
  return (
    <>
      <Button
        leftSection={<IconPhone size={17} stroke={1.8} />}
        rightSection={<Hint>R</Hint>}
        onClick={actions.start}
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
          <Menu.Item color="red" onClick={() => void actions.cancel()}>
            {t('callback.cancel')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
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

function OfMessage({
  data,
  item,
  actions,
}: {
  data: Case;
  item: DeskItem | undefined;
  actions: CaseActions;
}) {
  const { t } = useTranslation('desk');
  const number = data.number;
  return (
    <>
      {item ? (
        <Button
          leftSection={<IconCheck size={17} stroke={1.8} />}
          rightSection={<Hint>H</Hint>}
          onClick={actions.handle}
          disabled={actions.busy}
        >
          {t('messageDone')}
        </Button>
      ) : (
        <Button variant="default" onClick={actions.reopen} disabled={actions.busy}>
          {t('reopen')}
        </Button>
      )}
      {number && (
        <Button
          variant="default"
          leftSection={<IconPhone size={17} stroke={1.6} />}
          rightSection={<Hint>R</Hint>}
          onClick={() => actions.dial(number)}
          disabled={actions.busy}
        >
          {t('callNow')}
        </Button>
      )}
    </>
  );
}

function OfCall({ item, actions }: { item: DeskItem; actions: CaseActions }) {
  const { t } = useTranslation('desk');
  const personName = usePersonName();
  const { person: me } = useMe();
  const name = item.person ? personName(item.person) : '';
  if (item.state === 'talking')
    return (
      <Text size="sm" fw={600}>
        {item.person === me ? t('call.yours') : t('call.talking', { name })}
      </Text>
    );
  if (item.state === 'ringing')
    return (
      <Text size="sm" c="dimmed">
        {item.person === me ? t('call.ringsYou') : t('call.rings', { name })}
      </Text>
    );
  return (
    <>
      <Button
        leftSection={<IconPhone size={17} stroke={1.8} />}
        rightSection={<Hint>R</Hint>}
        onClick={actions.pick}
        loading={actions.busy}
      >
        {t('call.pick')}
      </Button>
      <Text size="sm" c="dimmed">
        {t('call.waits')}
      </Text>
    </>
  );
}

function Take({ item, actions }: { item: DeskItem; actions: CaseActions }) {
  const { t } = useTranslation('desk');
  const { person: me } = useMe();
  if (!me || item.state === 'in_attempt') return null;
  const mine = item.taken_by === me;
  const label = item.taken_by === null ? 'take' : mine ? 'release' : 'takeOver.confirm';
  return (
    <Button
      variant="default"
      rightSection={<Hint>T</Hint>}
      onClick={() => void actions.takeOrRelease(item, me)}
      disabled={actions.busy}
    >
      {t(label)}
    </Button>
  );
}
