/** What can be set, in which order and how. All else about a setting is in the server's schema and in the texts. */
import {
  IconBuilding,
  IconBuildingCommunity,
  IconCalendarTime,
  IconClockHour4,
  IconGitBranch,
  IconHash,
  IconListNumbers,
  IconMessage2,
  IconMusic,
  IconPlayerPause,
  IconRoute,
  IconCategory,
  IconUsersGroup,
  type Icon,
} from '@tabler/icons-react';
import type { Hint } from '@/shared/forms';
import { templateHints } from './customerTexts';

export const LISTS = [
  'units',
  'numbers',
  'lists',
  'hours',
  'categories',
  'messages',
  'playlists',
  'schedules',
  'queues',
  'pauses',
  'callflows',
  'trunks',
] as const;
export type ListName = (typeof LISTS)[number];

export interface FieldGroup {
  name: string;
  fields: string[];
}

export interface Section {
  list: ListName | 'organisation';
  /** The name of its shape in the schema. */
  shape: string;
  icon: Icon;
  /** By which setting its parts are known. */
  key: 'key' | 'number';
  /** It has a calendar of its own, in which what is hidden here is changed. */
  calendar?: boolean;
  groups: FieldGroup[];
  hints: Record<string, Hint>;
}

const unit: Hint = { widget: 'reference', list: 'units' };
const category: Hint = { widget: 'reference', list: 'categories' };

export const ORGANISATION: Section = {
  list: 'organisation',
  shape: 'Organisation',
  icon: IconBuilding,
  key: 'key',
  groups: [
    { name: 'basic', fields: ['name', 'language', 'country', 'timezone'] },
    { name: 'outgoing', fields: ['outgoing'] },
    { name: 'signIn', fields: ['sign_in'] },
    { name: 'notices', fields: ['notices_show_caller'] },
    { name: 'callbacks', fields: ['several_callbacks', 'cancel_words'] },
    { name: 'texts', fields: ['texts'] },
    { name: 'directRecordings', fields: ['keep_direct_recordings'] },
    { name: 'parking', fields: ['parking'] },
  ],
  hints: {
    key: { hidden: true },
    timezone: { widget: 'zone' },
    country: { widget: 'country' },
    language: { widget: 'language' },
    keep_direct_recordings: { unit: 'days' },
    'parking.returns_after_seconds': { unit: 'seconds' },
    ...templateHints,
    'outgoing.trunk': { widget: 'reference', list: 'trunks' },
    'outgoing.countries': { widget: 'country' },
  },
};

