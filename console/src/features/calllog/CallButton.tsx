import { Button } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useReaching } from '@/shared/directory';
import type { Party } from './calls';

/** Call them again. It stands in rows that open something, so its click goes no further. */
export function CallButton({ party }: { party: Party }) {
  const { t } = useTranslation('calllog');
  const reaching = useReaching();
  const { target } = party;
  if (!target) return null;
  return (
    <Button
      size="compact-sm"
      variant="default"
      disabled={reaching.busy}
      leftSection={<IconPhone size={15} stroke={1.8} aria-hidden />}
      aria-label={t('callWho', { who: party.name })}
      onClick={(event) => {
        event.stopPropagation();
        reaching.dial(target);
      }}
    >
      {t('call')}
    </Button>
  );
}
