/** Languages: Swedish and English are complete; a text that is missing elsewhere is shown in English. */
import i18next, { type BackendModule, type ResourceKey } from 'i18next';
import { initReactI18next } from 'react-i18next';

export const LANGUAGES = {
  sv: 'Svenska',
  en: 'English',
  nb: 'Norsk bokmål',
  da: 'Dansk',
  fi: 'Suomi',
} as const;
export type Language = keyof typeof LANGUAGES;

const KEY = 'svarhus-language';
const files = import.meta.glob<ResourceKey>('../../locale/*/*.json', { import: 'default' });

const ownFiles: BackendModule = {
  type: 'backend',
  init() {},
  read(language, namespace, done) {
    const load = files[`../../locale/${language}/${namespace}.json`];
    if (!load) return done(null, {});
    load().then(
      (texts) => done(null, texts),
      (error: Error) => done(error, null),
    );
  },
};

function chosen(): Language {
  const wanted = [localStorage.getItem(KEY), ...navigator.languages];
  for (const each of wanted) {
    const short = (each ?? '')
      .slice(0, 2)
      .toLowerCase()
      .replace(/^n[no]$/, 'nb');
    if (short in LANGUAGES) return short as Language;
  }
  return 'en';
}

/** Resolves when the texts of the first page are there. */
export async function startLanguages(): Promise<void> {
  await i18next
    .use(ownFiles)
    .use(initReactI18next)
    .init({
      lng: chosen(),
      fallbackLng: 'en',
      supportedLngs: Object.keys(LANGUAGES),
      ns: ['common'],
      defaultNS: 'common',
      interpolation: { escapeValue: false },
      returnNull: false,
      react: { useSuspense: true },
    });
  document.documentElement.lang = i18next.language;
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
}

/** Change the language of this browser. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEY, language);
  await i18next.changeLanguage(language);
}
