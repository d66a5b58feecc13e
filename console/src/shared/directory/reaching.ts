/** Calling somebody, or bringing a call to them. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTell } from '@/shared/components';
import { phoneActions, type PhoneCall, type Target } from '@/shared/phone';
import type { Entry } from './queries';

/** Seconds after which a call that nobody takes comes back. */
export const RETURN_AFTER = 20;

/** How an entry is reached; by this number, or by the one that comes first. Null when there is no way. */
export function targetOf(entry: Entry, number?: string): Target | null {
  if (entry.kind === 'colleague' && !number) return entry.numbers.length ? { person: entry.key } : null;
  const chosen = number ?? entry.numbers[0]?.number;
  return chosen ? { number: chosen } : null;
}

export interface Reaching {
  busy: boolean;
  dial(target: Target | string): void;
  /** The call that I am in goes to them. */
  transfer(call: PhoneCall, target: Target, returns: boolean, who: string): void;
  /** The caller waits with music while I ask. */
  consult(call: PhoneCall, target: Target): void;
}

/** Each tells what failed. */
export function useReaching(): Reaching {
  const { t } = useTranslation('directory');
  const tell = useTell();
  const [busy, setBusy] = useState(false);
  const run = (action: Promise<void>, said?: string) => {
    setBusy(true);
    action
      .then(() => {
        if (said) tell.done(said);
      }, tell.failed)
      .finally(() => setBusy(false));
  };
  return {
    busy,
    dial: (target) => run(phoneActions.dial(target)),
    transfer: (call, target, returns, who) =>
      run(phoneActions.transfer(call.id, target, returns ? RETURN_AFTER : null), t('transferred', { who })),
    consult: (call, target) => run(phoneActions.consult(call.id, target)),
  };
}
