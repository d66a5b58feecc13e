/** The softphone: state of my phone, dial field, and a line for each call. */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { startPhone, usePhoneView } from '@/shared/phone';
import { useMe } from '@/shared/session';
import { CallLine } from './CallLine';
import { DialField } from './DialField';
import { ParkedCalls } from './ParkedCalls';
import { PhoneNotice } from './PhoneNotice';
import { ReachMenu } from './ReachMenu';
import { useElsewhere } from './useElsewhere';
import { useKeys } from './useKeys';
import { useRinging } from './useRinging';
import classes from './PhoneBar.module.css';

export function PhoneBar() {
  const { t } = useTranslation('phone');
  const { person } = useMe();
  const view = usePhoneView();
  useEffect(() => (person ? startPhone(person) : undefined), [person]);
  useRinging(view.calls, view.device);
  useElsewhere(view.calls, person ?? '');
  useKeys(view.calls);
  if (!person) return null;
  const talking = view.calls.some(({ state }) => state === 'talking');
  const usable = view.reach !== 'none';
  return (
    <section aria-label={t('title')} className={classes.phone}>
      <div className={classes.line}>
        <ReachMenu view={view} />
        {usable && <DialField disabled={view.reach !== 'ready'} />}
      </div>
      <PhoneNotice view={view} />
      {view.calls.length > 0 && (
        <ul className={classes.calls} aria-label={t('calls')}>
          {view.calls.map((call) => (
            <CallLine key={call.id} call={call} beside={talking && call.state === 'ringing'} />
          ))}
        </ul>
      )}
      <ParkedCalls />
    </section>
  );
}
