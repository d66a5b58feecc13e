/** What the other side hears of a visitor. */
import { openMicrophone } from '@/shared/phone/devices';

export type Voice = 'microphone' | 'tone' | 'silence';

/** NoMicrophone, for the microphone. */
export function openVoice(voice: Voice): Promise<MediaStream> {
  return voice === 'microphone' ? openMicrophone() : Promise.resolve(madeUp(voice));
}

/** Seconds from one beep to the next, and of the beep. */
const PERIOD = 2;
const BEEP = 0.35;

/** A beep now and then, or nothing, for who has no microphone and wants to try all the same. */
function madeUp(voice: 'tone' | 'silence'): MediaStream {
  const context = new AudioContext();
  const out = context.createMediaStreamDestination();
  const beeps = context.createBuffer(1, context.sampleRate * PERIOD, context.sampleRate);
  const samples = beeps.getChannelData(0);
  const end = BEEP * context.sampleRate;
  for (let i = 0; i < end; i += 1) {
    const edge = Math.min(1, i / 400, (end - i) / 400);
    samples[i] = voice === 'tone' ? 0.2 * edge * Math.sin((2 * Math.PI * 440 * i) / context.sampleRate) : 0;
  }
  const source = context.createBufferSource();
  source.buffer = beeps;
  source.loop = true;
  source.connect(out);
  source.start();
  void context.resume();
  const track = out.stream.getAudioTracks()[0];
  const stop = track?.stop.bind(track);
  if (track && stop) {
    track.stop = () => {
      stop();
      if (context.state !== 'closed') void context.close();
    };
  }
  return out.stream;
}
