// feature: DESK-05
import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import { inARow, isolated } from './isolate';

const LAILA = 'ليلى حسن';
const FSI = '\u2068';
const PDI = '\u2069';

describe('a name that is written from right to left', () => {
  it('keeps its direction to itself', () => {
    expect(isolated(LAILA)).toBe(FSI + LAILA + PDI);
    expect(isolated(isolated(LAILA))).toBe(isolated(LAILA));
    expect(isolated('Åsa Öberg +46 70')).toBe('Åsa Öberg +46 70');
  });

  it('does not bring marks that turn around what comes after it', () => {
    expect(isolated('Anna\u202Egnp.exe')).toBe('Annagnp.exe');
    expect(isolated(`${LAILA}\u2067`)).toBe(FSI + LAILA + PDI);
  });

  it('stands beside a number and in a sentence', async () => {
    expect(inARow([LAILA, null, '+46 70 174 06 05'])).toBe(`${FSI}${LAILA}${PDI} · +46 70 174 06 05`);
    const own = i18next.createInstance();
    await own.init({
      lng: 'en',
      resources: { en: { translation: { rings: '{{who}} calls from {{number}}, {{count}} times' } } },
      interpolation: { escapeValue: true, escape: isolated },
    });
    expect(own.t('rings', { who: LAILA, number: '+46 8', count: 3 })).toBe(
      `${FSI}${LAILA}${PDI} calls from +46 8, 3 times`,
    );
    expect(own.t('rings', { who: '<Åsa & co>', number: '$1', count: 1 })).toBe(
      '<Åsa & co> calls from $1, 1 times',
    );
  });
});
