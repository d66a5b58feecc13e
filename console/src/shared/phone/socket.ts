/** The WebSocket under SIP, as JsSIP wants it (RFC 7118).
 *
 * A connection that is dead without anybody having been told stays "open" for half a minute; `drop` ends it at once.
 */
import type { Socket } from 'jssip/lib/Socket';

/** Close codes by which the server says that it does not let this in: 4000 and the HTTP status. */
const REFUSED = { from: 4400, to: 4499 };
/** Seconds: the pause after the first refusal, doubled with each further one, and the longest. */
const FIRST_PAUSE = 2;
const LONGEST_PAUSE = 60;

export class SipSocket implements Socket {
  via_transport: string;
  readonly url: string;
  readonly sip_uri: string;
  private line: WebSocket | null = null;
  private givenUp = false;
  /** Connections that the server has taken and refused at once, one after the other. */
  private refusals = 0;
  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(path: string) {
    const secure = location.protocol === 'https:';
    this.url = `${secure ? 'wss' : 'ws'}://${location.host}${path}`;
    this.sip_uri = `sip:${location.host};transport=ws`;
    this.via_transport = secure ? 'WSS' : 'WS';
  }

  // JsSIP puts its own in place of these.
  onconnect(): void {}
  ondisconnect(_error: boolean, _code?: number, _reason?: string): void {}
  ondata<T>(_data: T): void {}

  /** Whether the server answers, but does not let this in. */
  get refused(): boolean {
    return this.refusals > 0;
  }

  connect(): void {
    if (this.givenUp || this.isConnected() || this.isConnecting()) return;
    this.disconnect();
    if (!this.refused) return this.open();
    // JsSIP takes a connection that is refused at once for one that stood, and would not wait longer each time.
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (this.refusals - 1));
    this.waiting = setTimeout(() => {
      this.waiting = undefined;
      this.open();
    }, pause * 1000);
  }

  private open(): void {
    const line = new WebSocket(this.url, 'sip');
    this.line = line;
    line.onopen = () => this.onconnect();
    line.onmessage = ({ data }) => {
      this.refusals = 0;
      this.ondata(data);
    };
    line.onclose = ({ wasClean, code, reason }) => {
      if (this.line !== line) return;
      this.line = null;
      this.refusals = code >= REFUSED.from && code <= REFUSED.to ? this.refusals + 1 : 0;
      this.ondisconnect(!wasClean, code, reason);
    };
  }

  disconnect(): void {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    const line = this.line;
    this.line = null;
    if (!line) return;
    line.onopen = line.onmessage = line.onclose = null;
    line.close();
  }

  /** Make no new connection. */
  giveUp(): void {
    this.givenUp = true;
    this.disconnect();
  }

  /** End the connection now and let JsSIP make a new one. */
  drop(): void {
    if (!this.line) return;
    this.disconnect();
    this.ondisconnect(true, 4000, 'dropped');
  }

  send(message: string | ArrayBufferLike | Blob | ArrayBufferView): boolean {
    if (!this.line || !this.isConnected()) return false;
    this.line.send(message as string);
    return true;
  }

  isConnected(): boolean {
    return this.line?.readyState === WebSocket.OPEN;
  }

  isConnecting(): boolean {
    return this.waiting !== undefined || this.line?.readyState === WebSocket.CONNECTING;
  }
}
