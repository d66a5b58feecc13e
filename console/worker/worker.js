// The service worker: keeps the console's files so that it opens without a network, and shows notices of calls.
//
// Nothing of the API is ever kept: what is shown of calls and people comes from the server, or is missing.
// The version and the list of files are written in when the console is built.

const VERSION = '__VERSION__';
const FILES = ['__FILES__'];
const CACHE = `svarhus-${VERSION}`;
const ICON = '/icon-192.png';

self.addEventListener('install', (event) => event.waitUntil(keep()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
self.addEventListener('message', (event) => {
  // Sent by a page when its user has agreed to load the new version.
  if (event.data === 'take-over') self.skipWaiting();
});
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin) return;
  if (/^\/(api|ws|call-us|healthz|readyz|metrics)(\/|$)/.test(url.pathname)) return;
  if (event.request.mode === 'navigate') event.respondWith(page(event.request));
  else if (url.pathname.startsWith('/assets/') || FILES.includes(url.pathname)) {
    event.respondWith(file(event.request));
  }
});
self.addEventListener('push', (event) => event.waitUntil(tell(event.data?.json() ?? {})));
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.url ?? '/'));
});

async function keep() {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.map((path) => new Request(path, { cache: 'no-cache' })));
  await cache.put('/', await fetch('/', { cache: 'no-cache' }));
}

async function takeOver() {
  // The version before is kept for pages that still show it, such as one in which a call goes on.
  const others = (await caches.keys()).filter((name) => name.startsWith('svarhus-') && name !== CACHE);
  for (const name of others.slice(0, -1)) await caches.delete(name);
  await self.clients.claim();
}

async function page(request) {
  return (await caches.match('/', { cacheName: CACHE })) ?? fetch(request);
}

async function file(request) {
  const { pathname } = new URL(request.url);
  return (
    (await caches.match(pathname, { cacheName: CACHE })) ?? (await caches.match(pathname)) ?? fetch(request)
  );
}

const WORDS = {
  sv: {
    offer: 'Samtal till {queue}',
    direct: 'Samtal till dig',
    answer: 'Öppna Svarhus för att svara.',
    test: 'Så här ser en avisering ut.',
  },
  en: {
    offer: 'Call for {queue}',
    direct: 'A call for you',
    answer: 'Open Svarhus to answer.',
    test: 'This is what a notice looks like.',
  },
  nb: {
    offer: 'Samtale til {queue}',
    direct: 'Samtale til deg',
    answer: 'Åpne Svarhus for å svare.',
    test: 'Slik ser et varsel ut.',
  },
  da: {
    offer: 'Opkald til {queue}',
    direct: 'Opkald til dig',
    answer: 'Åbn Svarhus for at svare.',
    test: 'Sådan ser en notifikation ud.',
  },
  fi: {
    offer: 'Puhelu: {queue}',
    direct: 'Puhelu sinulle',
    answer: 'Avaa Svarhus ja vastaa.',
    test: 'Tältä ilmoitus näyttää.',
  },
};

/** Show a notice: {kind: "offer", queue, caller?, seconds, tag, language} or {kind: "test", language}. */
async function tell(notice) {
  const words = WORDS[notice.language] ?? WORDS.sv;
  if (notice.kind === 'test') return show('Svarhus', words.test, 'test', 20, false);
  // A console in front of its user rings by itself.
  const windows = await self.clients.matchAll({ type: 'window' });
  if (windows.some((client) => client.focused)) return undefined;
  const title = notice.queue ? words.offer.replace('{queue}', notice.queue) : words.direct;
  return show(
    title,
    notice.caller ?? words.answer,
    notice.tag ?? 'offer',
    notice.seconds ?? 20,
    notice.silent ?? false,
  );
}

async function show(title, body, tag, seconds, silent) {
  await self.registration.showNotification(title, {
    body,
    tag,
    silent,
    icon: ICON,
    badge: ICON,
    renotify: true,
    requireInteraction: true,
    data: { url: '/' },
  });
  // An offer that is over must not look like one that waits.
  await new Promise((resolve) => setTimeout(resolve, Math.min(seconds, 25) * 1000));
  for (const old of await self.registration.getNotifications({ tag })) old.close();
}

async function open(url) {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const known = windows.find((client) => !new URL(client.url).pathname.startsWith('/call-us'));
  if (known) return known.focus();
  return self.clients.openWindow(url);
}
