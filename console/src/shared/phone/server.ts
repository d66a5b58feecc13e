/** The phone's side of the API. Each request has a time limit: a network that swallows everything must be noticed. */
import { ProblemError, Unreachable, type Problem } from '@/api/client';
import type { DeviceKind, PhoneDevice, Target } from './types';

/** Milliseconds. */
const LIMIT = 4000;

/** My phone as the server sees it. */
export interface PhoneShown {
  person: string;
  extension: string | null;
  device: { kind: DeviceKind; number: string | null };
  devices: PhoneDevice[];
  browser: { session: string | null; online: boolean; registered: boolean };
  reachable: boolean;
  call_waiting: boolean | null;
}

/** With what this page registers; a later one takes over from it. */
export interface BrowserSession {
  session: string;
  user: string;
  password: string;
  realm: string;
  websocket_path: string;
  register_expires: number;
  heartbeat_every: number;
}

async function ask<T = undefined>(method: string, path: string, body?: unknown): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(path, {
      method,
      headers: { 'X-Svarhus': '1', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(LIMIT),
    });
  } catch {
    throw new Unreachable();
  }
  if (!answer.ok) throw new ProblemError(await problemOf(answer));
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

async function problemOf(answer: Response): Promise<Problem> {
  const told = (await answer.json().catch(() => ({}))) as Partial<Problem>;
  const {
    type = '/problems/unexpected',
    title = answer.statusText,
    detail = '',
    remedy = '',
    faults = [],
  } = told;
  return { type, title, detail, remedy, faults, status: answer.status };
}

const call = (id: string, what: string, body?: unknown) =>
  ask('POST', `/api/calls/${encodeURIComponent(id)}/${what}`, body);

export const phoneServer = {
  phone: () => ask<PhoneShown>('GET', '/api/phone'),
  choose: (kind: DeviceKind, number: string | null) =>
    ask<PhoneShown>('PUT', '/api/phone/device', { kind, number }),
  chooseCallWaiting: (wanted: boolean) => ask<PhoneShown>('PUT', '/api/phone/call-waiting', { wanted }),
  begin: () => ask<BrowserSession>('POST', '/api/phone/browser'),
  alive: (session: string, registered: boolean, calls: number) =>
    ask('POST', `/api/phone/browser/${session}/heartbeat`, { registered, calls }),
  end: (session: string) => ask('DELETE', `/api/phone/browser/${session}`),
  dial: (to: Target) => ask<{ call: string }>('POST', '/api/phone/dial', { to }),
  hold: (id: string) => call(id, 'hold'),
  resume: (id: string) => call(id, 'resume'),
  hangUp: (id: string) => call(id, 'hang-up'),
  digits: (id: string, digits: string) => call(id, 'digits', { digits }),
  transfer: (id: string, to: Target, returnAfter: number | null) =>
    call(id, 'transfer', { to, return_after: returnAfter }),
  consult: (id: string, to: Target) => call(id, 'consult', { to }),
  consultComplete: (id: string) => call(id, 'consult/complete'),
  consultCancel: (id: string) => call(id, 'consult/cancel'),
  consultSwap: (id: string) => call(id, 'consult/swap'),
  supervise: (id: string, how: string, member?: string) => call(id, 'supervise', { how, member }),
  record: (id: string, on: boolean) => call(id, on ? 'recording/begin' : 'recording/end'),
  pauseRecording: (id: string, on: boolean) => call(id, on ? 'recording/pause' : 'recording/resume'),
  park: (id: string) => call(id, 'park') as Promise<unknown> as Promise<{ place: number }>,
  takeParked: (id: string) => call(id, 'take-parked'),
  confer: (id: string) => call(id, 'consult/conference'),
};
