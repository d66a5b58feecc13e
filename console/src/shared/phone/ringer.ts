/** Makes itself heard and seen: ring tone, page title, mark in the tab, and a notice when the page is not in sight. */
import { playThrough, readDevices } from './devices';

const RATE = 24_000;
/** Seconds from one ring to the next. */
const PERIOD = 3.2;

/** A soft bell of three notes, made here so that no file has to be loaded when it matters. */
function bell(context: BaseAudioContext): AudioBuffer {
  const buffer = context.createBuffer(1, RATE * PERIOD, RATE);
  const samples = buffer.getChannelData(0);
  const notes: [start: number, hertz: number][] = [
    [0, 587.33],
    [0.18, 739.99],
    [0.36, 880],
    [0.9, 587.33],
    [1.08, 739.99],
    [1.26, 880],
  ];
  for (const [start, hertz] of notes) {
    for (let i = 0; i < RATE * 0.7; i += 1) {
      const at = Math.floor(start * RATE) + i;
      const seconds = i / RATE;
      const loud = Math.min(1, seconds / 0.008) * Math.exp(-5.5 * seconds);
      const wave = Math.sin(2 * Math.PI * hertz * seconds) + 0.25 * Math.sin(4 * Math.PI * hertz * seconds);
      if (at < samples.length) samples[at] = (samples[at] ?? 0) + 0.3 * loud * wave;
    }
  }
  return buffer;
}

/** Of the loudness, beside a conversation. */
const SOFTLY = 0.15;

class Tone {
  private context: AudioContext | null = null;
  private source: AudioBufferSourceNode | null = null;
  private readonly element = new Audio();

  /** `softness`: a part of the loudness that was chosen. */
  async start(loop: boolean, softness = 1): Promise<void> {
    this.stop();
    const context = (this.context ??= new AudioContext());
    const source = context.createBufferSource();
    const gain = context.createGain();
    const out = context.createMediaStreamDestination();
    gain.gain.value = readDevices().loudness * softness;
    source.buffer = bell(context);
    source.loop = loop;
    source.connect(gain).connect(out);
    this.source = source;
    this.element.srcObject = out.stream;
    source.start();
    if (!loop) source.onended = () => this.source === source && this.stop();
    await playThrough(this.element, 'ringer');
    await Promise.all([context.resume(), this.element.play()]).catch(() => undefined);
  }

  stop(): void {
    this.source?.stop();
    this.source?.disconnect();
    this.source = null;
    this.element.pause();
    this.element.srcObject = null;
  }
}

const ICON = '/mark.svg';
const RINGING_ICON = '/mark-ringing.svg';
const BLINK = 1000;
/** Before the title while it rings. */
const BELL = '☎';

/** How somebody wants to be told. */
export interface Manner {
  sound: boolean;
  /** Who talks hears it once, from afar. */
  softly?: boolean;
  notice: 'loud' | 'silent' | null;
}

export class Ringer {
  private readonly tone = new Tone();
  private blinking: ReturnType<typeof setInterval> | undefined;
  private title = '';
  private words = '';
  private notice: Notification | undefined;
  private ringing = false;

  /** Ring until `stop`. `words` say who calls; they replace the page's title now and then. */
  start(words: string, body: string, tag: string, { sound, softly, notice }: Manner): void {
    this.show(words, body, tag, notice);
    if (this.ringing) return;
    this.ringing = true;
    if (sound) void this.tone.start(!softly, softly ? SOFTLY : 1);
  }

  /** Who calls is known better by now. */
  say(words: string): void {
    this.words = words;
  }

  stop(): void {
    this.ringing = false;
    this.tone.stop();
    clearInterval(this.blinking);
    this.blinking = undefined;
    if (this.title && document.title.startsWith(BELL)) document.title = this.title;
    this.title = '';
    setIcon(ICON);
    this.notice?.close();
    this.notice = undefined;
  }

  /** Ring once, to hear how it sounds. */
  test(): void {
    void this.tone.start(false);
  }

  private show(words: string, body: string, tag: string, notice: Manner['notice']): void {
    this.words = words;
    if (this.blinking) return;
    let shown = false;
    const turn = () => {
      // The page may have got another title of its own since.
      if (!document.title.startsWith(BELL)) this.title = document.title;
      shown = !shown;
      document.title = shown ? `${BELL} ${this.words}` : this.title;
      setIcon(shown ? RINGING_ICON : ICON);
    };
    turn();
    this.blinking = setInterval(turn, BLINK);
    if (notice)
      this.notice = showNotice(words, { body, tag, silent: notice === 'silent', requireInteraction: true });
  }
}

/** A notice of the browser, where it may and the page is not in sight. A click brings the page to the front. */
export function showNotice(words: string, options: NotificationOptions): Notification | undefined {
  if (!document.hidden || !('Notification' in window) || Notification.permission !== 'granted')
    return undefined;
  try {
    const notice = new Notification(words, { icon: ICON, ...options });
    notice.onclick = () => {
      window.focus();
      notice.close();
    };
    return notice;
  } catch {
    // Phones allow notices only from a service worker.
    return undefined;
  }
}

function setIcon(address: string): void {
  document.querySelector('link[rel="icon"]')?.setAttribute('href', address);
}
