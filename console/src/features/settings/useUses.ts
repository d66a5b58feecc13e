import { useTranslation } from 'react-i18next';
import { useOptions } from '@/shared/parts';
import { LISTS } from './sections';
import { useAnyLabel } from './texts';

/** `queues.reception.members[0].person` as people say it: Queue Reception, Members. */
export function useUses(): (path: string) => string {
  const { t, i18n } = useTranslation('settings');
  const options = useOptions([...LISTS, 'people', 'tags']);
  const label = useAnyLabel();
  return (path) => {
    const [list = '', ...rest] = path.split('.');
    const key = list === 'organisation' ? '' : (rest.shift() ?? '');
    const name = options(list).find(({ value }) => value === key)?.label ?? key;
    const what = i18n.exists(`singular.${list}`, { ns: 'settings' }) ? t(`singular.${list}`) : list;
    const field = label(list, rest[0]?.replace(/\[\d+\]$/, '') ?? '');
    return [`${what} ${name}`.trim(), field].filter(Boolean).join(' · ');
  };
}
