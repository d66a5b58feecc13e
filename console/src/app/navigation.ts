/** What the menu holds, in its order. A page that the server would refuse is left out. */
import { IconComponents, IconInbox, type Icon } from '@tabler/icons-react';
import type { Right } from '@/shared/session';

export interface Destination {
  to: string;
  /** Key of its name in the texts of `common`. */
  name: string;
  icon: Icon;
  right?: Right;
  /** Group in the menu: daily work first, administration last. */
  group: 'work' | 'follow' | 'administration';
  /** Shown at the bottom of a phone's screen; four at the most. */
  onPhone?: boolean;
}

export const DESTINATIONS: Destination[] = [
  { to: '/desk', name: 'nav.desk', icon: IconInbox, group: 'work', onPhone: true },
];

/** Reached by its address alone. */
export const HIDDEN_DESTINATIONS: Destination[] = [
  { to: '/components', name: 'nav.components', icon: IconComponents, group: 'administration' },
];
