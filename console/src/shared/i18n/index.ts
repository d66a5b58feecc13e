/** Languages. Each has every text (`./svarhus check` compares them), so that one alone is loaded. */
import i18next, { type BackendModule, type ResourceKey } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { isolated } from './isolate';

export { inARow, isolated } from './isolate';

export const LANGUAGES = {
  sv: 'Svenska',
  en: 'English',
  nb: 'Norsk bokmål',
  da: 'Dansk',
  fi: 'Suomi',
} as const;
export type Language = keyof typeof LANGUAGES;

const KEY = 'svarhus-language';
/** What the first page says: one file a language, which `public/first.js` has asked for already. */
const first = import.meta.glob<Record<string, ResourceKey>>('./first/*.ts');
const files = import.meta.glob<ResourceKey>(
  ['../../locale/*/*.json', '!../../locale/*/{case,common,desk}.json'],
  { import: 'default' },
);

const ownFiles: BackendModule = {
  type: 'backend',
  init() {},
  read(language, namespace, done) {
    read(language, namespace).then(
      (texts) => done(null, texts ?? {}),
      (error: Error) => done(error, null),
    );
  },
};

async function read(language: string, namespace: string): Promise<ResourceKey | undefined> {
  const own = files[`../../locale/${language}/${namespace}.json`];
  return own ? own() : (await first[`./first/${language}.ts`]?.())?.[namespace];
}

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
  const language = chosen();
  await i18next
    .use(ownFiles)
    .use(initReactI18next)
    .init({
      lng: language,
      resources: { [language]: { ...(await first[`./first/${language}.ts`]?.()) } },
      partialBundledLanguages: true,
      fallbackLng: false,
      supportedLngs: Object.keys(LANGUAGES),
      ns: ['common'],
      defaultNS: 'common',
      // React escapes what is inserted; what i18next does to it is to keep its direction to itself.
      interpolation: { escapeValue: true, escape: isolated },
      returnNull: false,
      // Some errors have nothing to add: their text is empty, not missing.
      returnEmptyString: true,
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
