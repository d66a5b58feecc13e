/** Call `tick` every second until what is returned is called, also while the tab is in the background. */
export function everySecond(tick: () => void): () => void {
  const worker = new Worker(new URL('./ticker.worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = tick;
  // Where workers are not to be had, the page's own clock has to do.
  let plain: ReturnType<typeof setInterval> | undefined;
  worker.onerror = () => {
    plain ??= setInterval(tick, 1000);
  };
  return () => {
    worker.terminate();
    clearInterval(plain);
  };
}
