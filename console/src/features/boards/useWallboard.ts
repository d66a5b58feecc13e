import { useEffect, useState } from 'react';
import { api, call, ProblemError, type components } from '@/api/client';

export type Board = components['schemas']['Wallboard'];

/** Milliseconds between two questions, and after which an unanswered one is given up. */
const PACE = 2000;
const PATIENCE = 5000;
/** Seconds after which the figures count as old. */
const OLD = 8;
/** A revoked link does not come back; it is looked at now and then all the same. */
const PACE_ENDED = 60_000;
/** The page takes up a newer version of itself once a day, while the server answers. */
const DAY = 24 * 3600_000;

interface Known {
  board: Board | null;
  /** When it came, by a clock that no one sets. */
  came: number;
  ended: boolean;
}

/** What a link shows, asked for without end. `age`: seconds since it was true. */
export function useWallboard(): { board: Board | null; ended: boolean; age: number; lost: boolean } {
  const [known, setKnown] = useState<Known>(() => ({ board: null, came: performance.now(), ended: false }));
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    let stopped = false;
    let timer: ReturnType<typeof setTimeout>;
    const begun = performance.now();
    const ask = async () => {
      let pace = PACE;
      try {
        const board = await read();
        if (stopped) return;
        setKnown({ board, came: performance.now(), ended: false });
        if (performance.now() - begun > DAY) location.reload();
      } catch (error) {
        if (stopped) return;
        if (error instanceof ProblemError && error.status === 401) {
          setKnown((before) => ({ ...before, board: null, ended: true }));
          pace = PACE_ENDED;
        }
      }
      timer = setTimeout(() => void ask(), pace);
    };
    void ask();
    const clock = setInterval(() => setNow(performance.now()), 1000);
    const newLink = () => location.reload();
    window.addEventListener('hashchange', newLink);
    return () => {
      stopped = true;
      clearTimeout(timer);
      clearInterval(clock);
      window.removeEventListener('hashchange', newLink);
    };
  }, []);
  const age = Math.max(0, (now - known.came) / 1000);
  return { board: known.board, ended: known.ended, age, lost: age > OLD };
}

async function read(): Promise<Board> {
  const token = location.hash.slice(1);
  return call(
    api.GET('/api/public/wallboard', {
      headers: { Authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(PATIENCE),
      credentials: 'omit',
    }),
  );
}
