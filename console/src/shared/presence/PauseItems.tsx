/** In a menu: why, and for how long. */
import { Menu } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Reason, type Wanted, usePauseReasons } from './pause';
import classes from './presence.module.css';

const TIMES = ['own', '15', '30', '60'] as const;

export function PauseItems({ choose }: { choose: (wanted: Wanted, reason: Reason) => void }) {
  const { t } = useTranslation();
  const reasons = usePauseReasons();
  const [time, setTime] = useState<string>('own');
  const minutes = time === 'own' ? null : Number(time);
  return (
    <>
      <Menu.Label>{t('pause.ends')}</Menu.Label>
      <Menu.RadioGroup value={time} onChange={setTime}>
        <div className={classes.grid} role="group" aria-label={t('pause.ends')}>
          {TIMES.map((each) => (
            <Menu.RadioItem key={each} value={each} px={8} closeMenuOnClick={false}>
              {each === 'own' ? t('pause.byHand') : t('pause.minutes', { count: Number(each) })}
            </Menu.RadioItem>
          ))}
        </div>
      </Menu.RadioGroup>
      <Menu.Label>{t('pause.why')}</Menu.Label>
      {reasons.map((reason) => (
        <Menu.Item
          key={reason.key}
          closeMenuOnClick
          rightSection={
            minutes === null && reason.minutes ? t('pause.minutes', { count: reason.minutes }) : undefined
          }
          onClick={() => choose({ reason: reason.key, minutes }, reason)}
        >
          {reason.name}
        </Menu.Item>
      ))}
    </>
  );
}
