/** Whether a visitor's call still lives when nothing is heard of it.
 *
 * Who hangs up while the line to the server is down cannot tell the page. What tells is the media: the engine answers
 * the browser's checks (RFC 7675) for as long as the call lives. A network that is away answers nothing either, so the
 * server is asked first: where it answers, the silence is the call's own.
 */

/** Milliseconds without media after which the server is asked; from its answer until the call counts as over. */
export const ASKED_AFTER = 5_000;
export const ANSWER_HOLDS = 5_000;
/** After so long without media the call is over in any case: the engine has given it up by then. */
export const LONGEST = 60_000;

export type Verdict = 'fine' | 'wait' | 'ask' | 'over';

export class CallWatch {
  private silentSince: number | null = null;
  private asking = false;
  private answeredAt: number | null = null;

  /** Look at it, every second or so; `ask` means to ask the server, and to tell `asked` what came of it. */
  look(now: number, media: boolean): Verdict {
    if (media) {
      this.silentSince = this.answeredAt = null;
      return 'fine';
    }
    this.silentSince ??= now;
    if (now - this.silentSince >= LONGEST) return 'over';
    if (this.answeredAt !== null) return now - this.answeredAt >= ANSWER_HOLDS ? 'over' : 'wait';
    if (this.asking || now - this.silentSince < ASKED_AFTER) return 'wait';
    this.asking = true;
    return 'ask';
  }

  asked(now: number, answered: boolean): void {
    this.asking = false;
    this.answeredAt = answered && this.silentSince !== null ? now : null;
  }
}
