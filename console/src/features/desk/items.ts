/** The list of the desk: what is in it, in which order, and what is hidden. */
import type { components } from '@/api/client';
import type { CaseKind, CaseRef } from '@/shared/case';
import type { Priority } from '@/shared/components';
import type { DeskItem } from '@/shared/live/store';
import type { Channel } from './channels/channel';
import { CHANNELS, KINDS } from './channels/registry';

export type View = Required<components['schemas']['DeskViewShown']>;
export type { DeskItem };

/** By their names; those of `registry.ts`, unless it is told otherwise. */
export type Channels = Record<string, Channel>;

/** What the person looks for just now; it is not remembered. */
export interface Filter {
  text: string;
  kind: DeskItem['kind'] | null;
  mine: boolean;
}

export const NO_FILTER: Filter = { text: '', kind: null, mine: false };

/** The priority at this moment: it rises by itself at the times that the server has told. */
export function priorityAt(item: DeskItem, now: number): Priority {
  let priority: Priority = item.priority;
  for (const rise of item.rises) if (Date.parse(rise.at) <= now) priority = rise.priority;
  return priority;
}

/** What somebody is in does not wait for anybody. */
export function waits(item: DeskItem, channels: Channels = CHANNELS): boolean {
  return channels[item.kind]?.waits?.(item) ?? item.state !== 'talking';
}

export function hides(view: View, item: DeskItem): boolean {
  return (
    (item.queue !== null && view.hidden_queues.includes(item.queue)) ||
    (item.unit !== null && view.hidden_units.includes(item.unit)) ||
    view.hidden_kinds.includes(item.kind)
  );
}

export function hidesSomething(view: View): boolean {
  return view.hidden_queues.length + view.hidden_units.length + view.hidden_kinds.length > 0;
}

const ordered = new WeakMap<Record<string, DeskItem>, DeskItem[]>();

/** All that waits; sorted once for each state of the desk, not for each letter that is looked for. */
function waiting(desk: Record<string, DeskItem>, channels: Channels): DeskItem[] {
  const open = () => Object.values(desk).filter((item) => waits(item, channels));
  const known = ordered.get(desk) ?? inOrder(open(), channels);
  ordered.set(desk, known);
  return known;
}

/** Somebody is on the line, now: everything else can wait a little. */
export function isLive(item: DeskItem, channels: Channels = CHANNELS): boolean {
  return channels[item.kind]?.live ?? false;
}

/** Who is on the line, then what is due first. */
function inOrder(items: Iterable<DeskItem>, channels: Channels): DeskItem[] {
  const due = new Map<DeskItem, number>();
  for (const item of items) due.set(item, Date.parse(item.due_at));
  const live = (item: DeskItem) => Number(isLive(item, channels));
  return [...due.keys()].sort(
    (one, other) =>
      live(other) - live(one) ||
      (due.get(one) ?? 0) - (due.get(other) ?? 0) ||
      (one.key < other.key ? -1 : 1),
  );
}

/** What has come in since, of what is shown. */
export function newcomers(
  before: Record<string, DeskItem>,
  now: Record<string, DeskItem>,
  shown: DeskItem[],
): DeskItem[] {
  return shown.filter(({ key }) => key in now && !(key in before));
}

export interface Listed {
  shown: DeskItem[];
  /** By the person's own choice. */
  hidden: number;
  /** By what is looked for just now. */
  filtered: number;
}

/** `words` gives what can be searched in an item; `person` is who looks. */
export function listed(
  desk: Record<string, DeskItem>,
  view: View,
  filter: Filter,
  person: string | null,
  words: (item: DeskItem) => string,
  channels: Channels = CHANNELS,
): Listed {
  const open = waiting(desk, channels);
  const seen = open.filter((item) => !hides(view, item) || isMine(item, person, channels));
  const wanted = filter.text
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => ({ word, digits: digitsOf(word) }));
  const found = seen.filter(
    (item) =>
      (!filter.kind || item.kind === filter.kind) &&
      (!filter.mine || isMine(item, person, channels)) &&
      (!wanted.length || matches(searchable(item, words(item)), wanted)),
  );
  return { shown: found, hidden: open.length - seen.length, filtered: seen.length - found.length };
}

interface Searchable {
  words: string;
  text: string;
  plain: string;
}

const searched = new WeakMap<DeskItem, Searchable>();

/** Folded once for each item, not for each letter. */
function searchable(item: DeskItem, words: string): Searchable {
  const known = searched.get(item);
  if (known?.words === words) return known;
  const text = words.toLowerCase();
  const found = { words, text, plain: text.replace(/[\s()-]/g, '') };
  searched.set(item, found);
  return found;
}

function matches({ text, plain }: Searchable, wanted: { word: string; digits: string }[]): boolean {
  return wanted.every(({ word, digits }) => text.includes(word) || plain.includes(digits));
}

/** As in the number itself: without hyphens and the zero in front. */
function digitsOf(word: string): string {
  return word.replace(/[()-]/g, '').replace(/^0(?=\d)/, '');
}

/** Taken by the person, or in the person's hands just now. */
export function isMine(item: DeskItem, person: string | null, channels: Channels = CHANNELS): boolean {
  if (!person) return false;
  return item.taken_by === person || (item.person === person && !rests(item, channels));
}

/** Nobody is at it just now. */
export function rests(item: DeskItem, channels: Channels = CHANNELS): boolean {
  return channels[item.kind]?.rests?.(item) ?? false;
}

/** The item after this one in the list, or the first. */
export function nextOf(items: DeskItem[], key: string | null): DeskItem | undefined {
  const place = items.findIndex((item) => item.key === key);
  return items[place + 1] ?? items.find((item) => item.key !== key);
}

export function refOf(key: string): CaseRef {
  const [kind, id] = key.split(':');
  return { kind: kind as CaseKind, id: id ?? '' };
}

const KEY = new RegExp(`^(${KINDS.join('|')}):[a-z0-9-]{1,120}$`);

/** Whether it can be the key of a case. */
export const isKey = (text: string) => KEY.test(text);
