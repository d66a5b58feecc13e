import { IconInbox } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState, PageHeader, Panel } from '@/shared/components';

export function DeskPage() {
  const { t } = useTranslation('desk');
  return (
    <>
      <PageHeader title={t('title')} />
      <Panel>
        <EmptyState icon={<IconInbox size={28} stroke={1.5} />} title={t('empty')} />
      </Panel>
    </>
  );
}
