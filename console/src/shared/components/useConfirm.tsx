import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Question {
  title: string;
  /** What will happen, and what cannot be had back. */
  body: ReactNode;
  /** The verb on the button, such as "Remove". */
  confirm: string;
  dangerous?: boolean;
  /** The words of the other button. */
  cancel?: string;
}

/** Ask before what cannot be undone. Resolves to whether the answer was yes. */
export function useConfirm(): (question: Question) => Promise<boolean> {
  const { t } = useTranslation();
  return ({ title, body, confirm, dangerous, cancel }) =>
    new Promise((resolve) => {
      modals.openConfirmModal({
        title,
        children: (
          <Text component="div" size="sm">
            {body}
          </Text>
        ),
        labels: { confirm, cancel: cancel ?? t('cancel') },
        confirmProps: dangerous ? { color: 'red' } : {},
        closeButtonProps: { 'aria-label': t('close') },
        onConfirm: () => resolve(true),
        onCancel: () => resolve(false),
        onClose: () => resolve(false),
      });
    });
}
