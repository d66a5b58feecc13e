/** All channels, as the open case needs them: it comes when the list is there. */
import type { CaseKind } from '@/shared/case';
import { callPanel } from './call/panel';
import { callbackPanel } from './callback/panel';
import type { ChannelPanel } from './channel';
import { voicemailPanel } from './voicemail/panel';

export const PANELS: Record<CaseKind, ChannelPanel> = {
  call: callPanel,
  callback: callbackPanel,
  voicemail: voicemailPanel,
};
