/** Why calls do not reach me, and what to do about it. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useTell } from '@/shared/components';
import { useLive } from '@/shared/live/store';
import { phoneActions, type PhoneView } from '@/shared/phone';
import { useFarewell } from '@/shared/session/farewell';
import classes from './PhoneBar.module.css';

export function PhoneNotice({ view }: { view: PhoneView }) {
  const { t } = useTranslation('phone');
  const tell = useTell();
  const { reach, reason } = view;
  const told = useLive(({ connection }) => connection !== 'live');
  const over = useFarewell((farewell) => farewell.over);
  const why =
    reach === 'unreachable' ? reason : reach === 'taken-over' || reach === 'other-tab' ? reach : null;
  // The strip below the bar says it already, and more.
  const about = why === 'no-contact' && (told || over) ? null : why;
  if (!about) {
    const quiet = reach === 'ready' && view.device === 'browser' && !view.audible && !view.calls.length;
    return (
      <div role="status" className={classes.told}>
        {quiet && (
          <p className={classes.notice} style={{ margin: 0 }}>
            {t('notice.inaudible')}
          </p>
        )}
      </div>
    );
  }
  const run = (action: Promise<void>) => void action.catch(tell.failed);
  return (
    <div role="status" className={classes.told}>
      <div className={classes.notice} data-tone={reach === 'unreachable' ? 'bad' : undefined}>
        <Told text={t(`notice.${about}`)} />
        {about === 'microphone-ask' && (
          <Button size="compact-sm" onClick={() => run(phoneActions.allowMicrophone())}>
            {t('notice.allow')}
          </Button>
        )}
        {(about === 'microphone-denied' || about === 'microphone-missing') && (
          <Button size="compact-sm" variant="default" onClick={() => run(phoneActions.allowMicrophone())}>
            {t('notice.again')}
          </Button>
        )}
        {(about === 'other-tab' || about === 'taken-over') && (
          <Button size="compact-sm" variant="default" onClick={() => phoneActions.takeOver()}>
            {t('notice.useHere')}
          </Button>
        )}
        {about === 'device-away' && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => run(phoneActions.chooseDevice('browser'))}
          >
            {t('notice.useBrowser')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** On a phone the first sentence alone is to be seen: what is wrong. The button beside it says what to do. */
function Told({ text }: { text: string }) {
  const end = text.indexOf('. ') + 1;
  if (!end) return <span>{text}</span>;
  return (
    <span>
      {text.slice(0, end)}
      <span className={classes.rest}>{text.slice(end)}</span>
    </span>
  );
}
