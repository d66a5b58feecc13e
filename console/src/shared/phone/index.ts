export { phoneActions, startPhone, usePhone, usePhoneView, type PhoneActions } from './usePhone';
export type { Consult, DeviceKind, PhoneCall, PhoneDevice, PhoneView, Reach, Reason, Target } from './types';
export { useMaySteer, useWays, WAYS, type Way } from './supervision';
