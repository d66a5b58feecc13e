import { Button } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay, useMe } from '@/shared/session';

const PresenceDialog = lazy(() => import('./PresenceDialog'));

/** Opens the dialog, for oneself and for those who may say it of others. */
export function PresenceButton({ person, name }: { person: string; name: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const may = useMaySetPresence(person);
  if (!may) return null;
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconClock size={15} stroke={1.6} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t('absence.change')}
      </Button>
      <Suspense>
        {open && <PresenceDialog person={person} name={name} onClose={() => setOpen(false)} />}
      </Suspense>
    </>
  );
}

export function useMaySetPresence(person: string): boolean {
  const others = useMay('set_presence_of_others');
  return useMe().person === person || others;
}
