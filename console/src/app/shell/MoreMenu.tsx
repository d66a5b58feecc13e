import { Drawer } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Links } from './Links';

/** On a phone: all pages, from the bottom of the screen. */
export function MoreMenu({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="bottom"
      size="80%"
      title={t('nav.label')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Links folded={false} onOpen={onClose} />
    </Drawer>
  );
}
