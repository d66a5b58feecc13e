/** A visit: a phone for this page for half an hour, and its call. */
import { useSyncExternalStore } from 'react';
import { api, call as ask, type components, ProblemError } from '@/api/client';
import { NoMicrophone, type MicrophoneState } from '@/shared/phone/devices';
import { Ringer } from '@/shared/phone/ringer';
import type { SipCall } from '@/shared/phone/sipcall';
import type { SipLine } from '@/shared/phone/sipline';
import { openVoice, type Voice } from './voice';

type Session = components['schemas']['Visit'];

export type Trouble = 'no-contact' | 'too-many' | 'closed' | MicrophoneState;

export interface VisitState {
  /** The call, as it stands now. */
  call: { state: SipCall['state']; direction: 'in' | 'out'; since: string; muted: boolean } | null;
  /** A call is being begun. */
  beginning: boolean;
  /** The number that was called last. */
  number: string | null;
  trouble: Trouble | null;
  /** Why the last call ended, when it did not end by itself. */
  ended: 'normal' | 'failed' | null;
  voice: Voice;
}

/** Milliseconds in which the phone must register. */
const LIMIT = 8000;
const REGISTRATION = 60;

export class Visit {
  private state: VisitState = {
    call: null,
    beginning: false,
    number: null,
    trouble: null,
    ended: null,
    voice: 'microphone',
  };
  private session: Session | null = null;
  private line: SipLine | null = null;
  private current: SipCall | null = null;
  private renewing: ReturnType<typeof setTimeout> | undefined;
  private registered: ((on: boolean) => void) | null = null;
  private readonly ringer = new Ringer();
  private readonly listeners = new Set<() => void>();

  constructor() {
    window.addEventListener('pagehide', () => this.leave());
  }

  watch = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  now = (): VisitState => this.state;

  get sounds(): { mine: MediaStream | null; theirs: MediaStream | null } {
    return { mine: this.voiceStream, theirs: this.current?.remote ?? null };
  }

  private voiceStream: MediaStream | null = null;

  /** Call a number of the page. */
  async dial(number: string, voice: Voice = this.state.voice): Promise<void> {
    if (this.state.beginning || this.current) return;
    this.put({ beginning: true, number, trouble: null, ended: null, voice });
    try {
      const stream = await openVoice(voice);
      this.voiceStream = stream;
      try {
        const line = await this.reachable();
        this.onCall(line.dial(number, stream));
      } catch (error) {
        for (const track of stream.getTracks()) track.stop();
        throw error;
      }
    } catch (error) {
      this.put({ trouble: troubleOf(error) });
    } finally {
      this.put({ beginning: false });
    }
  }

  /** Take a call back. */
  async answer(): Promise<void> {
    const call = this.current;
    if (!call) return;
    const open = async () => {
      this.voiceStream = await openVoice(this.state.voice).catch(() => openVoice('silence'));
      return this.voiceStream;
    };
    await call.answer(open);
  }

  hangUp(): void {
    this.current?.end(this.current.state === 'ringing' ? 603 : undefined);
  }

  press(digit: string): void {
    this.current?.digits(digit);
  }

  mute(on: boolean): void {
    this.current?.mute(on);
  }

  private async reachable(): Promise<SipLine> {
    if (this.line?.registered) return this.line;
    await this.begin();
    if (!this.line) throw new Error('no line');
    return this.line;
  }

  private async begin(): Promise<void> {
    this.end();
    const [session, { SipLine }] = await Promise.all([
      ask(api.POST('/api/public/call-us/sessions')),
      import('@/shared/phone/sipline'),
    ]);
    this.session = session;
    const { user, password, realm, websocket_path: websocketPath } = session;
    this.line = new SipLine(
      { user, password, realm, websocketPath, expires: REGISTRATION },
      { onRegistered: (on) => this.onRegistered(on), onCall: (call) => this.onCall(call) },
    );
    const registered = new Promise<boolean>((resolve) => {
      this.registered = resolve;
      setTimeout(() => resolve(false), LIMIT);
    });
    this.line.start();
    if (!(await registered)) throw new Error('not registered');
  }

  private end(): void {
    const session = this.session;
    this.session = null;
    this.line?.abandon();
    this.line = null;
    if (session)
      void api
        .DELETE('/api/public/call-us/sessions/{token}', { params: { path: { token: session.token } } })
        .catch(() => undefined);
  }

  private leave(): void {
    if (!this.session) return;
    this.current?.end();
    void fetch(`/api/public/call-us/sessions/${this.session.token}`, {
      method: 'DELETE',
      headers: { 'X-Svarhus': '1' },
      keepalive: true,
    }).catch(() => undefined);
  }

  private onRegistered(on: boolean): void {
    clearTimeout(this.renewing);
    if (on) {
      this.registered?.(true);
      return;
    }
    // The visit may be over, or the server has begun anew: calls back must still ring here.
    this.renewing = setTimeout(() => {
      if (!this.current && this.session && !this.line?.registered) void this.begin().catch(() => undefined);
    }, LIMIT);
  }

  private onCall(call: SipCall): void {
    if (call.state === 'ended') return this.onEnded(call);
    if (this.current && this.current !== call) return call.end(486);
    this.current = call;
    if (call.state === 'ringing')
      this.ringer.start('Svarhus', '', `call-${call.id}`, { sound: true, notice: 'loud' });
    else this.ringer.stop();
    const { state, direction, since, muted } = call;
    this.put({ call: { state, direction, since, muted }, ended: null });
  }

  private onEnded(call: SipCall): void {
    if (this.current !== call) return;
    this.ringer.stop();
    this.current = null;
    for (const track of this.voiceStream?.getTracks() ?? []) track.stop();
    this.voiceStream = null;
    const normal = ['Terminated', 'Canceled', 'Rejected'].includes(call.cause);
    this.put({ call: null, ended: normal ? 'normal' : 'failed' });
  }

  private put(part: Partial<VisitState>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener();
  }
}

function troubleOf(error: unknown): Trouble {
  if (error instanceof NoMicrophone) return error.state;
  if (error instanceof ProblemError)
    return error.status === 429 ? 'too-many' : error.status === 404 ? 'closed' : 'no-contact';
  return 'no-contact';
}

export function useVisit(visit: Visit): VisitState {
  return useSyncExternalStore(visit.watch, visit.now);
}
