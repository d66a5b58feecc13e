/** The sign-in has been ended from elsewhere: the conversation goes on to its end, and the next page says why. */
import { create } from 'zustand';

const KEY = 'svarhus-signed-out';

/** `over`: the server knows us no more; what goes on here is only the call. */
export const useFarewell = create<{ over: boolean }>()(() => ({ over: false }));

let byOurselves = false;

/** We sign out by our own will, which needs no telling. */
export function signingOut(is: boolean): void {
  byOurselves = is;
}

/** The server has ended the sign-in. */
export function sayFarewell(): void {
  if (!byOurselves) useFarewell.setState({ over: true });
}

/** The page is left for that of the sign-in, which tells of it. */
export function leaveFor(): void {
  useFarewell.setState({ over: false });
  sessionStorage.setItem(KEY, 'ended');
}

/** Whether one comes here because the sign-in was ended; told until one is in again. */
export function wasSignedOut(): boolean {
  return sessionStorage.getItem(KEY) !== null;
}

/** One is in again. */
export function isBack(): void {
  sessionStorage.removeItem(KEY);
}
