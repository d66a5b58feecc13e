import type { i18n as I18n, TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { FormTexts } from '@/shared/forms';

/** A text about a setting; null when there is none. */
function known(t: TFunction<'settings'>, i18n: I18n, key: string): string | null {
  return i18n.exists(key, { ns: 'settings' }) ? t(key) : null;
}

/** Labels and help of the settings of one list. */
export function useFieldTexts(list: string): FormTexts {
  const { t, i18n } = useTranslation('settings');
  return {
    label: (pattern) => known(t, i18n, `fields.${list}.${pattern}.label`) ?? pattern,
    help: (pattern) => known(t, i18n, `fields.${list}.${pattern}.help`) ?? '',
    choice: (pattern, value) => known(t, i18n, `choices.${list}.${pattern}.${value}`) ?? value,
  };
}

/** Labels of settings of any list. */
export function useAnyLabel(): (list: string, pattern: string) => string | null {
  const { t, i18n } = useTranslation('settings');
  return (list, pattern) => known(t, i18n, `fields.${list}.${pattern}.label`);
}
