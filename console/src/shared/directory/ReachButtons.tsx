/** The ways to somebody: called, or with a call in hand transferred to, at once or after asking. */
import { ActionIcon, Button, type ButtonProps, Tooltip } from '@mantine/core';
import { IconArrowForwardUp, IconMessageQuestion, IconPhone } from '@tabler/icons-react';
import type { ComponentPropsWithoutRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhoneCall, Target } from '@/shared/phone';
import { useWaysToTransfer, type WayToTransfer } from '@/shared/session/preferences';
import type { Reaching } from './reaching';
import classes from './directory.module.css';

const ICONS = { now: IconArrowForwardUp, askFirst: IconMessageQuestion };
const WORDS = { now: 'transfer', askFirst: 'askFirst' } as const;

interface Props {
  target: Target;
  /** Whom the buttons name. */
  who: string;
  /** Whom the message that follows names, when that is another. */
  told?: string;
  call: PhoneCall | null;
  returns: boolean;
  reaching: Reaching;
  /** Of the button that comes to be pressed by Enter. */
  main?: ButtonProps & ComponentPropsWithoutRef<'button'> & { [mark: `data-${string}`]: boolean };
}

/** The way that the person prefers comes last, filled and in words; the other one is an icon beside it. */
export function ReachButtons({ target, who, told = who, call, returns, reaching, main }: Props) {
  const { t } = useTranslation('directory');
  const ways = useWaysToTransfer('queue' in target);
  if (!call) {
    return (
      <Button
        size="compact-sm"
        variant="default"
        className={classes.reach}
        {...main}
        disabled={reaching.busy}
        leftSection={<IconPhone size={15} stroke={1.8} aria-hidden />}
        aria-label={t('callWho', { who })}
        onClick={() => reaching.dial(target)}
      >
        {t('call')}
      </Button>
    );
  }
  const go = (way: WayToTransfer) =>
    way === 'now' ? reaching.transfer(call, target, returns, told) : reaching.consult(call, target);
  return ways.map((way, index) => {
    const Icon = ICONS[way];
    const named = { 'aria-label': t(`${WORDS[way]}Who`, { who }), disabled: reaching.busy };
    return index < ways.length - 1 ? (
      <Tooltip key={way} label={t(WORDS[way])}>
        <ActionIcon className={classes.ask} {...named} onClick={() => go(way)}>
          <Icon size={18} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Tooltip>
    ) : (
      <Button
        key={way}
        size="compact-sm"
        className={classes.reach}
        {...main}
        {...named}
        leftSection={<Icon size={15} stroke={1.8} aria-hidden />}
        onClick={() => go(way)}
      >
        {t(WORDS[way])}
      </Button>
    );
  });
}
