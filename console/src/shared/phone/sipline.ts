/** A registration over a WebSocket, and the calls that come and go over it. Loaded when it is needed. */
import { UA } from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession';
import type { RTCSessionEvent } from 'jssip/lib/UA';
import { PEER, SipCall } from './sipcall';
import { SipSocket } from './socket';

export interface SipAccount {
  user: string;
  password: string;
  realm: string;
  websocketPath: string;
  /** Seconds for which a registration holds. */
  expires: number;
  /** The longest pause between two tries to connect, seconds. */
  recovery?: number;
}

export interface SipListener {
  /** Registered, or not any more. `refused` when the server said no; else it is tried again by itself. */
  onRegistered(registered: boolean, refused: boolean): void;
  /** A call is new, or something of it has changed. */
  onCall(call: SipCall): void;
}

export class SipLine {
  readonly calls = new Map<string, SipCall>();
  private readonly socket: SipSocket;
  private readonly agent: UA;
  private readonly realm: string;
  private readonly listener: SipListener;

  constructor(account: SipAccount, listener: SipListener) {
    this.listener = listener;
    this.realm = account.realm;
    this.socket = new SipSocket(account.websocketPath);
    this.agent = new UA({
      sockets: [this.socket],
      uri: `sip:${account.user}@${account.realm}`,
      // One's own name here too: whoever names another is not let through.
      contact_uri: `sip:${account.user}@${crypto.getRandomValues(new Uint32Array(2)).join('')}.invalid;transport=ws`,
      authorization_user: account.user,
      password: account.password,
      register: true,
      register_expires: account.expires,
      session_timers: false,
      connection_recovery_min_interval: 1,
      connection_recovery_max_interval: account.recovery ?? 3,
      user_agent: 'Svarhus',
    });
    this.agent.on('registered', () => this.onRegistered());
    this.agent.on('unregistered', () => this.listener.onRegistered(false, false));
    this.agent.on('disconnected', () => this.listener.onRegistered(false, false));
    this.agent.on('registrationFailed', ({ response }) =>
      this.listener.onRegistered(false, Boolean(response)),
    );
    this.agent.on('newRTCSession', ({ session, originator }: RTCSessionEvent) => {
      if (originator === 'remote') this.take(session);
    });
  }

  start(): void {
    this.agent.start();
  }

  /** Sign off and hang everything up. */
  stop(): void {
    this.agent.stop();
  }

  /** Let the line go without hanging up: another page goes on with the calls. */
  abandon(): void {
    this.agent.removeAllListeners();
    for (const call of this.calls.values()) call.session.connection?.close();
    this.socket.disconnect();
    this.agent.stop();
  }

  get registered(): boolean {
    return this.agent.isRegistered() && this.socket.isConnected();
  }

  /** The server answers, but knows this account no more. */
  get refused(): boolean {
    return this.socket.refused;
  }

  /** The connection cannot be trusted, such as after a sleep: make a new one. */
  renew(): void {
    this.socket.drop();
  }

  /** Try to connect no more, but leave the calls as they are. */
  giveUp(): void {
    this.socket.giveUp();
  }

  /** Dial with this as one's voice; `open` gives another one like it. */
  dial(number: string, voice: MediaStream, open?: () => Promise<MediaStream>): SipCall {
    const session = this.agent.call(`sip:${number}@${this.realm}`, { mediaStream: voice, pcConfig: PEER });
    return this.take(session, voice, open);
  }

  private take(
    session: RTCSession,
    voice: MediaStream | null = null,
    open?: () => Promise<MediaStream>,
  ): SipCall {
    const call = new SipCall(session, (changed) => this.onChange(changed), voice, open);
    const before = this.calls.get(call.id);
    this.calls.set(call.id, call);
    // The same call, dialled anew after a reload or a lost network: the old connection leads nowhere.
    if (before && before !== call) before.end();
    this.listener.onCall(call);
    return call;
  }

  private onChange(call: SipCall): void {
    if (call.state === 'ended' && this.calls.get(call.id) === call) this.calls.delete(call.id);
    this.listener.onCall(call);
  }

  private onRegistered(): void {
    for (const call of this.calls.values()) call.refresh();
    this.listener.onRegistered(true, false);
  }
}
