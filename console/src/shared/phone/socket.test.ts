// feature: SWB-01
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SipSocket } from './socket';

class FakeSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static made: FakeSocket[] = [];
  readyState = FakeSocket.CONNECTING;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { wasClean: boolean; code: number; reason: string }) => void) | null = null;

  constructor() {
    FakeSocket.made.push(this);
  }

  opens() {
    this.readyState = FakeSocket.OPEN;
    this.onopen?.();
  }

  closes(code: number) {
    this.readyState = 3;
    this.onclose?.({ wasClean: true, code, reason: '' });
  }

  close() {
    this.readyState = 3;
  }
}

/** The connection that was made last. */
function last(): FakeSocket {
  const made = FakeSocket.made.at(-1);
  if (!made) throw new Error('nothing was connected');
  return made;
}

describe('a line that the server does not let in', () => {
  let socket: SipSocket;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('WebSocket', FakeSocket);
    vi.stubGlobal('location', { protocol: 'https:', host: 'example.org' });
    FakeSocket.made = [];
    socket = new SipSocket('/ws/sip');
    // As JsSIP does, with a pause that never grows.
    socket.ondisconnect = () => setTimeout(() => socket.connect(), 1000);
    socket.connect();
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const refuse = () => {
    last().opens();
    last().closes(4401);
  };

  it('is knocked at ever more seldom', () => {
    let seconds = 0;
    const at: number[] = [];
    for (refuse(); seconds < 240; seconds++) {
      const before = FakeSocket.made.length;
      vi.advanceTimersByTime(1000);
      if (FakeSocket.made.length > before) {
        at.push(seconds);
        refuse();
      }
    }
    expect(at.length).toBeLessThan(9);
    expect(socket.refused).toBe(true);
  });

  it('is tried at once again after a connection that was lost', () => {
    last().opens();
    last().closes(1006);
    vi.advanceTimersByTime(1000);
    expect(FakeSocket.made).toHaveLength(2);
    expect(socket.refused).toBe(false);
  });

  it('is forgotten to be one as soon as the server speaks', () => {
    refuse();
    vi.advanceTimersByTime(3000);
    last().opens();
    last().onmessage?.({ data: 'SIP/2.0 200 OK' });
    expect(socket.refused).toBe(false);
  });

  it('is knocked at no more when it was given up', () => {
    refuse();
    vi.advanceTimersByTime(1500);
    socket.giveUp();
    vi.advanceTimersByTime(600_000);
    expect(FakeSocket.made).toHaveLength(1);
  });
});
