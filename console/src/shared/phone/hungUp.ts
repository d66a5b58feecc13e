/** Calls that were hung up here while the server could not be told. It is told as soon as it answers; until then it takes
 * the page for one that has lost its network, and would ring it to go on with the call. */
import { ProblemError } from '@/api/client';

export class HungUp {
  private readonly untold = new Set<string>();
  private telling = false;

  constructor(private readonly tell: (call: string) => Promise<unknown>) {}

  /** Whether the person is done with the call, whoever rings for it. */
  has(call: string): boolean {
    return this.untold.has(call);
  }

  /** The server has not taken it, and said why, or nothing. */
  keep(call: string, error: unknown): void {
    if (!isAnswer(error)) this.untold.add(call);
  }

  /** The server answers: tell it what it has not heard. */
  async again(): Promise<void> {
    if (this.telling) return;
    this.telling = true;
    try {
      for (const call of [...this.untold]) {
        try {
          await this.tell(call);
        } catch (error) {
          if (!isAnswer(error)) return;
        }
        this.untold.delete(call);
      }
    } finally {
      this.telling = false;
    }
  }
}

/** Whether the server has decided about it: the call may be over. */
const isAnswer = (error: unknown) =>
  error instanceof ProblemError && error.status < 500 && error.status !== 429;
