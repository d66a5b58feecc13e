/**
 * How far the server's clock is ahead of this computer's, from the moments that answers tell.
 *
 * An answer was written some time between its question and its arrival, so each gives a range; a slow one gives a wide
 * one and takes nothing from what a fast one has shown.
 */

/** By how much the told moment can be old when it is written: whole seconds, made once a second. Milliseconds. */
const ROUNDED = 2000;

export class ServerClock {
  private least = -Infinity;
  private most = Infinity;

  /** An answer that was asked for and came at these moments of this computer, and was written at `told`. All in milliseconds. */
  learn(told: number, asked: number, came: number): void {
    if (!Number.isFinite(told) || came < asked) return;
    const least = told - came;
    const most = told + ROUNDED - asked;
    const agrees = least <= this.most && most >= this.least;
    // Else one of the clocks has been set since.
    this.least = agrees ? Math.max(this.least, least) : least;
    this.most = agrees ? Math.min(this.most, most) : most;
  }

  /** Milliseconds to add to this computer's clock: none while it may be right. */
  get ahead(): number {
    if (this.least <= 0 && this.most >= 0) return 0;
    return Math.round((this.least + this.most) / 2);
  }
}
