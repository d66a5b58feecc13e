/** Who is hidden from us: the server tells this key in place of theirs. */
import { useTranslation } from 'react-i18next';

const UNNAMED = 'unnamed-colleague';

/** Gives the words for a person whose name is not known: for one who is not named to us, else the key. */
export function useUnknown(): (key: string) => string {
  const { t } = useTranslation('common');
  return (key) => (key === UNNAMED ? t('unnamedColleague') : key);
}
