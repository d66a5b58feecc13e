/** What `public/first.js` asks for while this script is still on its way: each answer is taken once. */

interface Early {
  /** When it was asked for, milliseconds of this computer. */
  at: number;
  answers: Record<string, Promise<Response>>;
  /** The line to the house, with what came over it so far. */
  live: { socket: WebSocket; heard: MessageEvent[] } | null;
}

declare global {
  interface Window {
    svarhusEarly?: Early;
  }
}

/** Milliseconds after which what was told may no longer be so. */
const LASTS = 20_000;

const asked = new WeakMap<Response, number>();

/** When an answer of `fetchOnce` was asked for, milliseconds of this computer. */
export function askedAt(answer: Response): number | undefined {
  return asked.get(answer);
}

/** As `fetch`, with the answer that is there already. */
export async function fetchOnce(request: Request): Promise<Response> {
  const early = window.svarhusEarly;
  const path = request.url.slice(location.origin.length);
  const answer = request.method === 'GET' ? early?.answers[path] : undefined;
  if (!early || !answer) return fetchNow(request);
  Reflect.deleteProperty(early.answers, path);
  if (Date.now() - early.at > LASTS) return fetchNow(request);
  const found = await answer;
  asked.set(found, early.at);
  // Who signs in then is told anew.
  if (!found.ok) early.answers = {};
  return found;
}

async function fetchNow(request: Request): Promise<Response> {
  const now = Date.now();
  const found = await fetch(request);
  asked.set(found, now);
  return found;
}

/** The line that is open already; what came over it is told as soon as somebody listens. */
export function lineOnce(): WebSocket | null {
  const live = window.svarhusEarly?.live;
  if (!live || live.socket.readyState > WebSocket.OPEN) return null;
  if (window.svarhusEarly) window.svarhusEarly.live = null;
  const { socket, heard } = live;
  queueMicrotask(() => {
    for (const event of heard) socket.onmessage?.(event);
  });
  return socket;
}
