import { Button, Group } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Case } from '@/shared/case';
import { useMe } from '@/shared/session';
import { BookFor } from './BookButton';
import { PANELS } from './channels/panels';
import { CHANNELS } from './channels/registry';
import classes from './desk.module.css';
import { Hint } from './Hint';
import type { DeskItem } from './items';
import type { CaseActions } from './useCaseActions';

interface Props {
  data: Case;
  item: DeskItem | undefined;
  actions: CaseActions;
  onOpen: (key: string) => void;
  onNext?: () => void;
}

/** What can be done now; the most likely first. */
export function CaseButtons({ data, item, actions, onOpen, onNext }: Props) {
  const { Buttons, bookable } = PANELS[data.kind];
  return (
    <Group gap={8} className={classes.buttons}>
      <Buttons data={data} item={item} actions={actions} />
      {item && !CHANNELS[data.kind].answered && <Take item={item} actions={actions} />}
      {bookable?.(item) && data.number && (
        <BookFor
          of={{ kind: data.kind, id: data.id }}
          number={data.number}
          queue={data.queue}
          onShow={onOpen}
        />
      )}
      <span className={classes.space} />
      {onNext && <Next onNext={onNext} />}
    </Group>
  );
}

function Next({ onNext }: { onNext: () => void }) {
  const { t } = useTranslation('desk');
  return (
    <Button
      variant="subtle"
      color="gray"
      px="xs"
      aria-label={t('next')}
      rightSection={<IconArrowRight size={16} stroke={1.6} />}
      onClick={onNext}
    >
      <span className={classes.nextWord}>{t('next')}</span>
    </Button>
  );
}

function Take({ item, actions }: { item: DeskItem; actions: CaseActions }) {
  const { t } = useTranslation('desk');
  const { person: me } = useMe();
  if (!me || CHANNELS[item.kind].going?.(item)) return null;
  const mine = item.taken_by === me;
  const label = item.taken_by === null ? 'take' : mine ? 'release' : 'takeOver.confirm';
  return (
    <Button
      variant="default"
      rightSection={<Hint>T</Hint>}
      onClick={() => void actions.takeOrRelease(item, me)}
      disabled={actions.busy}
    >
      {t(label)}
    </Button>
  );
}
