import { useEffect, useState } from 'react';
import { ProblemError } from '@/api/client';

/** Seconds until another attempt makes sense after a refusal for too many of them; 0: now. */
export function useWait(error: unknown): number {
  const told = error instanceof ProblemError && error.status === 429 ? (error.retryAfter ?? 0) : 0;
  const [waited, setWaited] = useState<{ error: unknown; seconds: number }>({ error: null, seconds: 0 });
  useEffect(() => {
    if (!told) return undefined;
    const began = performance.now();
    const timer = setInterval(() => {
      const seconds = Math.floor((performance.now() - began) / 1000);
      setWaited({ error, seconds });
      if (seconds >= told) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [error, told]);
  return Math.max(0, told - (waited.error === error ? waited.seconds : 0));
}
