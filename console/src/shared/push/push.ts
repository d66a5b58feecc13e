/** Notices of offered calls on this device: what the browser and the server know of it. */
import { api, call } from '@/api/client';

/** `denied`: the browser's user has forbidden it; `unsupported`: this browser cannot, or not here. */
export type PushHere = 'on' | 'off' | 'denied' | 'unsupported';

export async function pushHere(): Promise<PushHere> {
  const registration = await workerHere();
  if (!registration || !('PushManager' in window) || !('Notification' in window)) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  return (await registration.pushManager.getSubscription()) ? 'on' : 'off';
}

/** Ask the browser and tell the server. Gives how it is then. */
export async function turnOnPush(language: string): Promise<PushHere> {
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  const registration = await workerHere();
  if (!registration) return 'unsupported';
  const { key } = await call(api.GET('/api/me/push'));
  const known = await registration.pushManager.getSubscription();
  const subscription =
    known ?? (await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
  await tellServer(subscription, language);
  return 'on';
}

export async function turnOffPush(): Promise<PushHere> {
  const subscription = await (await workerHere())?.pushManager.getSubscription();
  if (subscription) {
    await subscription.unsubscribe();
    await call(
      api.DELETE('/api/me/push/subscription', { params: { query: { endpoint: subscription.endpoint } } }),
    );
  }
  return 'off';
}

/** The server forgets devices with the session that they belonged to: after each sign-in it is told anew. */
export async function renewPush(language: string): Promise<void> {
  const subscription = await (await workerHere())?.pushManager.getSubscription();
  if (subscription) await tellServer(subscription, language);
}

async function tellServer(subscription: PushSubscription, language: string): Promise<void> {
  const { endpoint, keys } = subscription.toJSON();
  if (!endpoint || !keys?.p256dh || !keys.auth) return;
  await call(
    api.PUT('/api/me/push/subscription', {
      body: { endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth }, language },
    }),
  );
}

async function workerHere(): Promise<ServiceWorkerRegistration | undefined> {
  if (!('serviceWorker' in navigator)) return undefined;
  return navigator.serviceWorker.getRegistration('/');
}
