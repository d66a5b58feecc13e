/** The calls in which I am: chosen here, steered in the phone above. */
import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Dot, Panel, type Shape, Since, type Tone, useTell } from '@/shared/components';
import { useHouseNames, useNamesOf } from '@/shared/directory';
import { phoneNumber } from '@/shared/format';
import { phoneActions, type PhoneCall, type PhoneView } from '@/shared/phone';
import { moveAmong } from './moving';
import classes from './switchboard.module.css';

const MARKS: Record<PhoneCall['state'], { tone: Tone; shape: Shape }> = {
  ringing: { tone: 'info', shape: 'diamond' },
  dialling: { tone: 'info', shape: 'ring' },
  talking: { tone: 'good', shape: 'disc' },
  held: { tone: 'busy', shape: 'bar' },
  ending: { tone: 'quiet', shape: 'ring' },
};

interface Props {
  calls: PhoneCall[];
  reach: PhoneView['reach'];
  selected: string | null;
  onSelect: (call: string) => void;
}

export function MyCalls({ calls, reach, selected, onSelect }: Props) {
  const { t } = useTranslation('switchboard');
  const held = calls.filter(({ state }) => state === 'held');
  const going = calls.filter(({ state }) => state !== 'held');
  return (
    <Panel title={t('myCalls')} flush>
      {calls.length ? (
        <>
          {going.length > 0 && (
            <ul className={classes.list} aria-label={t('myCalls')}>
              {going.map((call) => (
                <Mine key={call.id} call={call} selected={call.id === selected} onSelect={onSelect} />
              ))}
            </ul>
          )}
          {held.length > 0 && (
            <section aria-label={t('heldCalls')}>
              <h3 className={classes.heldTitle}>
                {t('heldCalls')} · {held.length}
              </h3>
              <ul className={classes.list} aria-label={t('heldCalls')}>
                {held.map((call) => (
                  <Mine key={call.id} call={call} selected={call.id === selected} onSelect={onSelect} />
                ))}
              </ul>
            </section>
          )}
        </>
      ) : (
        <p className={classes.quiet}>{t(reach === 'ready' ? 'noCalls' : 'noCallsUnreachable')}</p>
      )}
    </Panel>
  );
}

function Mine({
  call,
  selected,
  onSelect,
}: {
  call: PhoneCall;
  selected: boolean;
  onSelect: Props['onSelect'];
}) {
  const { t } = useTranslation('switchboard');
  const tell = useTell();
  const names = useHouseNames();
  const known = useNamesOf([call.number]);
  const number = call.number ? phoneNumber(call.number) : '';
  const name = (call.number && known[call.number]) || call.name || number || t('withheld');
  return (
    <li className={classes.steered}>
      <UnstyledButton
        className={classes.call}
        aria-current={selected || undefined}
        data-state={call.state}
        onKeyDown={moveAmong}
        onClick={() => onSelect(call.id)}
      >
        <span className={classes.callName}>{name}</span>
        <span className={classes.callTime}>
          <Since moment={call.since} />
        </span>
        <span className={classes.callState}>
          <Dot {...MARKS[call.state]} />
          {t(`state.${call.state}`)}
          {call.queue && ` · ${names.queue(call.queue)}`}
        </span>
      </UnstyledButton>
      {call.state === 'held' && (
        <Tooltip label={t('resumeWho', { who: name })}>
          <ActionIcon
            aria-label={t('resumeWho', { who: name })}
            onClick={() => void phoneActions.resume(call.id).catch(tell.failed)}
          >
            <IconPlayerPlay size={17} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
    </li>
  );
}
