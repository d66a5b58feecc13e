/** What a calendar is given, and what it asks of the page around it. */
import type { ReactNode } from 'react';
import type { ClockChange } from './days';
import type { Edge, Stretch } from './layout';

export const TONES = ['both', 'in', 'out', 'green', 'blue', 'violet', 'yellow', 'red', 'grey'] as const;
/** A colour with a pattern of its own. */
export type Tone = (typeof TONES)[number];

export interface CalendarColumn {
  key: string;
  /** Above the column. */
  title: string;
  detail?: string;
  /** As it is read aloud. */
  name: string;
  today?: boolean;
  /** What there is to know of the day, such as its holiday. */
  note?: string;
  /** Nothing of what is laid out holds on the day. */
  off?: boolean;
  change?: ClockChange | null;
}

export interface CalendarBlock extends Stretch {
  id: string;
  /** All that there is to know, as it is read aloud. */
  name: string;
  tone: Tone;
  content: ReactNode;
  /** It can be opened, but not dragged. */
  fixed?: boolean;
}

export interface CalendarActions {
  /** Something new is wanted. */
  draw: (day: number, start: number, end: number) => void;
  open: (id: string) => void;
  /** By so many days and minutes. Gives the id under which it stands afterwards. */
  move: (id: string, days: number, minutes: number) => string;
  resize: (id: string, edge: Edge, to: number) => string;
  /** Another one like it, with its start there. */
  copy: (id: string, day: number, start: number) => string;
  remove: (id: string) => void;
  /** Which others go along when this one is dragged. */
  along?: (id: string) => readonly string[];
}
