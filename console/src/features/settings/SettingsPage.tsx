import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Where one begins: on a phone, the list of all there is to set, which the layout shows. */
export function SettingsPage() {
  const { t } = useTranslation('settings');
  return (
    <Text size="sm" c="dimmed" maw={520} visibleFrom="md" pt={8}>
      {t('choose')}
    </Text>
  );
}
