import { useTranslation } from 'react-i18next';
import type { components } from '@/api/client';
import classes from './schedule.module.css';

export type FillLevel = components['schemas']['FilledShown'];

/** How much of a period is booked: in figures, by a bar, and in words where there is little left. */
export function Fill({ level: { places, taken, state } }: { level: FillLevel }) {
  const { t } = useTranslation('schedule');
  return (
    <span className={classes.fill} data-full={state} data-volatile>
      <span>
        {t('booked', { booked: taken, places })}
        {state !== 'free' && <strong> {t(`fullness.${state}`)}</strong>}
      </span>
      <span className={classes.bar}>
        <span style={{ width: `${Math.min(1, taken / Math.max(1, places)) * 100}%` }} />
      </span>
    </span>
  );
}
