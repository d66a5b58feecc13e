import type { Way } from './supervision';
import type { Silence } from './voice';

/** What the softphone shows and can do, whichever device rings. */

export type DeviceKind = 'browser' | 'desk' | 'number';

/** Where my calls can ring. */
export interface PhoneDevice {
  kind: DeviceKind;
  /** E.164, for `number`. */
  number: string | null;
  reachable: boolean;
}

/** Whether calls reach me, as far as can be known here. */
export type Reach =
  /** Not known yet. */
  | 'starting'
  | 'ready'
  /** Calls do not reach me; `reason` says why. */
  | 'unreachable'
  /** Another tab of this browser holds the phone. */
  | 'other-tab'
  /** Another browser or computer has taken the phone over. */
  | 'taken-over'
  /** I have no extension. */
  | 'none';

export type Reason =
  /** The network or the server does not answer. */
  | 'no-contact'
  /** Registering was refused. */
  | 'refused'
  /** The browser has not been allowed to use the microphone yet: a click will ask. */
  | 'microphone-ask'
  | 'microphone-denied'
  | 'microphone-missing'
  /** The page was not opened over https or on this machine. */
  | 'insecure'
  /** The chosen desk phone or number is not reachable. */
  | 'device-away';

/** Whom to dial or transfer to. `number` as typed. */
export type Target = { person: string } | { queue: string } | { number: string };

export interface Consult {
  /** Name of the one who is asked, or the number. */
  name: string;
  state: 'ringing' | 'talking' | 'held';
  since: string;
}

/** A conversation that is being recorded. */
export interface Recorded {
  /** `pausing` until what is said is certainly left out; `held` while the other one is on hold, when nothing is. */
  state: 'recording' | 'pausing' | 'paused' | 'held';
  /** Whether whoever talks may end it; else the queue wants it. */
  endable: boolean;
}

/** A call in which I have a leg, or which rings for me. */
export interface PhoneCall {
  /** The call's id in the API; a browser's own id until the server has told one. */
  id: string;
  state: 'ringing' | 'dialling' | 'talking' | 'held' | 'ending';
  direction: 'in' | 'out';
  /** The other party as sent; null when withheld. */
  number: string | null;
  /** Name of the other party when it is known, else empty. */
  name: string;
  /** Key of the queue that it came through. */
  queue: string | null;
  /** The number of ours that was dialled. */
  dialled: string;
  /** It rings for who has kept the place in the queue and is called when it is answered. */
  kept: boolean;
  /** When the present state began, ISO 8601. */
  since: string;
  device: DeviceKind;
  /** Whether it can be answered here; a desk phone is answered at the phone. */
  answerable: boolean;
  muted: boolean;
  /** Why the other side does not hear us although we have not muted; null when it does, as far as is known here. */
  silence: Silence | null;
  /** Muting is done here only when the sound is here. */
  mutable: boolean;
  /** The two others with whom I talk together: names, or numbers. Empty when I talk with one. */
  conference: string[];
  consult: Consult | null;
  /** I am only with the conversation of others: in which way, and of which colleague (a name). */
  supervision: { how: Way; member: string; unheard: boolean } | null;
  /** Names of those who lead and are with this conversation of mine, as far as I am told. */
  supervisedBy: { who: string; how: Way }[];
  recorded: Recorded | null;
  /** Whether I may have it recorded; null: with the right to record calls of no queue. */
  recordable: boolean | null;
}

export interface PhoneView {
  reach: Reach;
  reason: Reason | null;
  device: DeviceKind;
  devices: PhoneDevice[];
  /** Whether I am rung while I talk; null when none of my queues rings those who talk. */
  callWaiting: boolean | null;
  extension: string | null;
  calls: PhoneCall[];
  /** False while the browser keeps the page from ringing aloud: a click anywhere mends it. */
  audible: boolean;
}
