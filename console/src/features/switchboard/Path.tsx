/** What a call has been through, from the number that was dialled to where it is now. */
import { useTranslation } from 'react-i18next';
import { Since } from '@/shared/components';
import { useHouseNames } from '@/shared/directory';
import { clockTime, duration, phoneNumber } from '@/shared/format';
import type { LiveCall } from '@/shared/live/store';
import classes from './switchboard.module.css';

type Step = LiveCall['path'][number];

export function Path({ call }: { call: LiveCall }) {
  return (
    <ol className={classes.path}>
      {call.path.map((step, index) => (
        <Passed key={`${step.at}-${index}`} step={step} last={index === call.path.length - 1} />
      ))}
    </ol>
  );
}

function Passed({ step, last }: { step: Step; last: boolean }) {
  const { t } = useTranslation('switchboard');
  const names = useHouseNames();
  const name = {
    number: names.number,
    flow: names.flow,
    queue: names.queue,
    person: names.person,
    outside: phoneNumber,
  }[step.kind](step.key);
  const lasting = step.kind === 'queue' || step.kind === 'person' || step.kind === 'outside';
  return (
    <li data-last={last || undefined}>
      <time dateTime={step.at} data-volatile>
        {clockTime(step.at)}
      </time>
      <span>
        {t(`step.${step.kind}`, { name })}
        {step.asked && ` ${t('step.asked')}`}
        {step.by && ` ${t('step.by', { who: names.person(step.by) })}`}
        {lasting && (
          <span className={classes.span}>
            {step.until ? (
              <span data-volatile>{duration((Date.parse(step.until) - Date.parse(step.at)) / 1000)}</span>
            ) : (
              <Since moment={step.at} />
            )}
          </span>
        )}
      </span>
    </li>
  );
}
