/** Microphone, speaker and ringing device: chosen once, remembered in this browser. */

export interface DeviceChoice {
  /** Device ids of the browser; empty for the system's own choice. */
  microphone: string;
  speaker: string;
  ringer: string;
  /** Echo, noise and level are seen to by the browser. */
  enhance: boolean;
  /** Loudness of the ring tone, 0 to 1. */
  loudness: number;
}

export type MicrophoneState = 'ready' | 'ask' | 'denied' | 'missing' | 'insecure';

/** The microphone could not be opened, and why. */
export class NoMicrophone extends Error {
  readonly state: MicrophoneState;

  constructor(state: MicrophoneState) {
    super(`no microphone: ${state}`);
    this.name = 'NoMicrophone';
    this.state = state;
  }
}

const KEY = 'svarhus-devices';
const USUAL: DeviceChoice = { microphone: '', speaker: '', ringer: '', enhance: true, loudness: 0.7 };

export function readDevices(): DeviceChoice {
  try {
    return { ...USUAL, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<DeviceChoice>) };
  } catch {
    return USUAL;
  }
}

export function keepDevices(choice: DeviceChoice): void {
  localStorage.setItem(KEY, JSON.stringify(choice));
}

/** Open the chosen microphone, or the usual one when that is gone. NoMicrophone. */
export async function openMicrophone(): Promise<MediaStream> {
  if (!navigator.mediaDevices) throw new NoMicrophone('insecure');
  const { microphone, enhance } = readDevices();
  const audio: MediaTrackConstraints = {
    ...(microphone ? { deviceId: { ideal: microphone } } : {}),
    echoCancellation: enhance,
    noiseSuppression: enhance,
    autoGainControl: enhance,
  };
  try {
    return await navigator.mediaDevices.getUserMedia({ audio });
  } catch (error) {
    throw new NoMicrophone(stateOf(error));
  }
}

function stateOf(error: unknown): MicrophoneState {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  return 'missing';
}

/** Whether the microphone can be used, without opening it. */
export async function microphoneState(): Promise<MicrophoneState> {
  if (!navigator.mediaDevices) return 'insecure';
  const inputs = (await navigator.mediaDevices.enumerateDevices()).filter(
    ({ kind }) => kind === 'audioinput',
  );
  if (!inputs.length) return 'missing';
  try {
    const { state } = await navigator.permissions.query({ name: 'microphone' as PermissionName });
    if (state === 'denied') return 'denied';
    if (state === 'granted') return 'ready';
  } catch {
    // Browsers that do not tell: a name is shown only to who may listen.
  }
  return inputs.some(({ label }) => label) ? 'ready' : 'ask';
}

/** Ask the user for the microphone. */
export async function askForMicrophone(): Promise<MicrophoneState> {
  try {
    for (const track of (await openMicrophone()).getTracks()) track.stop();
    return 'ready';
  } catch (error) {
    return error instanceof NoMicrophone ? error.state : 'missing';
  }
}

/** Be told when a device comes or goes, or when a permission changes. Gives what ends it. */
export function onDevicesChange(listener: () => void): () => void {
  navigator.mediaDevices?.addEventListener('devicechange', listener);
  let permission: PermissionStatus | undefined;
  void navigator.permissions
    ?.query({ name: 'microphone' as PermissionName })
    .then((status) => {
      permission = status;
      status.addEventListener('change', listener);
    })
    .catch(() => undefined);
  return () => {
    navigator.mediaDevices?.removeEventListener('devicechange', listener);
    permission?.removeEventListener('change', listener);
  };
}

/** Let an element sound from the chosen device; from the system's own when it is gone or cannot be chosen. */
export async function playThrough(element: HTMLAudioElement, device: 'speaker' | 'ringer'): Promise<void> {
  if (!('setSinkId' in element)) return;
  try {
    await element.setSinkId(readDevices()[device]);
  } catch {
    await element.setSinkId('').catch(() => undefined);
  }
}

export function canChooseSpeaker(): boolean {
  return 'setSinkId' in HTMLMediaElement.prototype;
}
