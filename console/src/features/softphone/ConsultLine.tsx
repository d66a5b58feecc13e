/** While a colleague is asked: how that stands, and the ways on. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dot, Since, useTell } from '@/shared/components';
import { phoneNumber } from '@/shared/format';
import { phoneActions, type Consult, type PhoneCall } from '@/shared/phone';
import classes from './PhoneBar.module.css';

const MARKS = {
  ringing: { tone: 'info', shape: 'ring' },
  talking: { tone: 'good', shape: 'disc' },
  held: { tone: 'busy', shape: 'half' },
} as const;

export function ConsultLine({ call, consult }: { call: PhoneCall; consult: Consult }) {
  const { t } = useTranslation('phone');
  const tell = useTell();
  const run = (action: Promise<void>) => void action.catch(tell.failed);
  return (
    <div className={classes.consult} role="group" aria-label={t('consult.title')}>
      <Dot {...MARKS[consult.state]} />
      <span>
        {t(`consult.${consult.state}`, { who: phoneNumber(consult.name) })} <Since moment={consult.since} />
      </span>
      <Button size="compact-sm" onClick={() => run(phoneActions.consultComplete(call.id))}>
        {t('consult.complete')}
      </Button>
      {consult.state !== 'ringing' && (
        <Button size="compact-sm" variant="default" onClick={() => run(phoneActions.consultSwap(call.id))}>
          {t('consult.swap')}
        </Button>
      )}
      {consult.state !== 'ringing' && (
        <Button size="compact-sm" variant="default" onClick={() => run(phoneActions.confer(call.id))}>
          {t('consult.confer')}
        </Button>
      )}
      <Button size="compact-sm" variant="default" onClick={() => run(phoneActions.consultCancel(call.id))}>
        {t('consult.cancel')}
      </Button>
    </div>
  );
}
