/** Promises to ring back. */
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { dayAndTime, inMinutes } from '@/shared/format';
import { useNow } from '@/shared/format/useNow';
import { type DeskItem, useLive } from '@/shared/live/store';
import type { CaseActions } from '../../useCaseActions';
import type { Channel, StageProps } from '../channel';

export const callback: Channel = {
  rests: ({ state, kept }) => (state === 'booked' && !kept) || state === 'due',
  going: ({ state }) => state === 'in_attempt',
  Stage,
  keys: (item, actions) => {
    const { start, mark } = work(item.id, actions);
    const byKey = (answered: boolean) => () => {
      const name = answered ? 'answered' : 'unanswered';
      actions.pressTwice(`${name} ${item.key}`, () => mark(answered), `again.${name}`);
    };
    if (item.state === 'to_mark') return { answered: byKey(true), unanswered: byKey(false) };
    return item.state === 'booked' || item.state === 'due' ? { call: start } : {};
  },
  ofCall: ({ kind, id }, desk) =>
    kind === 'callback'
      ? (Object.values(desk).find((item) => item.kind === 'callback' && item.call === id)?.key ?? null)
      : null,
};

/** What is done with a promise. */
export function work(id: string, { run, told, confirm, t }: CaseActions) {
  const path = { params: { path: { id } } };
  return {
    start: () => run(() => call(api.POST('/api/callbacks/{id}/start', path))),
    mark: (answered: boolean) =>
      run(
        () => call(api.POST('/api/callbacks/{id}/mark', { ...path, body: { answered } })),
        () => told(t(answered ? 'told.answered' : 'told.unanswered')),
      ),
    async cancel() {
      const sure = await confirm({
        title: t('cancel.title'),
        body: t('cancel.body'),
        confirm: t('cancel.confirm'),
        dangerous: true,
      });
      if (sure)
        run(
          () => call(api.DELETE('/api/callbacks/{id}', path)),
          () => told(t('told.cancelled')),
        );
    },
  };
}

function Stage({ item, holder }: StageProps) {
  const { t } = useTranslation('desk');
  const talking = useLive((state) => Boolean(item.call && state.calls[item.call]?.talking_since));
  if (item.state === 'in_attempt' && talking) return t('stage.talking', { name: holder ?? '' });
  if (item.kept && item.state === 'booked') return <KeptPlace item={item} holder={holder} />;
  if (item.state === 'due' && item.call && holder) return t('stage.ringing', { name: holder });
  const stage = t(`stage.${item.state}`, {
    name: holder ?? '',
    attempt: item.attempts + 1,
    most: item.most_attempts ?? 1,
    context: contextOf(item),
  });
  return (
    <>
      {stage}
      <Waited item={item} />
    </>
  );
}

function contextOf({ attempts, most_attempts, promise }: DeskItem): string | undefined {
  if (attempts) return most_attempts === null ? 'endless' : 'again';
  return promise === 'untimed' || promise === 'abandoned' ? promise : undefined;
}

/** Where no time was promised, how long the customer has waited; and when it was tried last. */
function Waited({ item }: { item: DeskItem }) {
  const { t } = useTranslation('desk');
  const now = useNow();
  if (item.state !== 'booked' && item.state !== 'due') return null;
  const came = inMinutes((Date.parse(item.came_at) - now) / 1000);
  return (
    <span data-volatile>
      {item.promise !== 'timed' && ` · ${t('stage.came', { ago: came })}`}
      {item.last_attempt_at && ` · ${t('stage.last', { at: dayAndTime(item.last_attempt_at) })}`}
    </span>
  );
}

/** Stands among the callers who wait, until its turn comes and a colleague is rung. */
function KeptPlace({ item, holder }: StageProps) {
  const { t } = useTranslation('desk');
  const position = useLive((state) =>
    item.queue && item.call ? (state.queues[item.queue]?.waiting.indexOf(item.call) ?? -1) + 1 : 0,
  );
  if (item.person && item.call && holder) return t('stage.ringing', { name: holder });
  if (!position) return t('stage.keptLater');
  return t('stage.kept', {
    position,
    attempt: item.attempts + 1,
    most: item.most_attempts ?? 1,
    context: item.attempts ? 'again' : undefined,
  });
}
