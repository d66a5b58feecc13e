/** Callers at parking places: anybody who may takes them, wherever in the console. */
import { Button, Tooltip } from '@mantine/core';
import { IconPhoneIncoming } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Since, useTell } from '@/shared/components';
import { useNamesOf } from '@/shared/directory/queries';
import { phoneNumber } from '@/shared/format';
import { type LiveCall, useLive } from '@/shared/live/store';
import { phoneActions } from '@/shared/phone';
import { useMay } from '@/shared/session';
import classes from './PhoneBar.module.css';

export function ParkedCalls() {
  const { t } = useTranslation('phone');
  const calls = useLive((state) => state.calls);
  const parked = useMemo(
    () =>
      Object.values(calls)
        .filter(({ transfer, state }) => transfer?.parked != null && state !== 'ending')
        .sort((one, other) => (one.transfer?.parked ?? 0) - (other.transfer?.parked ?? 0)),
    [calls],
  );
  const known = useNamesOf(parked.map(({ caller }) => caller));
  const may = useMay('park_calls');
  if (!may || !parked.length) return null;
  return (
    <ul className={classes.parked} aria-label={t('park.title')}>
      {parked.map((call) => (
        <Place key={call.id} call={call} who={nameOf(call, known) || t('withheld')} />
      ))}
    </ul>
  );
}

function nameOf(call: LiveCall, known: Record<string, string>): string {
  const name = (call.caller && known[call.caller]) || call.caller_name;
  return name || (call.caller ? phoneNumber(call.caller) : '');
}

function Place({ call, who }: { call: LiveCall; who: string }) {
  const { t } = useTranslation('phone');
  const tell = useTell();
  const by = useLive((state) => (call.transfer?.by ? state.agents[call.transfer.by]?.name : undefined));
  const place = call.transfer?.parked ?? 0;
  return (
    <li className={classes.place} data-parked={place}>
      <span className={classes.aside}>{t('park.place', { place })}</span>
      <Tooltip label={by ? t('park.by', { by }) : who} disabled={!by}>
        <strong>{who}</strong>
      </Tooltip>
      {call.transfer && <Since moment={call.transfer.since} />}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPhoneIncoming size={15} stroke={1.7} aria-hidden />}
        disabled={call.transfer?.person != null}
        aria-label={t('park.takeWho', { who, place })}
        onClick={() => void phoneActions.takeParked(call.id).catch(tell.failed)}
      >
        {t('park.take')}
      </Button>
    </li>
  );
}
