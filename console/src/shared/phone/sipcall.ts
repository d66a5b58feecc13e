/** One call at this browser. */
import type { RTCSession } from 'jssip/lib/RTCSession';
import { openMicrophone, playThrough } from './devices';
import { OwnVoice, type Silence } from './voice';

/** Milliseconds in which further network addresses are waited for; without STUN all are there at once. */
const GATHERING = 80;

export const PEER: RTCConfiguration = { iceServers: [] };

/** Digits by RFC 4733: the transport's name in JsSIP. */
const RFC_4733 = 'RFC2833';

export type SipCallState = 'ringing' | 'dialling' | 'talking' | 'ended';

export class SipCall {
  readonly id: string;
  readonly direction: 'in' | 'out';
  /** The server wants it answered by itself: an own dial, or a call that goes on after a reload. */
  readonly byItself: boolean;
  readonly rejoins: boolean;
  readonly number: string | null;
  readonly name: string;
  state: SipCallState;
  since = new Date().toISOString();
  muted = false;
  /** Why it ended, in JsSIP's words, for who asks. */
  cause = '';
  answering = false;
  readonly session: RTCSession;
  private readonly changed: (call: SipCall) => void;
  private readonly sound = new Audio();
  private readonly voice: OwnVoice;
  private gathering: ReturnType<typeof setTimeout> | undefined;

  /** `spoken` is one's voice in an own dial, and `open` gives another when that falls silent. */
  constructor(
    session: RTCSession,
    changed: (call: SipCall) => void,
    spoken: MediaStream | null = null,
    open: () => Promise<MediaStream> = openMicrophone,
  ) {
    this.session = session;
    this.changed = changed;
    this.voice = new OwnVoice(open, () => this.onVoice());
    if (spoken) this.voice.take(spoken);
    this.direction = session.direction === 'incoming' ? 'in' : 'out';
    this.state = this.direction === 'in' ? 'ringing' : 'dialling';
    // Types say that only requests that came in can be asked for headers; both can.
    const request = (session as unknown as { _request?: { getHeader(name: string): string | undefined } })
      ._request;
    const header = (name: string) => (this.direction === 'in' ? request?.getHeader(name) : undefined);
    this.id = header('X-Svarhus-Call') ?? session.id;
    this.rejoins = header('X-Svarhus-Rejoin') !== undefined;
    this.byItself = this.rejoins || header('X-Svarhus-Auto-Answer') === 'yes';
    const user = session.remote_identity?.uri.user ?? '';
    this.number = user && user !== 'anonymous' ? user : null;
    this.name = session.remote_identity?.display_name ?? '';
    this.follow();
  }

  /** What comes from the other side. */
  get remote(): MediaStream | null {
    return this.sound.srcObject instanceof MediaStream ? this.sound.srcObject : null;
  }

  /** Take it, with what `open` gives as one's voice. Rejects as `open` does; the call rings on then. */
  async answer(open: () => Promise<MediaStream> = openMicrophone): Promise<void> {
    if (this.state !== 'ringing' || this.answering) return;
    this.answering = true;
    try {
      const microphone = await open();
      if (!this.is('ringing')) {
        for (const track of microphone.getTracks()) track.stop();
        return;
      }
      this.voice.take(microphone, open);
      this.session.answer({ mediaStream: microphone, pcConfig: PEER });
    } finally {
      this.answering = false;
    }
  }

  end(status?: number): void {
    if (this.session.isEnded()) return;
    this.session.terminate(status ? { status_code: status } : undefined);
  }

  mute(on: boolean): void {
    if (on) this.session.mute({ audio: true });
    else this.session.unmute({ audio: true });
    this.muted = on;
    this.changed(this);
  }

  digits(digits: string): void {
    this.session.sendDTMF(digits, { transportType: RFC_4733 as never, duration: 120, interToneGap: 80 });
  }

  /** Make the dialog fresh after the connection was lost: messages of the server find us again. */
  refresh(): void {
    if (this.session.isEstablished()) this.session.renegotiate();
  }

  /** Let the sound come from the chosen speaker. */
  async useSpeaker(): Promise<void> {
    await playThrough(this.sound, 'speaker');
  }

  /** Why the other side hears nothing of us, although we have not muted. */
  get silence(): Silence | null {
    return this.voice.silence;
  }

  /** Whether sound can come and go just now. */
  get connected(): boolean {
    const state = this.session.connection?.connectionState;
    return state !== 'disconnected' && state !== 'failed' && state !== 'closed';
  }

  /** Speak with the chosen microphone, or with another when that is gone. NoMicrophone. */
  async useMicrophone(): Promise<void> {
    const sender = this.session.connection?.getSenders().find((one) => one.track?.kind === 'audio');
    if (!sender || this.state !== 'talking') return;
    await this.voice.renew((track) => {
      track.enabled = !this.muted;
      return sender.replaceTrack(track);
    });
  }

  private onVoice(): void {
    this.changed(this);
    if (this.silence === 'gone') void this.useMicrophone().catch(() => undefined);
  }

  // A method, since what is awaited may have changed it.
  private is(state: SipCallState): boolean {
    return this.state === state;
  }

  private follow(): void {
    const { session } = this;
    if (session.connection) this.listenTo(session.connection);
    session.on('peerconnection', ({ peerconnection }: { peerconnection: RTCPeerConnection }) =>
      this.listenTo(peerconnection),
    );
    session.on('icecandidate', ({ ready }: { ready: () => void }) => {
      this.gathering ??= setTimeout(ready, GATHERING);
    });
    session.on('confirmed', () => {
      this.become('talking');
      if (this.silence === 'gone') void this.useMicrophone().catch(() => undefined);
    });
    session.on('failed', ({ cause }: { cause: string }) => this.finish(cause));
    session.on('ended', ({ cause }: { cause: string }) => this.finish(cause));
  }

  private listenTo(connection: RTCPeerConnection): void {
    connection.addEventListener('track', ({ track, streams }) => {
      this.sound.srcObject = streams[0] ?? new MediaStream([track]);
      void this.useSpeaker().then(() => this.sound.play().catch(() => undefined));
    });
  }

  private become(state: SipCallState): void {
    this.state = state;
    this.since = new Date().toISOString();
    this.changed(this);
  }

  private finish(cause: string): void {
    clearTimeout(this.gathering);
    this.cause = cause;
    this.sound.srcObject = null;
    this.voice.end();
    this.become('ended');
  }
}
