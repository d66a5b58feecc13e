/** A visit: a phone for this page for half an hour, and its call. */
import { useSyncExternalStore } from 'react';
import { api, call as ask, type components, ProblemError } from '@/api/client';
import { NoMicrophone, type MicrophoneState, onDevicesChange } from '@/shared/phone/devices';
import { Ringer } from '@/shared/phone/ringer';
import type { SipCall } from '@/shared/phone/sipcall';
import type { SipLine } from '@/shared/phone/sipline';
import type { Silence } from '@/shared/phone/voice';
import { CallWatch } from './callWatch';
import { openVoice, type Voice } from './voice';

type Session = components['schemas']['Visit'];

export type Trouble = 'no-contact' | 'too-many' | 'closed' | MicrophoneState;

export interface VisitState {
  /** The call, as it stands now. */
  call: {
    state: SipCall['state'];
    direction: 'in' | 'out';
    since: string;
    muted: boolean;
    silence: Silence | null;
  } | null;
  /** The server does not answer just now; the call may live all the same. */
  cutOff: boolean;
  /** A call is being begun. */
  beginning: boolean;
  /** The number that was called last. */
  number: string | null;
  trouble: Trouble | null;
  /** Why the last call ended, when it did not end by itself. */
  ended: 'normal' | 'failed' | 'lost' | null;
  voice: Voice;
}

/** Milliseconds in which the phone must register. */
const LIMIT = 8000;
const REGISTRATION = 60;
/** The longest pause between two tries to connect, seconds; milliseconds after which it is not tried any more. */
const RECOVERY = 30;
const PATIENCE = 10 * 60_000;
/** Milliseconds from one look at the call to the next. */
const LOOK = 1_000;

export class Visit {
  private state: VisitState = {
    call: null,
    cutOff: false,
    beginning: false,
    number: null,
    trouble: null,
    ended: null,
    voice: 'microphone',
  };
  private session: Session | null = null;
  private line: SipLine | null = null;
  private current: SipCall | null = null;
  private watching: ReturnType<typeof setInterval> | undefined;
  private unregisteredSince: number | null = null;
  private renewing: ReturnType<typeof setTimeout> | undefined;
  private registered: ((on: boolean) => void) | null = null;
  private readonly ringer = new Ringer();
  private readonly listeners = new Set<() => void>();

  constructor() {
    window.addEventListener('pagehide', () => this.leave());
    onDevicesChange(() => {
      if (this.current?.silence) void this.mend();
    });
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
        this.onCall(line.dial(number, stream, this.reopen));
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
    await call.answer(() => this.reopen().catch(() => openVoice('silence')));
  }

  /** The chosen voice anew; shown from now on. */
  private reopen = async (): Promise<MediaStream> => {
    this.voiceStream = await openVoice(this.state.voice);
    return this.voiceStream;
  };

  /** Another microphone in a call that has lost its own. */
  async mend(): Promise<void> {
    await this.current?.useMicrophone().catch(() => undefined);
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
      { user, password, realm, websocketPath, expires: REGISTRATION, recovery: RECOVERY },
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
    this.unregisteredSince = on ? null : (this.unregisteredSince ?? Date.now());
    if (on) {
      this.registered?.(true);
      return;
    }
    this.renewAfter(LIMIT);
  }

  /** The visit may be over, or the server has begun anew: calls back must still ring here. */
  private renewAfter(wait: number): void {
    clearTimeout(this.renewing);
    this.renewing = setTimeout(() => {
      if (this.current || this.state.beginning || this.line?.registered) return;
      if (Date.now() - (this.unregisteredSince ?? Date.now()) > PATIENCE) return this.line?.giveUp();
      this.begin().catch(() => this.renewAfter(Math.min(2 * wait, RECOVERY * 1000)));
    }, jittered(wait));
  }

  private onCall(call: SipCall): void {
    if (call.state === 'ended') return this.onEnded(call);
    if (this.current && this.current !== call) return call.end(486);
    this.current = call;
    if (call.state === 'ringing')
      this.ringer.start('Svarhus', '', `call-${call.id}`, { sound: true, notice: 'loud' });
    else this.ringer.stop();
    const { state, direction, since, muted, silence } = call;
    this.put({ call: { state, direction, since, muted, silence }, ended: null });
    this.follow(call);
  }

  /** As long as it lasts. */
  private follow(call: SipCall): void {
    if (this.watching) return;
    const watch = new CallWatch();
    this.watching = setInterval(() => {
      const since = this.unregisteredSince;
      if (since !== null && Date.now() - since > PATIENCE) this.line?.giveUp();
      const cutOff = since !== null && Date.now() - since > LIMIT / 2 && !this.line?.refused;
      if (cutOff !== this.state.cutOff) this.put({ cutOff });
      const verdict = watch.look(Date.now(), call.connected);
      if (verdict === 'over') return this.lose(call);
      if (verdict === 'ask')
        ask(api.GET('/api/public/call-us')).then(
          () => watch.asked(Date.now(), true),
          () => watch.asked(Date.now(), false),
        );
    }, LOOK);
  }

  /** Nobody is there any more, and could not tell us. */
  private lose(call: SipCall): void {
    call.end();
    this.over('lost');
  }

  private onEnded(call: SipCall): void {
    if (this.current !== call) return;
    const normal = ['Terminated', 'Canceled', 'Rejected'].includes(call.cause);
    this.over(normal ? 'normal' : 'failed');
  }

  private over(ended: VisitState['ended']): void {
    clearInterval(this.watching);
    this.watching = undefined;
    this.ringer.stop();
    this.current = null;
    for (const track of this.voiceStream?.getTracks() ?? []) track.stop();
    this.voiceStream = null;
    this.put({ call: null, cutOff: false, ended });
    // The line may have died in the call, or nobody tries any more to bring it back.
    if (this.unregisteredSince !== null) this.onRegistered(false);
  }

  private put(part: Partial<VisitState>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener();
  }
}

/** So that many pages do not come all at once. */
const jittered = (wait: number) => wait * (0.75 + Math.random() / 2);

function troubleOf(error: unknown): Trouble {
  if (error instanceof NoMicrophone) return error.state;
  if (error instanceof ProblemError)
    return error.status === 429 ? 'too-many' : error.status === 404 ? 'closed' : 'no-contact';
  return 'no-contact';
}

export function useVisit(visit: Visit): VisitState {
  return useSyncExternalStore(visit.watch, visit.now);
}
