/** All channels, as the list needs them, in the order in which they are offered. */
import type { CaseKind } from '@/shared/case';
import { call } from './call';
import { callback } from './callback';
import type { Channel } from './channel';
import { voicemail } from './voicemail';

export const CHANNELS: Record<CaseKind, Channel> = { call, callback, voicemail };

export const KINDS = Object.keys(CHANNELS) as CaseKind[];
