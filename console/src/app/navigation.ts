/** What the menu holds, in its order. A page that the server would refuse is left out. */
import {
  IconAddressBook,
  IconComponents,
  IconInbox,
  IconKey,
  IconLayoutDashboard,
  IconListSearch,
  IconHeadset,
  IconHistory,
  IconPhone,
  IconPhoneX,
  IconNotes,
  IconSend,
  IconSettings,
  IconShieldHalf,
  IconUsers,
  type Icon,
} from '@tabler/icons-react';
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
  { to: '/switchboard', name: 'nav.switchboard', icon: IconHeadset, group: 'work', onPhone: true },
  { to: '/directory', name: 'nav.directory', icon: IconAddressBook, right: 'see_directory', group: 'work' },
  { to: '/calls', name: 'nav.calls', icon: IconPhone, group: 'work', onPhone: true },
  { to: '/queue-log', name: 'nav.queueLog', icon: IconPhoneX, right: 'handle_unanswered', group: 'work' },
  { to: '/call-log', name: 'nav.callLog', icon: IconHistory, right: 'see_calls', group: 'follow' },
  { to: '/boards', name: 'nav.boards', icon: IconLayoutDashboard, group: 'work', onPhone: true },
  { to: '/noticeboard', name: 'nav.noticeboard', icon: IconNotes, group: 'work' },
  {
    to: '/settings',
    name: 'nav.settings',
    icon: IconSettings,
    right: 'change_configuration',
    group: 'administration',
  },
  { to: '/people', name: 'nav.people', icon: IconUsers, right: 'see_people', group: 'administration' },
  { to: '/roles', name: 'nav.roles', icon: IconShieldHalf, right: 'change_roles', group: 'administration' },
  { to: '/tokens', name: 'nav.tokens', icon: IconKey, right: 'make_tokens', group: 'administration' },
  { to: '/audit', name: 'nav.audit', icon: IconListSearch, right: 'see_audit', group: 'administration' },
  { to: '/outbox', name: 'nav.outbox', icon: IconSend, right: 'see_outbox', group: 'administration' },
];

/** Reached by its address alone. */
export const HIDDEN_DESTINATIONS: Destination[] = [
  { to: '/components', name: 'nav.components', icon: IconComponents, group: 'administration' },
];
