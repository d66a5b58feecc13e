// feature: SWB-01
import { beforeEach, describe, expect, it } from 'vitest';
import { NoMicrophone } from './devices';
import { OwnVoice } from './voice';

class Track extends EventTarget {
  readyState: 'live' | 'ended' = 'live';
  enabled = true;

  stop() {
    this.readyState = 'ended';
  }

  /** As the browser does when the device is pulled out. */
  pull() {
    this.stop();
    this.dispatchEvent(new Event('ended'));
  }
}

function microphone(track = new Track()) {
  const stream = { getTracks: () => [track], getAudioTracks: () => [track] } as unknown as MediaStream;
  return { track, stream };
}

describe('the microphone of a call', () => {
  let told = 0;
  let there: ReturnType<typeof microphone> | null = null;
  let why: Error = new Error('none');
  let sent: unknown[] = [];
  let voice: OwnVoice;
  const first = () => microphone();
  const send = (track: unknown) => Promise.resolve(sent.push(track));

  beforeEach(() => {
    told = 0;
    sent = [];
    there = null;
    why = new Error('none');
    voice = new OwnVoice(
      () => (there ? Promise.resolve(there.stream) : Promise.reject(why)),
      () => (told += 1),
    );
  });

  it('is missed when it is pulled out, and another one takes its place', async () => {
    const { track, stream } = first();
    voice.take(stream);
    track.pull();
    expect([voice.silence, told]).toEqual(['gone', 1]);
    await expect(voice.renew(send)).rejects.toThrow('none');
    expect(voice.silence).toBe('gone');
    there = microphone();
    await voice.renew(send);
    expect(sent).toEqual([there.track]);
    expect([voice.silence, told]).toEqual([null, 2]);
  });

  it('that may not be used any more is told so, until it may be again', async () => {
    const { track, stream } = first();
    voice.take(stream);
    track.pull();
    why = new NoMicrophone('denied');
    await expect(voice.renew(send)).rejects.toThrow(why);
    expect([voice.silence, told]).toEqual(['denied', 2]);
    there = microphone();
    await voice.renew(send);
    expect([voice.silence, told]).toEqual([null, 3]);
  });

  it('is told of while the system has turned it off', () => {
    const { track, stream } = first();
    voice.take(stream);
    track.dispatchEvent(new Event('mute'));
    expect(voice.silence).toBe('quiet');
    track.dispatchEvent(new Event('unmute'));
    expect([voice.silence, told]).toEqual([null, 2]);
  });

  it('is let go when the call ends, also one that comes too late', async () => {
    const { track, stream } = first();
    voice.take(stream);
    there = microphone();
    const late = voice.renew(send);
    voice.end();
    await late;
    expect([track.readyState, there.track.readyState, sent.length]).toEqual(['ended', 'ended', 0]);
  });

  it('that was replaced is not missed', async () => {
    const { track, stream } = first();
    voice.take(stream);
    there = microphone();
    await voice.renew(send);
    track.pull();
    expect(voice.silence).toBeNull();
  });
});
