/** The pictures of all channels, for every page that shows a case. */
import type { CaseKind, KindPicture } from '@/shared/case';
import { callPicture } from './call/picture';
import { callbackPicture } from './callback/picture';
import { voicemailPicture } from './voicemail/picture';

export const PICTURES: Record<CaseKind, KindPicture> = {
  call: callPicture,
  callback: callbackPicture,
  voicemail: voicemailPicture,
};
