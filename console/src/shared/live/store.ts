/** The state of the house now: one WebSocket, a snapshot and then every change, by topic.
 *
 * Messages are numbered; a gap, a silence or a sleep of the computer means a new connection and a new snapshot.
 */
import { create } from 'zustand';
import type { components } from '@/api/client';
import { serverNow } from '@/api/client';
import { lineOnce } from '@/api/early';

type Schemas = components['schemas'];
export type LiveCall = Schemas['LiveCall'];
export type LiveQueue = Schemas['LiveQueue'];
export type LiveAgent = Schemas['LiveAgent'];
export type LiveBooking = Schemas['LiveBooking'];
export type LiveCategory = Schemas['LiveCategory'];
export type DeskItem = Schemas['DeskItem'];

/** Topics whose things are in the messages themselves. */
interface Held {
  calls: Record<string, LiveCall>;
  queues: Record<string, LiveQueue>;
  agents: Record<string, LiveAgent>;
  callbacks: Record<string, LiveBooking>;
  categories: Record<string, LiveCategory>;
  desk: Record<string, DeskItem>;
}

export type HeldTopic = keyof Held;

/** `away`: the server is there, but the organisation is just being started. */
export type Connection = 'connecting' | 'live' | 'away' | 'lost';

interface LiveState extends Held {
  connection: Connection;
  /** Since when it has not been live, milliseconds of the server's clock. */
  since: number;
  /** True once the first snapshot came. */
  known: boolean;
}

export const useLive = create<LiveState>()(() => ({
  connection: 'connecting',
  since: serverNow(),
  known: false,
  calls: {},
  queues: {},
  agents: {},
  callbacks: {},
  categories: {},
  desk: {},
}));

interface Change {
  topic: string;
  key: string;
  value: unknown;
}

type Listener = (change: { topic: string; key: string } | null) => void;

const listeners = new Map<string, Set<Listener>>();

/** Be told of each change of a topic, and with null when anything may have changed. Gives what ends it. */
export function onLiveChange(topic: string, listener: Listener): () => void {
  const known = listeners.get(topic) ?? new Set();
  listeners.set(topic, known.add(listener));
  return () => known.delete(listener);
}

const HELD: readonly HeldTopic[] = ['calls', 'queues', 'agents', 'callbacks', 'categories', 'desk'];
const KEY_OF: Record<HeldTopic, 'id' | 'key'> = {
  calls: 'id',
  queues: 'key',
  agents: 'key',
  callbacks: 'id',
  categories: 'key',
  desk: 'key',
};

/** Longest silence, milliseconds: the server shows a sign of life every 15 s. */
const SILENCE = 20_000;
const CHECK = 2_000;

type Message =
  | ({ type: 'snapshot'; seq: number } & Partial<Record<HeldTopic, Record<string, unknown>[]>>)
  | { type: 'changes'; seq: number; changes: Change[] }
  | { type: 'ping' | 'away' | 'problem' };

/** The part of a WebSocket that is used here. */
export interface Socket {
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  close(): void;
}

export type OpenSocket = () => Socket;

function openSocket(): Socket {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return new WebSocket(`${scheme}://${location.host}/api/live`);
}

class Line {
  private socket: Socket | null = null;
  private seq = 0;
  private heard = 0;
  private tries = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private watch: ReturnType<typeof setInterval> | undefined;
  private looked = Date.now();
  onSignedOut: () => void = () => undefined;
  private readonly open: OpenSocket;

  constructor(open: OpenSocket) {
    this.open = open;
  }

  start(): void {
    this.connect();
    this.watch = setInterval(() => this.look(), CHECK);
    window.addEventListener('online', this.again);
    window.addEventListener('offline', this.lose);
    document.addEventListener('visibilitychange', this.look);
  }

  stop(): void {
    clearInterval(this.watch);
    clearTimeout(this.retry);
    window.removeEventListener('online', this.again);
    window.removeEventListener('offline', this.lose);
    document.removeEventListener('visibilitychange', this.look);
    this.leave();
  }

