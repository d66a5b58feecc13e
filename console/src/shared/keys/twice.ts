/** What cannot be had back is done by a key only when it is pressed twice. */

/** Milliseconds within which the second press comes; two within the shorter time are one (a key that bounces). */
export const AGAIN_WITHIN = 4_000;
export const BOUNCE = 20;

export class Twice {
  private asked: { what: string; at: number } | null = null;

  /** Whether it is to be done now. `what` names it: another thing begins anew. */
  press(what: string, now: number): boolean {
    const { asked } = this;
    if (asked?.what === what && now - asked.at < BOUNCE) return false;
    const again = asked?.what === what && now - asked.at <= AGAIN_WITHIN;
    this.asked = again ? null : { what, at: now };
    return again;
  }
}
