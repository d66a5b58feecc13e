import { ActionIcon, Button } from '@mantine/core';
import { IconCalendarPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { bookCallback } from '@/shared/booking';
import type { CaseRef } from '@/shared/case';
import { Tip } from '@/shared/components';
import { useMay } from '@/shared/session';
import classes from './desk.module.css';
import { useDeskKeys } from './useDeskKeys';

/** Promises a callback to somebody who is in no list: who rang a mobile, or stood at the door. */
export function BookButton({ onShow }: { onShow: (key: string) => void }) {
  const { t } = useTranslation('desk');
  const may = useMay('handle_callbacks');
  const book = () => bookCallback({ onShow: (id) => onShow(`callback:${id}`) });
  useDeskKeys({ book: may ? book : undefined });
  if (!may) return null;
  return (
    <Tip label={t('book')}>
      <ActionIcon onClick={book} aria-label={t('book')} className={classes.book}>
        <IconCalendarPlus size={19} stroke={1.6} />
      </ActionIcon>
    </Tip>
  );
}

/** For who has called or left a message: the number is known, and nobody is booked twice; the case goes on with it. */
export function BookFor({
  of,
  number,
  queue,
  onShow,
}: {
  of: CaseRef;
  number: string;
  queue: string | null;
  onShow: (key: string) => void;
}) {
  const { t } = useTranslation('desk');
  const may = useMay('handle_callbacks');
  if (!may) return null;
  const wish = { of, number, queue, onShow: (id: string) => onShow(`callback:${id}`) };
  return (
    <Button
      variant="default"
      leftSection={<IconCalendarPlus size={17} stroke={1.6} />}
      onClick={() => bookCallback(wish)}
    >
      {t('book')}
    </Button>
  );
}
