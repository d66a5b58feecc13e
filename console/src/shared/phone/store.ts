/** What this tab knows of the phone. `calls` of the server come from the live store; here is what the page adds. */
import { create } from 'zustand';
import { noteCalls } from './lately';
import type { SipCall, SipCallState } from './sipcall';
import type { Silence } from './voice';
import type { DeviceKind, PhoneDevice, Reach, Reason } from './types';

/** A call at this browser, as far as the page itself knows of it. */
export interface LocalCall {
  id: string;
  state: SipCallState;
  direction: 'in' | 'out';
  number: string | null;
  name: string;
  since: string;
  muted: boolean;
  byItself: boolean;
  silence: Silence | null;
}

export interface PhoneState {
  reach: Reach;
  reason: Reason | null;
  /** Since when the reach is what it is, milliseconds of this computer. */
  since: number;
  extension: string | null;
  device: DeviceKind;
  devices: PhoneDevice[];
  callWaiting: boolean | null;
  local: Record<string, LocalCall>;
  audible: boolean;
}

export const usePhoneState = create<PhoneState>()(() => ({
  reach: 'starting',
  reason: null,
  since: Date.now(),
  extension: null,
  device: 'browser',
  devices: [],
  callWaiting: null,
  local: {},
  audible: true,
}));

export function setReach(reach: Reach, reason: Reason | null = null): void {
  const now = usePhoneState.getState();
  if (now.reach === reach && now.reason === reason) return;
  usePhoneState.setState({ reach, reason, since: Date.now() });
}

export function putLocal(call: SipCall): void {
  const { [call.id]: _, ...others } = usePhoneState.getState().local;
  if (call.state === 'ended') {
    usePhoneState.setState({ local: others });
    noteCalls(Object.keys(others).length);
    return;
  }
  const { id, state, direction, number, name, since, muted, byItself, silence } = call;
  const shown = { id, state, direction, number, name, since, muted, byItself, silence };
  usePhoneState.setState({ local: { ...others, [id]: shown } });
  noteCalls(Object.keys(others).length + 1);
}
