import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { phoneNumber } from '@/shared/format';
import { useLive } from '@/shared/live/store';
import type { DeviceKind, PhoneCall } from '@/shared/phone';
import { Ringer } from '@/shared/phone/ringer';
import { useNotices } from '@/shared/session/preferences';

/** Be heard and seen while a call rings for me. A desk phone rings by itself; the page then only shows it. */
export function useRinging(calls: PhoneCall[], device: DeviceKind): void {
  const { t } = useTranslation('phone');
  const ringer = useMemo(() => new Ringer(), []);
  // At a desk phone an own dial rings too, which the page need not tell of.
  const ringing = calls.find(
    (call) => call.state === 'ringing' && (call.direction === 'in' || call.answerable),
  );
  const queue = useLive((state) => (ringing?.queue ? state.queues[ringing.queue]?.name : undefined)) ?? '';
  const id = ringing?.id;
  const who = ringing ? ringing.name || (ringing.number ? phoneNumber(ringing.number) : t('withheld')) : '';
  const { offers, sound } = useNotices();
  const softly = calls.some(({ state }) => state === 'talking');
  useEffect(() => {
    if (!id) return;
    const notice = offers ? (sound ? 'loud' : 'silent') : null;
    ringer.start(t('rings', { who }), queue, `call-${id}`, {
      sound: sound && device === 'browser',
      softly,
      notice,
    });
    return () => ringer.stop();
    // The words may come a moment later than the call; it must not begin to ring anew for them.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [id, softly, ringer]);
  useEffect(() => {
    if (id) ringer.say(t('rings', { who }));
  }, [id, ringer, t, who]);
}
