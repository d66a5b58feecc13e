/** All channels, as the open case needs them: it comes when the list is there. */
import type { CaseKind } from '@/shared/case';
import { callPanel } from './callPanel';
import { callbackPanel } from './callbackPanel';
import type { ChannelPanel } from './channel';
import { voicemailPanel } from './voicemailPanel';

export const PANELS: Record<CaseKind, ChannelPanel> = {
  call: callPanel,
  callback: callbackPanel,
  voicemail: voicemailPanel,
};
