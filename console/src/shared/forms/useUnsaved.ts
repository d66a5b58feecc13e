import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useConfirm } from '@/shared/components';

/** Ask before leaving a page with changes that are not saved, also when the browser's tab is closed. */
export function useUnsaved(changed: boolean): void {
  const { t } = useTranslation('forms');
  const confirm = useConfirm();
  useBlocker({
    disabled: !changed,
    enableBeforeUnload: changed,
    // Looking at another part of the same page loses nothing.
    shouldBlockFn: async ({ current, next }) =>
      current.pathname !== next.pathname &&
      !(await confirm({
        title: t('unsaved.title'),
        body: t('unsaved.body'),
        confirm: t('unsaved.leave'),
        dangerous: true,
      })),
  });
}
