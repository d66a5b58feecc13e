/** Talks to the server. `call(api.GET('/api/...'))` gives what was asked for, or throws a `ProblemError`. */
import createClient, { type Middleware } from 'openapi-fetch';
import { askedAt, fetchOnce } from './early';
import type { paths } from './schema';
import { ServerClock } from './serverClock';

export type { components } from './schema';

/** RFC 9457 as our server writes it. `id` is stable and may be used to choose what to do. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  remedy: string;
  faults: {
    path: string;
    message: string;
    remedy?: string;
    line?: number | null;
    reason?: string;
    values?: string[];
  }[];
}

export class ProblemError extends Error {
  readonly problem: Problem;
  /** Seconds after which trying again makes sense, where the server has told (Retry-After). */
  readonly retryAfter: number | null;

  constructor(problem: Problem, retryAfter: number | null = null) {
    super(problem.detail || problem.title);
    this.name = 'ProblemError';
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  /** Such as `not-signed-in`. */
  get id(): string {
    return this.problem.type.split('/').pop() ?? '';
  }

  get status(): number {
    return this.problem.status;
  }
}

/** The server did not answer: no network, or it is being restarted. */
export class Unreachable extends Error {
  constructor() {
    super('unreachable');
    this.name = 'Unreachable';
  }
}

const serverClock = new ServerClock();

/** The time by the server's clock, in milliseconds: promises are kept by its clock, not by this computer's. */
export function serverNow(): number {
  return Date.now() + serverClock.ahead;
}

const clock: Middleware = {
  onRequest({ request }) {
    request.headers.set('X-Svarhus', '1');
    return request;
  },
  onResponse({ response }) {
    const date = response.headers.get('date');
    const asked = askedAt(response);
    if (date && asked) serverClock.learn(Date.parse(date), asked, Date.now());
    return undefined;
  },
  onError() {
    return new Unreachable();
  },
};

export const api = createClient<paths>({ baseUrl: '/', fetch: fetchOnce });
api.use(clock);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** What was asked for. Throws ProblemError, or Unreachable. */
export async function call<T>(asked: Promise<Answer<T>>): Promise<NonNullable<T>> {
  const { data, error, response } = await asked;
  if (!response.ok)
    throw new ProblemError(asProblem(error, response), Number(response.headers.get('retry-after')) || null);
  return data as NonNullable<T>;
}

function asProblem(error: unknown, response: Response): Problem {
  const told = typeof error === 'object' && error !== null ? (error as Partial<Problem>) : {};
  return {
    type: told.type ?? '/problems/unexpected',
    title: told.title ?? response.statusText,
    status: told.status ?? response.status,
    detail: told.detail ?? '',
    remedy: told.remedy ?? '',
    faults: told.faults ?? [],
  };
}
