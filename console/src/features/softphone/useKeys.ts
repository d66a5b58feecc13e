/** The keys of the phone, which serve everywhere, also while one writes a note. */
import { useEffect, useRef } from 'react';
import { useTell } from '@/shared/components';
import { phoneActions, type PhoneCall } from '@/shared/phone';

/** Milliseconds for which F2 waits for a call that is shown already but cannot be answered yet. */
const PATIENCE = 3_000;

/** Milliseconds in which a second F4 is meant for the call that the first one ended, not for the next that rings. */
const SAME_WISH = 1_500;

/** F2 answers, F4 hangs up, F8 holds and resumes. */
export function useKeys(calls: PhoneCall[]): void {
  const tell = useTell();
  const hungUp = useRef(-Infinity);
  const now = useRef({ calls, tell });
  const wanted = useRef<{ call: string; until: number } | null>(null);
  useEffect(() => {
    now.current = { calls, tell };
    const due = wanted.current && calls.find(({ id }) => id === wanted.current?.call);
    if (!due?.answerable) return;
    const inTime = Date.now() < (wanted.current?.until ?? 0);
    wanted.current = null;
    if (inTime) phoneActions.answer(due.id).catch(tell.failed);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
      if (event.repeat || event.isComposing) return;
      const action = actionOf(event.key, now.current.calls);
      const early = event.key === 'F2' && !action && ringingOf(now.current.calls);
      if (early) wanted.current = { call: early.id, until: Date.now() + PATIENCE };
      if (!action) return;
      event.preventDefault();
      if (event.key === 'F4') {
        const again = Date.now() - hungUp.current < SAME_WISH;
        hungUp.current = Date.now();
        if (again) return;
      }
      action().catch(now.current.tell.failed);
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

const ringingOf = (calls: PhoneCall[]) => calls.find(({ state }) => state === 'ringing');

/** Which one is ended by a key. */
function goingOf(calls: PhoneCall[]): PhoneCall | undefined {
  const talking = calls.find(({ state }) => state === 'talking' || state === 'dialling');
  return talking ?? ringingOf(calls) ?? calls.find(({ state }) => state === 'held');
}

function actionOf(key: string, calls: PhoneCall[]): (() => Promise<void>) | null {
  const ringing = ringingOf(calls);
  const talking = calls.find(({ state }) => state === 'talking' || state === 'dialling');
  const held = calls.find(({ state }) => state === 'held');
  if (key === 'F2' && ringing?.answerable) return () => phoneActions.answer(ringing.id);
  if (key === 'F4') {
    const going = goingOf(calls);
    return going ? () => phoneActions.hangUp(going.id) : null;
  }
  if (key === 'F8') {
    if (talking?.state === 'talking' && !talking.consult && !talking.supervision?.unheard)
      return () => phoneActions.hold(talking.id);
    if (held) return () => phoneActions.resume(held.id);
  }
  return null;
}

/** F9 opens the transfer of this call. */
export function useTransferKey(on: boolean, open: () => void): void {
  const action = useRef(open);
  useEffect(() => {
    action.current = open;
  });
  useEffect(() => {
    if (!on) return;
    const listener = (event: KeyboardEvent) => {
      if (event.key !== 'F9' || event.repeat) return;
      event.preventDefault();
      action.current();
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, [on]);
}
