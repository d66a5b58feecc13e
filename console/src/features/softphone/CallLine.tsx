/** One call: with whom, how it stands, for how long, and what can be done. */
import { ActionIcon, Button, Popover, Tooltip } from '@mantine/core';
import {
  IconArrowForwardUp,
  IconDialpad,
  IconMicrophone,
  IconMicrophoneOff,
  IconParking,
  IconPhone,
  IconPhoneOff,
  IconPlayerPause,
  IconPlayerPlay,
  type Icon,
} from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CategoryMark } from '@/shared/case';
import { Dot, Label, Since, useTell } from '@/shared/components';
import { phoneNumber } from '@/shared/format';
import { inARow } from '@/shared/i18n';
import { useLive } from '@/shared/live/store';
import { phoneActions, type PhoneCall } from '@/shared/phone';
import { useMay } from '@/shared/session';
import { ConsultLine } from './ConsultLine';
import { SupervisionLine } from './SupervisionLine';
import { Keypad } from './Keypad';
import { CALL_MARKS } from './marks';
import { RecordingMark } from './RecordingMark';
import { useTransferKey } from './useKeys';
import { nameOrNumber, useNameOf } from './useNameOf';
import classes from './PhoneBar.module.css';

const DeviceDialog = lazy(() => import('./DeviceDialog'));
const TransferDialog = lazy(() => import('./TransferDialog'));

/** `beside`: another call is talked in, which answering this one puts on hold. */
export function CallLine({ call, beside }: { call: PhoneCall; beside: boolean }) {
  const { t } = useTranslation('phone');
  const queue = useLive((state) => (call.queue ? state.queues[call.queue]?.name : undefined));
  const category = useLive((state) => state.calls[call.id]?.category);
  const name = useNameOf(call);
  const who = nameOrNumber(call, name, t('withheld'));
  return (
    <li
      className={classes.call}
      data-state={call.state}
      data-call={call.id}
      data-tour={call.state === 'ringing' ? 'ringing' : undefined}
    >
      <span className={classes.state}>
        <Dot {...CALL_MARKS[call.state]} />
        {t(`state.${call.state}`)}
        <Since moment={call.since} />
      </span>
      <span className={classes.who}>
        <strong>{who}</strong>
        {name && call.number && <span className={classes.aside}>{phoneNumber(call.number)}</span>}
        {queue && <Label>{queue}</Label>}
        <CategoryMark category={category} />
        {call.kept && <Label>{t('kept')}</Label>}
        {call.supervision && <Label>{t('supervision.of', { who: call.supervision.member })}</Label>}
        {call.conference.length > 0 && !call.supervision && (
          <Label>{t('conference', { who: inARow(call.conference.map(phoneNumber), ' + ') })}</Label>
        )}
        <span role="status" className={classes.aside}>
          {call.supervisedBy
            .map(({ who: leader, how }) => t(`supervision.by.${how}`, { who: leader }))
            .join(', ')}
        </span>
        {call.muted && <span className={classes.aside}>{t('muted')}</span>}
      </span>
      {call.state !== 'ringing' && <RecordingMark call={call} />}
      <span className={classes.actions} role="group" aria-label={t('actions', { who })}>
        {call.state === 'ringing' ? (
          <Ringing call={call} who={who} beside={beside} />
        ) : (
          <Going call={call} who={who} />
        )}
      </span>
      <Silent call={call} />
      {call.consult && <ConsultLine call={call} consult={call.consult} />}
      {call.supervision && call.state !== 'ringing' && call.state !== 'dialling' && (
        <SupervisionLine call={call} how={call.supervision.how} member={call.supervision.member} />
      )}
    </li>
  );
}

/** Nobody hears me, and I cannot know it by myself. */
function Silent({ call }: { call: PhoneCall }) {
  const { t } = useTranslation('phone');
  const [choosing, setChoosing] = useState(false);
  return (
    <span role="alert" className={classes.silent}>
      {call.silence && (
        <>
          {t(`silence.${call.silence}`)}
          <Button size="compact-xs" variant="default" onClick={() => phoneActions.useDevicesAnew()}>
            {t('silence.again')}
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => setChoosing(true)}>
            {t('silence.choose')}
          </Button>
        </>
      )}
      <Suspense>{choosing && <DeviceDialog onClose={() => setChoosing(false)} />}</Suspense>
    </span>
  );
}

