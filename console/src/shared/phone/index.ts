export { phoneActions, startPhone, usePhone, usePhoneView, type PhoneActions } from './usePhone';
export { takenBy } from './view';
export { useMaySteer, useNamed, useWays, WAYS, type Way } from './supervision';
export type {
  Consult,
  DeviceKind,
  PhoneCall,
  PhoneDevice,
  PhoneView,
  Reach,
  Recorded,
  Reason,
  Target,
} from './types';
