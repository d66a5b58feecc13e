/** The service worker's life: a new version of the console waits until its user agrees to load it. */
import { create } from 'zustand';
import { useLive } from '@/shared/live/store';

/** The browser's offer to install the console, which it makes when it thinks fit. */
export interface InstallOffer extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

interface InstallState {
  /** A newer version is there; what is shown is the older one. */
  newer: boolean;
  offer: InstallOffer | null;
}

export const useInstall = create<InstallState>()(() => ({ newer: false, offer: null }));

/** Milliseconds between looks for a newer version. */
const LOOK = 30 * 60_000;
const NOT_AGAIN_WITHIN = 60_000;

let waiting: ServiceWorker | null = null;
let agreed = false;

/** Load the newer version: the page is loaded anew. */
export function loadNewer(): void {
  agreed = true;
  if (waiting) waiting.postMessage('take-over');
  else location.reload();
}

/** Have the console kept by the browser, and look for newer versions, until what is returned is called. */
export function startWorker(): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  window.addEventListener('beforeinstallprompt', keepOffer, { signal });
  window.addEventListener('appinstalled', () => useInstall.setState({ offer: null }), { signal });
  if (import.meta.env.PROD && 'serviceWorker' in navigator) void follow(signal);
  return () => ending.abort();
}

function keepOffer(event: Event): void {
  event.preventDefault();
  useInstall.setState({ offer: event as InstallOffer });
}

async function follow(signal: AbortSignal): Promise<void> {
  const workers = navigator.serviceWorker;
  const controlled = workers.controller !== null;
  workers.addEventListener(
    'controllerchange',
    () => {
      if (agreed) location.reload();
      // Another tab has loaded the newer version; this one goes on with what it has.
      else if (controlled) useInstall.setState({ newer: true });
    },
    { signal },
  );
  const registration = await workers.register('/sw.js', { updateViaCache: 'none' }).catch(() => null);
  if (!registration || signal.aborted) return;
  const look = () => watchFor(registration.waiting ?? registration.installing, workers);
  look();
  registration.addEventListener('updatefound', look, { signal });
  lookNowAndThen(registration, signal);
}

function watchFor(worker: ServiceWorker | null, workers: ServiceWorkerContainer): void {
  if (!worker) return;
  const settle = () => {
    // The first one of all replaces nothing.
    if (worker.state !== 'installed' || !workers.controller) return;
    waiting = worker;
    useInstall.setState({ newer: true });
  };
  settle();
  worker.addEventListener('statechange', settle);
}

/** The server may have been renewed whenever the line to it was lost. */
function lookNowAndThen(registration: ServiceWorkerRegistration, signal: AbortSignal): void {
  let looked = Date.now();
  const look = () => {
    if (Date.now() - looked < NOT_AGAIN_WITHIN) return;
    looked = Date.now();
    void registration.update().catch(() => undefined);
  };
  const timer = setInterval(look, LOOK);
  const leave = useLive.subscribe((now, before) => {
    if (now.connection === 'live' && before.connection !== 'live') look();
  });
  signal.addEventListener('abort', () => {
    clearInterval(timer);
    leave();
  });
}
