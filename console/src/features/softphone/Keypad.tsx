import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '@/shared/keys';
import classes from './PhoneBar.module.css';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

/** Digits in a call, by click or by the keys of the keyboard. */
export function Keypad({ press }: { press: (digit: string) => void }) {
  const { t } = useTranslation('phone');
  const [pressed, setPressed] = useState('');
  const push = (digit: string) => {
    setPressed((before) => (before + digit).slice(-18));
    press(digit);
  };
  useCommands(
    (event) => {
      if (!KEYS.includes(event.key)) return;
      event.preventDefault();
      push(event.key);
    },
    { inLayer: true },
  );
  return (
    <div role="group" aria-label={t('keypad')}>
      <output className={classes.pressed} style={{ display: 'block' }} aria-live="polite">
        {pressed}
      </output>
      <div className={classes.keypad}>
        {KEYS.map((digit, index) => (
          <Button
            key={digit}
            variant="default"
            size="md"
            px={0}
            data-autofocus={index === 0 || undefined}
            onClick={() => push(digit)}
          >
            {digit}
          </Button>
        ))}
      </div>
    </div>
  );
}
