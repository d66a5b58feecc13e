/** All channels, as the list needs them, in the order in which they are offered. */
import type { CaseKind } from '@/shared/case';
import { call } from './call/channel';
import { callback } from './callback/channel';
import type { Channel } from './channel';
import { voicemail } from './voicemail/channel';

export const CHANNELS: Record<CaseKind, Channel> = { call, callback, voicemail };

export const KINDS = Object.keys(CHANNELS) as CaseKind[];
