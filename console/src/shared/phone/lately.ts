/** Whether this tab was in a call just before it was loaded anew: then its phone comes before all else. */
const KEY = 'svarhus-in-call';
/** A page that is left hangs up before it is loaded again; milliseconds. */
const LATELY = 30_000;
const STILL = 'still';

/** How many calls this tab has now. */
export function noteCalls(count: number): void {
  sessionStorage.setItem(KEY, count ? STILL : String(Date.now()));
}

export function inCallLately(): boolean {
  const noted = sessionStorage.getItem(KEY);
  return noted === STILL || Date.now() - Number(noted ?? 0) < LATELY;
}
