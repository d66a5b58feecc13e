import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useTell } from '@/shared/components';
import { useLive } from '@/shared/live/store';
import { takenBy, type PhoneCall } from '@/shared/phone';

/** When a call stops ringing here since a colleague has answered it, say so: it is not one that was missed. */
export function useElsewhere(calls: PhoneCall[], person: string): void {
  const { t } = useTranslation('phone');
  const tell = useTell();
  const rang = useRef<string[]>([]);
  const ringing = calls.filter(({ state, direction }) => state === 'ringing' && direction === 'in');
  const ids = ringing.map(({ id }) => id).join(' ');
  const here = calls.map(({ id }) => id).join(' ');
  useEffect(() => {
    const mine = here.split(' ');
    for (const id of rang.current) {
      if (mine.includes(id)) continue;
      const { calls: live, agents } = useLive.getState();
      const by = takenBy(live[id], person);
      if (by) tell.done(agents[by] ? t('elsewhere', { who: agents[by].name }) : t('elsewhereUnknown'));
    }
    rang.current = ids ? ids.split(' ') : [];
    // Only what rings and what is here matters.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [ids, here, person]);
}
