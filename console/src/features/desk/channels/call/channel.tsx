/** Callers who wait in a queue. */
import { useTranslation } from 'react-i18next';
import { useLive } from '@/shared/live/store';
import type { Channel, StageProps } from '../channel';

export const call: Channel = {
  live: true,
  answered: true,
  Stage,
  keys: (item, actions) => (item.state === 'waiting' ? { call: () => actions.take() } : {}),
  ofCall: ({ kind, id }) => (kind === 'incoming' ? `call:${id}` : null),
};

function Stage({ item, holder }: StageProps) {
  const { t } = useTranslation('desk');
  const position = useLive((state) =>
    item.queue ? (state.queues[item.queue]?.waiting.indexOf(item.id) ?? -1) + 1 : 0,
  );
  return item.state === 'ringing'
    ? t('stage.ringing', { name: holder ?? '' })
    : t('stage.waiting', { position: position || 1 });
}
