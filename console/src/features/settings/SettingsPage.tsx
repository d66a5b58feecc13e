import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '@/shared/components';

/** Where one begins: on a phone, the list of all there is to set. */
export function SettingsPage() {
  const { t } = useTranslation('settings');
  return (
    <>
      <PageHeader title={t('title')} note={t('note')} />
      <>
        <Text size="sm" c="dimmed" maw={520} visibleFrom="md">
          {t('choose')}
        </Text>
      </>
    </>
  );
}
