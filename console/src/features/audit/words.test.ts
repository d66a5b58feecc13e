import { createInstance } from 'i18next';
import { describe, expect, it } from 'vitest';
import type { components } from '@/api/client';
import audit from '@/locale/en/audit.json';
import common from '@/locale/en/common.json';
import people from '@/locale/en/people.json';
import settings from '@/locale/en/settings.json';
import { changeInWords, thingInWords, type Texts } from './words';

type Change = components['schemas']['ChangeShown'];
type Thing = components['schemas']['ThingShown'];

const i18n = createInstance();
void i18n.init({
  lng: 'en',
  ns: ['audit', 'settings', 'people', 'common'],
  defaultNS: 'audit',
  resources: { en: { audit, settings, people, common } },
  initAsync: false,
});
const texts: Texts = (key, values) => (i18n.exists(key, values) ? i18n.t(key, { ...values }) : null);
const change = (told: Partial<Change>) =>
  changeInWords(
    {
      line: 'as it is kept',
      list: 'queues',
      key: 'desk',
      name: 'Front desk',
      setting: null,
      entry: null,
      done: 'set',
      before: null,
      after: null,
      ...told,
    },
    texts,
  );
const thing = (known: Partial<Thing>) =>
  thingInWords({ kind: 'call', key: 'c1', list: null, name: null, at: null, number: null, ...known }, texts);

describe('a change', () => {
  it('names the part and its people', () => {
    expect(change({ setting: 'ring_time', before: '20', after: '25' })).toMatch(
      /^Queue Front desk: .*20 → 25$/,
    );
    expect(change({ setting: 'members', entry: 'Bo', done: 'removed' })).toBe(
      'Queue Front desk: Members: removed Bo',
    );
    expect(change({ done: 'added' })).toBe('Added queue Front desk');
  });

  it('is shown by its key when it has no name, and as it is kept when it is not understood', () => {
    expect(change({ name: null, done: 'removed' })).toBe('Removed queue desk');
    expect(change({ list: null })).toBe('as it is kept');
    expect(change({ setting: 'ring_time', done: 'other' })).toBe('as it is kept');
  });

  it('says values in words', () => {
    const bo = { list: 'people', key: 'bo', name: 'Bo' };
    expect(change({ ...bo, setting: 'language', before: 'sv', after: 'fi' })).toMatch(/Svenska → Suomi$/);
    expect(change({ ...bo, setting: 'role', before: 'user', after: 'lead' })).toMatch(
      /^Person Bo: Role User → lead$/,
    );
    expect(change({ setting: 'unit', before: 'nothing', after: 'North' })).toMatch(/nothing → North$/);
    expect(change({ setting: 'x', before: '1 entry', after: '2 entries' })).toMatch(/1 row → 2 rows$/);
  });
});

describe('what a line is about', () => {
  it('is a call by its time and caller', () => {
    const at = new Date().toISOString();
    expect(thing({ at, number: '+46701740605', name: 'Karin Ek' })).toMatch(/\d.*, Karin Ek$/);
    expect(thing({ at, number: null })).toMatch(/, hidden number$/);
  });

  it('is its key when nothing is known', () => {
    expect(thing({})).toBe('c1');
    expect(thing({ kind: 'revision', key: '3' })).toBe('version 3');
    expect(thing({ kind: 'person', key: 'bo', name: 'Bo Berg' })).toBe('Bo Berg');
  });
});
