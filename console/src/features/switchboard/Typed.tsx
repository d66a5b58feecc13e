/** What was typed, when it is a queue's name or can be dialled as it is. */
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Label } from '@/shared/components';
import { ReachButtons, type Reaching } from '@/shared/directory';
import { phoneNumber } from '@/shared/format';
import { useLive } from '@/shared/live/store';
import type { PhoneCall, Target } from '@/shared/phone';
import classes from './switchboard.module.css';

interface Props {
  text: string;
  call: PhoneCall | null;
  returns: boolean;
  reaching: Reaching;
  /** Down from the last one. */
  onNext: () => void;
}

interface Choice {
  name: string;
  target: Target;
  waiting?: number;
}

export function Typed({ text, call, returns, reaching, onNext }: Props) {
  const { t } = useTranslation('switchboard');
  const queues = useLive((state) => state.queues);
  const wanted = text.trim().toLocaleLowerCase();
  const choices: Choice[] = [];
  if (/^[+*#\d][\d\s()#*/.-]{1,30}$/.test(wanted)) {
    choices.push({ name: phoneNumber(wanted), target: { number: wanted } });
  }
  if (wanted && call) {
    for (const { key, name, waiting } of Object.values(queues).filter(
      ({ on_switchboard }) => on_switchboard !== false,
    ))
      if (name.toLocaleLowerCase().includes(wanted))
        choices.push({ name, target: { queue: key }, waiting: waiting.length });
  }
  if (!choices.length) return null;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    const next = event.currentTarget.closest('li')?.nextElementSibling;
    if (next) next.querySelector<HTMLElement>('[data-typed]')?.focus();
    else onNext();
  };
  return (
    <ul className={classes.typed} aria-label={t('typed')}>
      {choices.map(({ name, target, waiting }) => (
        <li key={name}>
          <strong className={classes.typedName}>{name}</strong>
          {waiting !== undefined && <Label>{t('queueWaiting', { count: waiting })}</Label>}
          <ReachButtons
            {...{ target, call, returns, reaching }}
            who={name}
            main={{ 'data-typed': true, onKeyDown }}
          />
        </li>
      ))}
    </ul>
  );
}
