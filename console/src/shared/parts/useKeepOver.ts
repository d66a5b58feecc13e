import { useTranslation } from 'react-i18next';
import { useConfirm } from '@/shared/components';
import type { JsonObject } from '@/shared/forms';
import { keep, type OfList, readNow } from './parts';

/** Keep a part as it is wanted. Where somebody else has changed it since it was read, it is asked first; null: no. */
export function useKeepOver() {
  const { t } = useTranslation('settings');
  const confirm = useConfirm();
  return async (
    of: OfList,
    key: string,
    kept: JsonObject,
    wanted: JsonObject,
  ): Promise<JsonObject | null> => {
    const now = await readNow(of, key);
    const others = JSON.stringify(now.value) !== JSON.stringify(kept);
    const over =
      !others ||
      (await confirm({
        title: t('form.changedMeanwhile'),
        body: t('form.changedMeanwhileBody'),
        confirm: t('form.saveOver'),
        dangerous: true,
      }));
    return over ? keep(of, key, wanted, now.tag) : null;
  };
}
