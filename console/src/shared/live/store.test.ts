// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onLiveChange, type Socket, useLive, watchTheHouse } from './store';

class Wire implements Socket {
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  closed = false;

  close() {
    this.closed = true;
  }

  say(message: object) {
    this.onmessage?.(new MessageEvent('message', { data: JSON.stringify(message) }));
  }

  break(code = 1006) {
    this.onclose?.(new CloseEvent('close', { code }));
  }
}

let wires: Wire[];
let stop: () => void;
const signedOut = vi.fn();
const latest = () => wires[wires.length - 1] as Wire;
const queue = (waiting: string[]) => ({ key: 'nurse', name: 'Nurse', waiting, logged_in: 1, free: 1 });
const queueChange = (seq: number, value: object | null) => ({
  type: 'changes',
  seq,
  changes: [{ topic: 'queues', key: 'nurse', value }],
});

beforeEach(() => {
  vi.useFakeTimers();
  wires = [];
  signedOut.mockClear();
  stop = watchTheHouse(signedOut, () => {
    const wire = new Wire();
    wires.push(wire);
    return wire;
  });
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe('what is live', () => {
  it('is what the snapshot says', () => {
    latest().say({ type: 'snapshot', seq: 1, queues: [queue(['a'])] });
    expect(useLive.getState().connection).toBe('live');
    expect(useLive.getState().queues.nurse?.waiting).toEqual(['a']);
  });

  it('follows the changes, and forgets what is gone', () => {
    latest().say({ type: 'snapshot', seq: 1, queues: [queue([])] });
    latest().say(queueChange(2, queue(['a', 'b'])));
    expect(useLive.getState().queues.nurse?.waiting).toEqual(['a', 'b']);
    latest().say(queueChange(3, null));
    expect(useLive.getState().queues.nurse).toBeUndefined();
  });

  it('tells who listens to a topic, and all of them after a snapshot', () => {
    const heard = vi.fn();
    const end = onLiveChange('notices', heard);
    latest().say({ type: 'snapshot', seq: 1 });
    latest().say({ type: 'changes', seq: 2, changes: [{ topic: 'notices', key: '7', value: null }] });
    latest().say(queueChange(3, queue([])));
    end();
    latest().say({ type: 'changes', seq: 4, changes: [{ topic: 'notices', key: '8', value: null }] });
    expect(heard.mock.calls).toEqual([[null], [{ topic: 'notices', key: '7' }]]);
  });
});

describe('the line', () => {
  it('is opened anew when a number is missing', () => {
    latest().say({ type: 'snapshot', seq: 1, queues: [queue([])] });
    latest().say(queueChange(3, queue(['late'])));
    expect(wires).toHaveLength(2);
    expect(wires[0]?.closed).toBe(true);
    expect(useLive.getState().queues.nurse?.waiting).toEqual([]);
  });

  it('is opened again and again after it broke, and says so', () => {
    latest().say({ type: 'snapshot', seq: 1 });
    latest().break();
    expect(useLive.getState().connection).toBe('lost');
    vi.advanceTimersByTime(400);
    expect(wires).toHaveLength(2);
    latest().break();
    vi.advanceTimersByTime(800);
    expect(wires).toHaveLength(3);
    latest().say({ type: 'snapshot', seq: 1 });
    expect(useLive.getState().connection).toBe('live');
  });

  it('is opened anew after a silence that is longer than the signs of life are apart', () => {
    latest().say({ type: 'snapshot', seq: 1 });
    vi.advanceTimersByTime(18_000);
    latest().say({ type: 'ping' });
    vi.advanceTimersByTime(18_000);
    expect(wires).toHaveLength(1);
    vi.advanceTimersByTime(6_000);
    expect(wires).toHaveLength(2);
  });

  it('is opened anew after the computer slept', () => {
    latest().say({ type: 'snapshot', seq: 1 });
    vi.setSystemTime(Date.now() + 15_000);
    vi.advanceTimersByTime(2_000);
    expect(wires).toHaveLength(2);
  });

  it('is not opened again for who is signed out', () => {
    latest().break(4401);
    vi.advanceTimersByTime(60_000);
    expect(wires).toHaveLength(1);
    expect(signedOut).toHaveBeenCalledOnce();
  });
});
