/** Marks of calls: which way they went and how they ended, each by shape and words. */
import { Group, Tooltip } from '@mantine/core';
import {
  IconArrowsLeftRight,
  IconPhoneIncoming,
  IconPhoneOutgoing,
  IconPhoneCheck,
  IconPhoneX,
  type Icon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Dot, type Shape, type Tone } from '@/shared/components';
import type { Direction, Outcome } from './calls';
import classes from './calllog.module.css';

const OUTCOMES: Record<Outcome, { tone: Tone; shape: Shape }> = {
  answered: { tone: 'good', shape: 'disc' },
  transferred: { tone: 'good', shape: 'diamond' },
  callback_booked: { tone: 'info', shape: 'diamond' },
  voicemail: { tone: 'info', shape: 'square' },
  completed: { tone: 'quiet', shape: 'ring' },
  hung_up: { tone: 'quiet', shape: 'bar' },
  abandoned: { tone: 'bad', shape: 'bar' },
  unanswered: { tone: 'busy', shape: 'ring' },
  refused: { tone: 'bad', shape: 'square' },
  failed: { tone: 'bad', shape: 'diamond' },
};

export const OUTCOME_NAMES = Object.keys(OUTCOMES) as Outcome[];

export function OutcomeMark({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation('calllog');
  return (
    <Group gap={6} wrap="nowrap" display="inline-flex">
      <Dot {...OUTCOMES[outcome]} />
      <span>{t(`outcome.${outcome}`)}</span>
    </Group>
  );
}

const DIRECTIONS: Record<Direction, Icon> = {
  in: IconPhoneIncoming,
  out: IconPhoneOutgoing,
  missed: IconPhoneX,
  elsewhere: IconPhoneCheck,
  inside: IconArrowsLeftRight,
};

export function DirectionMark({ direction }: { direction: Direction }) {
  const { t } = useTranslation('calllog');
  const DirectionIcon = DIRECTIONS[direction];
  const name = t(`direction.${direction}`);
  return (
    <Tooltip label={name}>
      <DirectionIcon
        size={17}
        stroke={1.7}
        role="img"
        aria-label={name}
        className={classes.direction}
        data-direction={direction}
      />
    </Tooltip>
  );
}
