import { playThrough } from './devices';

/** A short rising chord from the chosen speaker. */
export async function playTestSound(): Promise<void> {
  const context = new AudioContext();
  const out = context.createMediaStreamDestination();
  const element = new Audio();
  element.srcObject = out.stream;
  await playThrough(element, 'speaker');
  await Promise.all([context.resume(), element.play()]).catch(() => undefined);
  for (const [index, hertz] of [392, 523.25, 659.25].entries()) {
    const begin = context.currentTime + index * 0.22;
    const tone = context.createOscillator();
    const gain = context.createGain();
    tone.frequency.value = hertz;
    gain.gain.setValueAtTime(0, begin);
    gain.gain.linearRampToValueAtTime(0.25, begin + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.001, begin + 0.5);
    tone.connect(gain).connect(out);
    tone.start(begin);
    tone.stop(begin + 0.55);
  }
  setTimeout(() => {
    element.srcObject = null;
    void context.close();
  }, 1400);
}
