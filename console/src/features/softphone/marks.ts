import type { Shape, Tone } from '@/shared/components';
import type { PhoneCall, PhoneView } from '@/shared/phone';

/** Each state by colour and by shape. */
export const CALL_MARKS: Record<PhoneCall['state'], { tone: Tone; shape: Shape }> = {
  ringing: { tone: 'info', shape: 'diamond' },
  dialling: { tone: 'info', shape: 'ring' },
  talking: { tone: 'good', shape: 'disc' },
  held: { tone: 'busy', shape: 'half' },
  ending: { tone: 'quiet', shape: 'bar' },
};

export const REACH_MARKS: Record<PhoneView['reach'], { tone: Tone; shape: Shape }> = {
  starting: { tone: 'quiet', shape: 'ring' },
  ready: { tone: 'good', shape: 'disc' },
  unreachable: { tone: 'bad', shape: 'bar' },
  'other-tab': { tone: 'quiet', shape: 'half' },
  'taken-over': { tone: 'busy', shape: 'half' },
  none: { tone: 'quiet', shape: 'ring' },
};
