/** Messages that callers have left. */
import { useTranslation } from 'react-i18next';
import { duration } from '@/shared/format';
import type { Channel, StageProps } from '../channel';

export const voicemail: Channel = {
  Stage,
  keys: ({ number }, { handle, dial }) => ({
    handled: handle,
    call: number ? () => dial(number) : undefined,
  }),
};

function Stage({ item }: StageProps) {
  const { t } = useTranslation('desk');
  return t('stage.message', { length: duration(item.seconds ?? 0) });
}
