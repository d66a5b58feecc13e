/** The list of the desk: what is in it, in which order, and what is hidden. */
import type { components } from '@/api/client';
import type { CaseKind, CaseRef } from '@/shared/case';
import type { Priority } from '@/shared/components';
import type { DeskItem } from '@/shared/live/store';

export type View = Required<components['schemas']['DeskViewShown']>;
export type { DeskItem };

export const KINDS = ['call', 'callback', 'voicemail'] as const;

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

/** A call that somebody is in does not wait for anybody. */
export function waits(item: DeskItem): boolean {
  return item.state !== 'talking';
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
function waiting(desk: Record<string, DeskItem>): DeskItem[] {
  const known = ordered.get(desk) ?? inOrder(Object.values(desk).filter(waits));
  ordered.set(desk, known);
  return known;
}

/** Somebody is on the line, now: everything else can wait a little. */
export function isLive(item: DeskItem): boolean {
  return item.kind === 'call';
}

/** Who is on the line, then what is due first. */
function inOrder(items: Iterable<DeskItem>): DeskItem[] {
  const due = new Map<DeskItem, number>();
  for (const item of items) due.set(item, Date.parse(item.due_at));
  return [...due.keys()].sort(
    (one, other) =>
      Number(isLive(other)) - Number(isLive(one)) ||
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
): Listed {
  const open = waiting(desk);
  const seen = open.filter((item) => !hides(view, item) || isMine(item, person));
  const wanted = filter.text
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => ({ word, digits: digitsOf(word) }));
  const found = seen.filter(
    (item) =>
      (!filter.kind || item.kind === filter.kind) &&
      (!filter.mine || isMine(item, person)) &&
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
export function isMine(item: DeskItem, person: string | null): boolean {
  if (!person) return false;
  return (
    item.taken_by === person || (item.person === person && item.state !== 'booked' && item.state !== 'due')
  );
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
