/** The WebSocket under SIP, as JsSIP wants it (RFC 7118).
 *
 * A connection that is dead without anybody having been told stays "open" for half a minute; `drop` ends it at once.
 */
import type { Socket } from 'jssip/lib/Socket';

export class SipSocket implements Socket {
  via_transport: string;
  readonly url: string;
  readonly sip_uri: string;
  private line: WebSocket | null = null;
  private givenUp = false;

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

  connect(): void {
    if (this.givenUp || this.isConnected() || this.isConnecting()) return;
    this.disconnect();
    const line = new WebSocket(this.url, 'sip');
    this.line = line;
    line.onopen = () => this.onconnect();
    line.onmessage = ({ data }) => this.ondata(data);
    line.onclose = ({ wasClean, code, reason }) => {
      if (this.line !== line) return;
      this.line = null;
      this.ondisconnect(!wasClean, code, reason);
    };
  }

  disconnect(): void {
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
    return this.line?.readyState === WebSocket.CONNECTING;
  }
}