  private connect(): void {
    this.leave();
    const socket = this.open();
    this.socket = socket;
    this.heard = Date.now();
    socket.onmessage = ({ data }) => this.onMessage(JSON.parse(String(data)) as Message);
    socket.onclose = ({ code }) => {
      if (this.socket !== socket) return;
      this.socket = null;
      this.ended(code);
    };
  }

  private leave(): void {
    const socket = this.socket;
    this.socket = null;
    if (socket) {
      socket.onmessage = socket.onclose = null;
      socket.close();
    }
  }

  private onMessage(message: Message): void {
    this.heard = Date.now();
    if (message.type === 'snapshot') this.onSnapshot(message);
    else if (message.type === 'changes') this.onChanges(message.seq, message.changes);
    else if (message.type === 'away') setConnection('away');
  }

  private onSnapshot(message: Extract<Message, { type: 'snapshot' }>): void {
    this.seq = message.seq;
    this.tries = 0;
    const held: Record<string, unknown> = {};
    for (const topic of HELD) {
      held[topic] = Object.fromEntries((message[topic] ?? []).map((value) => [value[KEY_OF[topic]], value]));
    }
    useLive.setState({ ...(held as Partial<Held>), connection: 'live', known: true, since: serverNow() });
    for (const known of listeners.values()) for (const listener of known) listener(null);
  }

  private onChanges(seq: number, changes: Change[]): void {
    if (seq !== this.seq + 1) return this.connect();
    this.seq = seq;
    const now = useLive.getState();
    const next: Partial<Record<HeldTopic, Record<string, unknown>>> = {};
    for (const { topic, key, value } of changes) {
      if (!isHeld(topic)) continue;
      const things = (next[topic] ??= { ...now[topic] });
      if (value === null) Reflect.deleteProperty(things, key);
      else things[key] = value;
    }
    useLive.setState(next as Partial<Held>);
    for (const { topic, key } of changes)
      for (const listener of listeners.get(topic) ?? []) listener({ topic, key });
  }

  private ended(code: number): void {
    setConnection('lost');
    if (code === 4401) return this.onSignedOut();
    const wait = Math.min(5000, 250 * 2 ** this.tries++) * (0.75 + Math.random() / 2);
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.connect(), wait);
  }

  private again = (): void => {
    this.tries = 0;
    clearTimeout(this.retry);
    this.connect();
  };

  private lose = (): void => {
    setConnection('lost');
  };

  /** A silent line is dead; after a sleep nothing that is shown can be trusted. */
  private look = (): void => {
    const slept = Date.now() - this.looked > 5 * CHECK && !document.hidden;
    this.looked = Date.now();
    if (!this.socket) return;
    if (slept || Date.now() - this.heard > SILENCE) {
      setConnection('lost');
      this.again();
    }
  };
}

function isHeld(topic: string): topic is HeldTopic {
  return (HELD as readonly string[]).includes(topic);
}

function setConnection(connection: Connection): void {
  const before = useLive.getState();
  if (before.connection === connection) return;
  useLive.setState({ connection, since: before.connection === 'live' ? serverNow() : before.since });
}

/** A line that nobody has taken yet. */
let begun: Line | null = null;

/** Take up the line that `public/first.js` has opened, so that what it told is there when the page is drawn. */
export function beginToWatch(): void {
  const early = begun ? null : lineOnce();
  if (!early) return;
  let first: Socket | null = early;
  begun = new Line(() => {
    const socket = first ?? openSocket();
    first = null;
    return socket;
  });
  begun.start();
}

/** Watch the house until what is returned is called. */
export function watchTheHouse(onSignedOut: () => void, open: OpenSocket = openSocket): () => void {
  const line = begun ?? new Line(open);
  line.onSignedOut = onSignedOut;
  if (line !== begun) line.start();
  begun = null;
  return () => line.stop();
}

/** Resolves when it is known what is so now, or after this time, milliseconds: a page that is drawn once with it is
 * there sooner than one that is drawn twice. */
export function knownWithin(patience: number): Promise<void> {
  if (useLive.getState().known) return Promise.resolve();
  return new Promise((resolve) => {
    const enough = setTimeout(done, patience);
    const end = useLive.subscribe(({ known }) => known && done());
    function done() {
      clearTimeout(enough);
      end();
      resolve();
    }
  });
}
