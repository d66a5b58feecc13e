/** One tab of a browser holds the phone; another one can take it over.
 *
 * The Web Locks API sees to it that there is never more than one, also when a tab crashes or freezes.
 */
export interface TabListener {
  /** This tab holds the phone from now on. */
  onHeld(): void;
  /** Another tab holds it. */
  onElsewhere(): void;
}

export class TabLock {
  private readonly name: string;
  private readonly listener: TabListener;
  private release: (() => void) | null = null;
  private waiting: AbortController | null = null;
  private stopped = false;

  constructor(person: string, listener: TabListener) {
    this.name = `svarhus-phone-${person}`;
    this.listener = listener;
  }

  /** Take the phone, now or as soon as no other tab holds it. */
  async start(): Promise<void> {
    if (!navigator.locks) {
      // Over plain http from elsewhere there are no locks, and no microphone either.
      this.listener.onHeld();
      return;
    }
    if (await this.request({ ifAvailable: true })) return;
    if (!this.stopped) this.listener.onElsewhere();
    await this.wait();
  }

  /** Take it now, from whichever tab. */
  takeOver(): void {
    this.waiting?.abort();
    void this.request({ steal: true });
  }

  stop(): void {
    this.stopped = true;
    this.waiting?.abort();
    this.release?.();
    this.release = null;
  }

  private async wait(): Promise<void> {
    if (this.stopped) return;
    this.waiting = new AbortController();
    await this.request({ signal: this.waiting.signal });
  }

  /** Resolves with false at once when it is not to be had, with true when it was held and is over. */
  private async request(options: LockOptions): Promise<boolean> {
    let held = false;
    try {
      await navigator.locks.request(this.name, options, (lock) => {
        if (!lock || this.stopped) return;
        held = true;
        this.listener.onHeld();
        return new Promise<void>((resolve) => {
          this.release = resolve;
        });
      });
    } catch {
      // Given up, or taken by another tab.
      if (held && !this.stopped) {
        this.release = null;
        this.listener.onElsewhere();
        void this.wait();
      }
    }
    return held;
  }
}
