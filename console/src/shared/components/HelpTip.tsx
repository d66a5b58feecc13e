import { ActionIcon, Tooltip } from '@mantine/core';
import { IconHelpCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** What a term means, beside it. */
export function HelpTip({ children }: { children: string }) {
  const { t } = useTranslation();
  return (
    <Tooltip label={children}>
      <ActionIcon size="sm" aria-label={`${t('help')}: ${children}`}>
        <IconHelpCircle size={15} stroke={1.6} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