function Ringing({ call, who, beside }: { call: PhoneCall; who: string; beside: boolean }) {
  const { t } = useTranslation('phone');
  const run = useRun();
  return (
    <>
      {call.answerable ? (
        <Tooltip label={`${t('answer')} (F2)`}>
          <Button
            leftSection={<IconPhone size={17} stroke={1.8} aria-hidden />}
            onClick={() => run(phoneActions.answer(call.id))}
            aria-label={t(beside ? 'answerAndHoldWho' : 'answerWho', { who })}
            aria-keyshortcuts="F2"
          >
            {t(beside ? 'answerAndHold' : 'answer')}
          </Button>
        </Tooltip>
      ) : (
        <span>{t(`answerAt.${call.device}`)}</span>
      )}
      <Button variant="default" onClick={() => run(phoneActions.hangUp(call.id))} aria-keyshortcuts="F4">
        {t('decline')}
      </Button>
    </>
  );
}

function Going({ call, who }: { call: PhoneCall; who: string }) {
  const { t } = useTranslation('phone');
  const run = useRun();
  const [transferring, setTransferring] = useState(false);
  const joined = (call.state === 'talking' || call.state === 'held') && !call.supervision?.unheard;
  const simple = joined && !call.consult;
  const transferable = simple && !call.conference.length && !call.supervision;
  useTransferKey(transferable && call.state === 'talking', () => setTransferring(true));
  const held = call.state === 'held';
  const mayPark = useMay('park_calls');
  const tell = useTell();
  const park = () =>
    void phoneActions.park(call.id).then((place) => tell.done(t('park.done', { who, place })), tell.failed);
  return (
    <>
      {call.mutable && (
        <Tool
          icon={call.muted ? IconMicrophoneOff : IconMicrophone}
          label={t(call.muted ? 'unmute' : 'mute')}
          pressed={call.muted}
          onClick={() => phoneActions.mute(call.id, !call.muted)}
        />
      )}
      {simple && (
        <Tool
          icon={held ? IconPlayerPlay : IconPlayerPause}
          label={t(held ? 'resume' : 'hold')}
          hint="F8"
          onClick={() => run(held ? phoneActions.resume(call.id) : phoneActions.hold(call.id))}
        />
      )}
      {joined && (
        <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
          <Popover.Target>
            <Tooltip label={t('keypad')}>
              <ActionIcon aria-label={t('keypad')} size={36}>
                <IconDialpad size={18} stroke={1.6} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </Popover.Target>
          <Popover.Dropdown>
            <Keypad press={(digit) => run(phoneActions.digits(call.id, digit))} />
          </Popover.Dropdown>
        </Popover>
      )}
      {transferable && mayPark && <Tool icon={IconParking} label={t('park.do')} onClick={park} />}
      {transferable && (
        <Tool
          icon={IconArrowForwardUp}
          label={t('transfer.open')}
          hint="F9"
          onClick={() => setTransferring(true)}
        />
      )}
      <Button
        color="red"
        variant="light"
        leftSection={<IconPhoneOff size={17} stroke={1.8} aria-hidden />}
        onClick={() => run(phoneActions.hangUp(call.id))}
        aria-label={t('hangUpWho', { who })}
        aria-keyshortcuts="F4"
      >
        {t('hangUp')}
      </Button>
      <Suspense>
        {transferring && transferable && (
          <TransferDialog call={call} who={who} onClose={() => setTransferring(false)} />
        )}
      </Suspense>
    </>
  );
}

interface ToolProps {
  icon: Icon;
  label: string;
  hint?: string;
  pressed?: boolean;
  onClick: () => void;
}

function Tool({ icon: Icon, label, hint, pressed, onClick }: ToolProps) {
  return (
    <Tooltip label={hint ? `${label} (${hint})` : label}>
      <ActionIcon
        size={36}
        aria-label={label}
        aria-pressed={pressed}
        aria-keyshortcuts={hint}
        variant={pressed ? 'light' : 'subtle'}
        color={pressed ? 'red' : 'gray'}
        onClick={onClick}
      >
        <Icon size={18} stroke={1.6} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

function useRun(): (action: Promise<void>) => void {
  const tell = useTell();
  return (action) => void action.catch(tell.failed);
}