export const SECTIONS: Record<ListName, Section> = {
  units: {
    list: 'units',
    shape: 'Unit',
    icon: IconBuildingCommunity,
    key: 'key',
    groups: [{ name: 'basic', fields: ['name', 'outgoing_trunk', 'billing_id'] }],
    hints: { outgoing_trunk: { widget: 'reference', list: 'trunks' } },
  },
  numbers: {
    list: 'numbers',
    shape: 'Number',
    icon: IconHash,
    key: 'number',
    groups: [
      { name: 'basic', fields: ['number', 'name', 'unit', 'flow', 'category', 'trunk'] },
      { name: 'presenting', fields: ['presenting'] },
    ],
    hints: {
      unit,
      'presenting.people': { widget: 'reference', list: 'people' },
      flow: { widget: 'reference', list: 'callflows' },
      category,
      trunk: { widget: 'reference', list: 'trunks' },
    },
  },
  lists: {
    list: 'lists',
    shape: 'NumberList',
    icon: IconListNumbers,
    key: 'key',
    groups: [{ name: 'basic', fields: ['name', 'unit', 'kind', 'priority', 'service_level'] }],
    hints: { unit, kind: { hidden: true }, service_level: { unit: 'seconds' } },
  },
  hours: {
    list: 'hours',
    shape: 'OpeningHours',
    icon: IconClockHour4,
    key: 'key',
    calendar: true,
    groups: [{ name: 'basic', fields: ['name', 'unit'] }],
    hints: {
      unit,
      week: { hidden: true },
      categories: { hidden: true },
      exceptions: { hidden: true },
    },
  },
  categories: {
    list: 'categories',
    shape: 'Category',
    icon: IconCategory,
    key: 'key',
    groups: [
      { name: 'basic', fields: ['name', 'unit', 'priority'] },
      { name: 'length', fields: ['call_minutes', 'handling_minutes'] },
      { name: 'needs', fields: ['skills', 'language'] },
    ],
    hints: {
      unit,
      language: { widget: 'language' },
      call_minutes: { unit: 'minutes' },
      handling_minutes: { unit: 'minutes' },
    },
  },
  messages: {
    list: 'messages',
    shape: 'Message',
    icon: IconMessage2,
    key: 'key',
    groups: [{ name: 'basic', fields: ['name', 'unit', 'manuscripts'] }],
    hints: { unit, manuscripts: { widget: 'manuscripts' } },
  },
  playlists: {
    list: 'playlists',
    shape: 'Playlist',
    icon: IconMusic,
    key: 'key',
    groups: [{ name: 'basic', fields: ['name', 'unit'] }],
    hints: { unit },
  },
  schedules: {
    list: 'schedules',
    shape: 'Schedule',
    icon: IconCalendarTime,
    key: 'key',
    calendar: true,
    groups: [
      { name: 'basic', fields: ['name', 'unit'] },
      { name: 'booking', fields: ['days_ahead', 'notice_minutes'] },
      { name: 'closedTimes', fields: ['hours', 'sells_when_closed', 'closed_days'] },
    ],
    hints: {
      unit,
      periods: { hidden: true },
      hours: { widget: 'reference', list: 'hours' },
      days_ahead: { unit: 'days' },
      notice_minutes: { unit: 'minutes' },
    },
  },
  queues: {
    list: 'queues',
    shape: 'Queue',
    icon: IconUsersGroup,
    key: 'key',
    groups: [
      { name: 'basic', fields: ['name', 'unit', 'extension'] },
      { name: 'members', fields: ['members', 'outside', 'teams', 'self_log_in'] },
      {
        name: 'ringing',
        fields: [
          'distribution',
          'most_at_once',
          'call_waiting',
          'precedence',
          'ring_time',
          'after_call_work',
        ],
      },
      { name: 'category', fields: ['category'] },
      { name: 'needs', fields: ['needs'] },
      { name: 'shown', fields: ['member_sees', 'member_display'] },
      { name: 'entry', fields: ['entry', 'pace'] },
      { name: 'waiting', fields: ['waiting_sound', 'music', 'announcements', 'returned_message'] },
      { name: 'callbacks', fields: ['callbacks', 'keeps_places', 'presented'] },
      { name: 'recording', fields: ['recording'] },
      { name: 'supervision', fields: ['supervision'] },
      { name: 'desk', fields: ['desk'] },
      { name: 'alerts', fields: ['alerts'] },
      { name: 'figures', fields: ['service_level', 'service_level_target', 'wait_warning', 'short_abandon'] },
      { name: 'shown', fields: ['on_switchboard', 'in_queue_log'] },
    ],
    hints: {
      unit,
      'members[].person': { widget: 'reference', list: 'people' },
      'teams[].unit': { widget: 'reference', list: 'units' },
      returned_message: { widget: 'reference', list: 'messages' },
      'supervision.supervisors': { widget: 'reference', list: 'people' },
      category,
      'needs.language': { widget: 'language' },
      pace: { widget: 'reference', list: 'schedules' },
      music: { widget: 'reference', list: 'playlists' },
      'announcements.messages[].message': { widget: 'reference', list: 'messages' },
      'announcements.messages[].every': { unit: 'seconds' },
      'announcements.position_every': { unit: 'seconds' },
      'announcements.estimated_wait_every': { unit: 'seconds' },
      'announcements.members_every': { unit: 'seconds' },
      'recording.message': { widget: 'reference', list: 'messages' },
      'recording.keep_days': { unit: 'days' },
      'entry.longest_estimate': { unit: 'minutes' },
      'entry.longest_wait': { unit: 'seconds' },
      'announcements.first_after': { unit: 'seconds' },
      'announcements.every': { unit: 'seconds' },
      'alerts[].hours': { widget: 'reference', list: 'hours' },
      'alerts[].minutes': { unit: 'minutes' },
      'members[].least_after_call': { unit: 'seconds' },
      'after_call_work.answered': { unit: 'seconds' },
      'after_call_work.declined': { unit: 'seconds' },
      'after_call_work.missed': { unit: 'seconds' },
      'callbacks.schedule': { widget: 'reference', list: 'schedules' },
      'callbacks.greeting': { widget: 'reference', list: 'messages' },
      'callbacks.retry_minutes': { unit: 'minutes' },
      'callbacks.kept_within_minutes': { unit: 'minutes' },
      'callbacks.ring_seconds': { unit: 'seconds' },
      'callbacks.by_text[].language': { widget: 'language' },
      'callbacks.after_unanswered': { unit: 'seconds' },
      'callbacks.abandoned_after': { unit: 'seconds' },
      'callbacks.tells.reminder_minutes': { unit: 'minutes' },
      'callbacks.tells.late_minutes': { unit: 'minutes' },
      'keeps_places.after': { unit: 'seconds' },
      'keeps_places.every': { unit: 'seconds' },
      'keeps_places.from_estimate': { unit: 'minutes' },
      'keeps_places.retry_minutes': { unit: 'minutes' },
      'keeps_places.ring_seconds': { unit: 'seconds' },
      'desk.voicemail_minutes': { unit: 'minutes' },
      ring_time: { unit: 'seconds' },
      'needs.widens_after': { unit: 'seconds' },
      service_level: { unit: 'seconds' },
      wait_warning: { unit: 'seconds' },
      short_abandon: { unit: 'seconds' },
    },
  },
  pauses: {
    list: 'pauses',
    shape: 'PauseReason',
    icon: IconPlayerPause,
    key: 'key',
    groups: [{ name: 'basic', fields: ['name', 'minutes'] }],
    hints: { minutes: { unit: 'minutes' } },
  },
  callflows: { list: 'callflows', shape: 'CallFlow', icon: IconGitBranch, key: 'key', groups: [], hints: {} },
  trunks: {
    list: 'trunks',
    shape: 'Trunk',
    icon: IconRoute,
    key: 'key',
    groups: [
      {
        name: 'basic',
        fields: ['name', 'unit', 'host', 'transport', 'encrypted', 'addresses', 'dialled_in'],
      },
      { name: 'pbx', fields: ['extensions'] },
      { name: 'registration', fields: ['username', 'password', 'register', 'accepts_registration'] },
    ],
    hints: { unit },
  },
};

/** The lists that the fields of a section choose from. */
export function listsNeeded({ hints }: Section): string[] {
  return [...new Set(Object.values(hints).flatMap(({ list }) => (list ? [list] : [])))];
}
