/** Lines of the audit log in words. */
import { useTranslation } from 'react-i18next';
import type { components } from '@/api/client';
import { dayAndTime, phoneNumber } from '@/shared/format';
import { isolated, LANGUAGES } from '@/shared/i18n';

type Line = components['schemas']['AuditLine'];
type Thing = components['schemas']['ThingShown'];
type Change = components['schemas']['ChangeShown'];

/** A text of the audit log, or of another namespace with `settings:` before it; null when there is none. */
export type Texts = (key: string, values?: Record<string, unknown>) => string | null;

export function useWords() {
  const { t, i18n } = useTranslation(['audit', 'settings', 'people', 'common']);
  const texts: Texts = (key, values) =>
    i18n.exists(key, { ns: 'audit', ...values }) ? t(key, { ...values }) : null;
  return {
    /** A person by name, a program by its token, whoever else as the log has it. */
    who: (key: string, name: string | null | undefined) => {
      if (key === 'command line') return t('commandLine');
      if (key.startsWith('token:')) return t('token', { name: key.slice(6) });
      return isolated(name ?? key);
    },
    /** What was done, by its stable name; one that we have no words for is shown as it is. */
    action: (name: string) => texts(`actions.${name}`) ?? name.replace(/-/g, ' '),
    about: (thing: Thing) => thingInWords(thing, texts),
    /** The differences, one a line. */
    changes: (line: Line): string[] => {
      const { before, after } = line;
      if (line.action === 'sign-in-failed' && isObject(after)) return [t(`failed.${String(after.what)}`)];
      if (line.changes.length) return line.changes.map((change) => changeInWords(change, texts));
      const known = line.about.name;
      return [...told(before, '−', known, texts), ...told(after, '', known, texts)];
    },
  };
}

/** What a line is about, so that a reader knows which it is; by its key when nothing else is known. */
export function thingInWords(thing: Thing, texts: Texts): string {
  const name = thing.name && isolated(thing.name);
  if (thing.kind === 'number') return phoneNumber(thing.key);
  if (thing.kind === 'revision') return texts('things.revision', { revision: thing.key }) ?? thing.key;
  if (thing.kind === 'notice') return texts('things.notice', { key: thing.key }) ?? thing.key;
  if (!thing.at) return name || thing.key;
  const caller = name || (thing.number && phoneNumber(thing.number)) || texts('things.hidden');
  return texts('things.call', { at: dayAndTime(thing.at), caller }) ?? thing.key;
}

/** One difference by names: "Queue Reception: Ring time 20 → 25". */
export function changeInWords(change: Change, texts: Texts): string {
  if (!change.list) return change.line;
  const part = partOf(change, texts);
  if (!change.setting) return wholePart(change, part, texts) ?? change.line;
  const label = labelOf(change, texts);
  const inside = inWords(change, label, texts);
  return inside === null ? change.line : `${capital(part)}: ${inside}`;
}

function partOf({ list, key, name }: Change, texts: Texts): string {
  if (list === 'organisation') return texts('change.organisation') ?? list;
  const kind = texts(`settings:revisions.kinds.${KINDS[list ?? ''] ?? list}`) ?? list;
  return texts('change.part', { kind, name: isolated(name ?? key ?? '') }) ?? `${kind} ${key}`;
}

function wholePart({ list, key, done }: Change, part: string, texts: Texts): string | null {
  if (done === 'reordered')
    return texts('change.order', { what: texts(`settings:sections.${list}`) ?? list });
  if (done !== 'added' && done !== 'removed') return null;
  return key === null ? null : capital(texts(`change.${done}`, { what: part }) ?? part);
}

function inWords(change: Change, label: string, texts: Texts): string | null {
  const { done, setting, entry, before, after } = change;
  const value = (each: string | null) => valueInWords(setting, each, texts);
  if (setting === 'password' || setting === 'phone_password') return texts(`change.${setting}`);
  if (done === 'reordered') return texts('change.order', { what: label });
  if (done === 'added' || done === 'removed') {
    const what = texts(`change.${done}`, { what: isolated(entry ?? label) });
    return entry ? `${label}: ${what}` : what;
  }
  if (done !== 'set') return null;
  const which = entry ? `${label}, ${isolated(entry)}:` : label;
  return before === null ? `${which} ${value(after)}` : `${which} ${value(before)} → ${value(after)}`;
}

/** `members.priority` is the setting `members[].priority`, when the entries are known by a key. */
function labelOf({ list, setting }: Change, texts: Texts): string {
  const path = setting ?? '';
  const ofPerson = list === 'people' && PEOPLE[path];
  if (ofPerson) return texts(`people:${ofPerson}`) ?? path;
  const patterns = [path, path.replace(/\./, '[].'), path.replace(/\[\d+\]/g, '[]')];
  for (const pattern of patterns) {
    const found = texts(`settings:fields.${list}.${pattern}.label`);
    if (found) return found;
  }
  return path;
}

function valueInWords(setting: string | null, value: string | null, texts: Texts): string {
  const role = setting === 'role' && texts(`common:role.${value}`);
  if (role) return role;
  if (setting === 'language' && value && value in LANGUAGES)
    return LANGUAGES[value as keyof typeof LANGUAGES];
  const entries = /^(\d+) entr(?:y|ies)$/.exec(value ?? '');
  if (entries) return texts('change.entries', { count: Number(entries[1]) }) ?? String(value);
  const plain = { nothing: 'nothing', true: 'yes', false: 'no' }[value ?? ''];
  return (plain && texts(`change.${plain}`)) || isolated(value ?? '');
}

/** Where the settings of people have their names. */
const PEOPLE: Record<string, string> = {
  name: 'name',
  role: 'role',
  units: 'units',
  extension: 'extension',
  title: 'card.title',
  department: 'card.department',
  email: 'card.email',
  mobile: 'card.mobile',
  language: 'card.language',
  tags: 'card.tags',
  hidden: 'card.hidden',
  presented: 'phone.presented',
  answers_at: 'phone.answersAt',
};

/** Names of kinds, by list. */
const KINDS: Record<string, string> = {
  units: 'unit',
  people: 'person',
  trunks: 'trunk',
  numbers: 'number',
  hours: 'opening hours',
  messages: 'message',
  schedules: 'schedule',
  queues: 'queue',
  callflows: 'call flow',
  tags: 'tag',
  pauses: 'pause',
  categories: 'category',
  roles: 'role',
  fields: 'field',
};

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

/** What the line is called already is not told again. */
function told(value: unknown, sign: string, known: string | null, texts: Texts): string[] {
  if (value === null || value === undefined) return [];
  if (!isObject(value)) return [`${sign} ${JSON.stringify(value)}`.trim()];
  return Object.entries(value)
    .filter(([name, each]) => !(name === 'name' && each === known))
    .map(([name, each]) => {
      const label = name === 'role' ? (texts('people:role') ?? name) : name;
      const words = typeof each === 'string' ? valueInWords(name, each, texts) : JSON.stringify(each);
      return `${sign} ${label}: ${words}`.trim();
    });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
