import { Button, Group, Text } from '@mantine/core';
import { hideNotification, showNotification } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { type ProblemText, problemText } from './problemText';

let latest = 0;

/** Tell the user, in the corner of the page, of what was done (with a way back) or of what failed. */
export function useTell() {
  const { t, i18n } = useTranslation();
  return {
    /** Done; `undo` takes it back. */
    done(message: string, undo?: () => void) {
      const id = `told-${(latest += 1)}`;
      showNotification({
        id,
        color: 'fjord',
        withBorder: true,
        closeButtonProps: { 'aria-label': t('close') },
        autoClose: undo ? 10_000 : 4_000,
        message: (
          <Group justify="space-between" wrap="nowrap" gap="xs">
            <Text size="sm">{message}</Text>
            {undo && (
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={() => {
                  hideNotification(id);
                  undo();
                }}
              >
                {t('undo')}
              </Button>
            )}
          </Group>
        ),
      });
    },
    failed(error: unknown) {
      // Its words are loaded when something fails for the first time.
      void i18n.loadNamespaces('problems', () => showFailure(problemText(error, i18n), t('close')));
    },
  };
}

function showFailure(told: ProblemText, close: string): void {
  showNotification({
    color: 'red',
    withBorder: true,
    role: 'alert',
    closeButtonProps: { 'aria-label': close },
    autoClose: 12_000,
    title: told.title,
    message: [told.detail, told.remedy].filter(Boolean).join(' '),
  });
}
