/** What a channel is on the desk: what the list needs at once, and what the open case needs beside it. */
import type { ComponentType, Ref } from 'react';
import type { Case, Player } from '@/shared/case';
import type { DeskItem, LiveCall } from '@/shared/live/store';
import type { CaseActions } from '../useCaseActions';
import type { DeskKey } from '../useDeskKeys';

export interface StageProps {
  item: DeskItem;
  /** Name of the one who has taken it or is at it. */
  holder: string | null;
}

/** One way by which work comes in, in the list. A new one is a folder here and a line in `registry.ts`. */
export interface Channel {
  /** Somebody is on the line, now: everything else can wait a little. */
  live?: boolean;
  /** It is taken by answering it; nobody says beforehand that they will. */
  answered?: boolean;
  /** It waits for somebody: else it is not in the list. Left out: unless it is `talking`. */
  waits?: (item: DeskItem) => boolean;
  /** Nobody is at it: `person` is who was at it last. */
  rests?: (item: DeskItem) => boolean;
  /** Somebody is at it just now, and nobody else can be. */
  going?: (item: DeskItem) => boolean;
  /** In words, how far it has come. */
  Stage: ComponentType<StageProps>;
  /** What the keys of the desk do with it. */
  keys?: (item: DeskItem, actions: CaseActions) => Partial<Record<DeskKey, () => void>>;
  /** The key of the case that is worked on in this call, where it is one of the channel's. */
  ofCall?: (call: LiveCall, desk: Record<string, DeskItem>) => string | null;
}

export interface ButtonsProps {
  data: Case;
  /** While it waits for somebody. */
  item: DeskItem | undefined;
  actions: CaseActions;
}

/** The same in the case that is open: a file in the channel's folder and a line in `panels.ts`. */
export interface ChannelPanel {
  /** What can be done now; the most likely first. */
  Buttons: ComponentType<ButtonsProps>;
  /** A callback may be promised to whom it is from. */
  bookable?: (item: DeskItem | undefined) => boolean;
  /** What has been left, with its heading. */
  Content?: ComponentType<{ id: string; player: Ref<Player> }>;
  /** One more list beside earlier contacts and history. */
  More?: { Title: ComponentType<{ data: Case }>; List: ComponentType<{ data: Case }> };
}
