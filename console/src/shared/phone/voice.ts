/** One's own voice in a call: the track that is sent, told of when it falls silent, and mended when it can be. */

import { NoMicrophone } from './devices';

/** `gone`: the device was taken away. `denied`: the browser may not use it any more. `quiet`: the system has turned it
 * off. */
export type Silence = 'gone' | 'denied' | 'quiet';

export class OwnVoice {
  silence: Silence | null = null;
  private stream: MediaStream | null = null;
  private open: () => Promise<MediaStream>;
  private readonly changed: () => void;
  private leave: () => void = () => undefined;
  private opening = false;
  private over = false;

  /** `changed` is called when it has fallen silent or can be heard again. */
  constructor(open: () => Promise<MediaStream>, changed: () => void) {
    this.open = open;
    this.changed = changed;
  }

  /** Speak with this from now on, and open the next one in the same way. */
  take(stream: MediaStream, open: () => Promise<MediaStream> = this.open): void {
    this.open = open;
    this.release();
    this.stream = stream;
    const track = stream.getAudioTracks()[0];
    if (!track) return;
    const gone = () => this.fall('gone');
    const quiet = () => this.fall('quiet');
    const heard = () => this.fall(null);
    track.addEventListener('ended', gone);
    track.addEventListener('mute', quiet);
    track.addEventListener('unmute', heard);
    this.leave = () => {
      track.removeEventListener('ended', gone);
      track.removeEventListener('mute', quiet);
      track.removeEventListener('unmute', heard);
    };
    this.silence = track.readyState === 'ended' ? 'gone' : null;
  }

  /** Send another track in place of this one; rejects as opening does. One at a time. */
  async renew(send: (track: MediaStreamTrack) => Promise<unknown>): Promise<void> {
    if (this.opening || this.over) return;
    this.opening = true;
    try {
      const fresh = await this.open().catch((error: unknown) => this.refused(error));
      const track = fresh.getAudioTracks()[0];
      if (this.over || !track) return stop(fresh);
      await send(track).catch((error: unknown) => {
        stop(fresh);
        throw error;
      });
      const before = this.silence;
      this.take(fresh);
      if (before !== this.silence) this.changed();
    } finally {
      this.opening = false;
    }
  }

  /** The call is over. */
  end(): void {
    this.over = true;
    this.release();
  }

  private fall(silence: Silence | null): void {
    if (this.over || this.silence === silence || isLost(this.silence)) return;
    this.silence = silence;
    this.changed();
  }

  /** What can be said of a voice that is lost depends on why there is no other one. */
  private refused(error: unknown): never {
    const why = error instanceof NoMicrophone && error.state === 'denied' ? 'denied' : 'gone';
    if (!this.over && isLost(this.silence) && this.silence !== why) {
      this.silence = why;
      this.changed();
    }
    throw error;
  }

  private release(): void {
    this.leave();
    if (this.stream) stop(this.stream);
    this.stream = null;
  }
}

/** Nothing comes from this track any more. */
const isLost = (silence: Silence | null) => silence === 'gone' || silence === 'denied';

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
