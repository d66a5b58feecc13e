import { IconMapPinOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/shared/components';

export function NotThere() {
  const { t } = useTranslation('settings');
  return <EmptyState icon={<IconMapPinOff size={28} stroke={1.5} />} title={t('notThere')} />;
}
