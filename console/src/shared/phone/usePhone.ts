/** My phone, whichever device rings: what it shows and what can be done with it. */
import { useMemo } from 'react';
import { useLive } from '@/shared/live/store';
import { useMe } from '@/shared/session';
import { Phone } from './phone';
import { phoneServer } from './server';
import { usePhoneState } from './store';
import type { Way } from './supervision';
import type { DeviceKind, PhoneView, Target } from './types';
import { callsOf } from './view';

let phone: Phone | null = null;

/** Let this page be the person's phone until what is returned is called. The shell does it once. */
export function startPhone(person: string): () => void {
  const mine = new Phone(person);
  phone = mine;
  mine.start();
  return () => {
    mine.stop();
    if (phone === mine) phone = null;
  };
}

/** Each rejects with what `useTell().failed` can tell: ProblemError, Unreachable or NoMicrophone. */
export interface PhoneActions {
  /** As typed, or somebody known. My chosen phone rings first (in the browser by itself), then the other. */
  dial(to: string | Target): Promise<void>;
  answer(id: string): Promise<void>;
  /** My leg ends; a call that rings is declined. */
  hangUp(id: string): Promise<void>;
  hold(id: string): Promise<void>;
  resume(id: string): Promise<void>;
  mute(id: string, on: boolean): void;
  digits(id: string, digits: string): Promise<void>;
  /** Blind; comes back to me after so many seconds without an answer, or never (null). */
  transfer(id: string, to: Target, returnAfter: number | null): Promise<void>;
  /** The customer hears music while I talk to somebody else. */
  consult(id: string, to: Target): Promise<void>;
  consultComplete(id: string): Promise<void>;
  consultCancel(id: string): Promise<void>;
  consultSwap(id: string): Promise<void>;
  /** Record from here on, or no longer. */
  record(id: string, on: boolean): Promise<void>;
  /** Leave out of the recording what is said now, or record again. */
  pauseRecording(id: string, on: boolean): Promise<void>;
  /** All three talk together. */
  confer(id: string): Promise<void>;
  /** The other one waits with music at a place, whose number is given, for whoever takes the call. */
  park(id: string): Promise<number>;
  /** My phone rings for a parked caller. */
  takeParked(id: string): Promise<void>;
  /** Be with a conversation of others in this way: my phone rings for it first. */
  supervise(id: string, how: Way, member?: string): Promise<void>;
  chooseDevice(kind: DeviceKind, number?: string): Promise<void>;
  /** Whether I am rung while I talk, in queues that have it so. */
  chooseCallWaiting(wanted: boolean): Promise<void>;
  allowMicrophone(): Promise<void>;
  takeOver(): void;
  useDevicesAnew(): void;
}

async function hangUp(id: string): Promise<void> {
  await (phone ?? phoneServer).hangUp(id);
}

async function digits(id: string, pressed: string): Promise<void> {
  const here = phone?.call(id);
  if (here?.state === 'talking') here.digits(pressed);
  else await phoneServer.digits(id, pressed);
}

export const phoneActions: PhoneActions = {
  dial: async (to) => {
    await phoneServer.dial(typeof to === 'string' ? { number: to } : to);
  },
  answer: async (id) => {
    await phone?.answer(id);
  },
  hangUp,
  hold: (id) => phoneServer.hold(id),
  resume: (id) => phoneServer.resume(id),
  mute: (id, on) => phone?.call(id)?.mute(on),
  digits,
  transfer: (id, to, returnAfter) => phoneServer.transfer(id, to, returnAfter),
  consult: (id, to) => phoneServer.consult(id, to),
  consultComplete: (id) => phoneServer.consultComplete(id),
  consultCancel: (id) => phoneServer.consultCancel(id),
  consultSwap: (id) => phoneServer.consultSwap(id),
  record: (id, on) => phoneServer.record(id, on),
  pauseRecording: (id, on) => phoneServer.pauseRecording(id, on),
  confer: (id) => phoneServer.confer(id),
  park: async (id) => (await phoneServer.park(id)).place,
  takeParked: (id) => phoneServer.takeParked(id),
  supervise: (id, how, member) => phoneServer.supervise(id, how, member),
  chooseDevice: async (kind, number) => {
    await phone?.choose(kind, number ?? null);
  },
  chooseCallWaiting: async (wanted) => {
    await phone?.chooseCallWaiting(wanted);
  },
  allowMicrophone: async () => {
    await phone?.allowMicrophone();
  },
  takeOver: () => phone?.takeOver(),
  useDevicesAnew: () => phone?.useDevicesAnew(),
};

/** What the phone shows now. In a tab that does not hold it: what the tab that holds it shows. */
export function usePhoneView(): PhoneView {
  const person = useMe().person ?? '';
  const live = useLive((state) => state.calls);
  const people = useLive((state) => state.agents);
  const state = usePhoneState();
  const calls = useMemo(
    () => callsOf(person, live, state.local, people, state.device),
    [person, live, state.local, people, state.device],
  );
  const { reach, reason, extension, device, devices, callWaiting, audible } = state;
  return { reach, reason, extension, device, devices, callWaiting, audible, calls };
}

/** My phone: what it shows, and what can be done. */
export function usePhone(): PhoneView & PhoneActions {
  return { ...usePhoneView(), ...phoneActions };
}
