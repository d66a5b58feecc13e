import { Button } from '@mantine/core';
import { IconMapPinOff } from '@tabler/icons-react';
import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Unreachable } from '@/api/client';
import { EmptyState } from '@/shared/components/EmptyState';
import { ErrorState } from '@/shared/components/ErrorState';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <main>
      <EmptyState
        icon={<IconMapPinOff size={28} stroke={1.5} />}
        title={t('notFound.title')}
        action={
          <Button component={Link} to="/" variant="default" mt="xs">
            {t('notFound.home')}
          </Button>
        }
      >
        {t('notFound.body')}
      </EmptyState>
    </main>
  );
}

export function PageFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  // A page of an older version asks for files that a newer one no longer has.
  const stale = /dynamically imported module|Importing a module/.test(String(error));
  const retry = useCallback(() => {
    if (stale) return location.reload();
    // What had to be known before the page could be shown is asked for anew, too.
    reset();
    void router.invalidate();
  }, [stale, reset, router]);
  useEffect(() => {
    window.addEventListener('online', retry);
    return () => window.removeEventListener('online', retry);
  }, [retry]);
  const unreachable = error instanceof Unreachable;
  useEffect(() => {
    if (!unreachable) return;
    const looking = setInterval(() => void isReady().then((ready) => ready && retry()), LOOKS_EVERY);
    return () => clearInterval(looking);
  }, [unreachable, retry]);
  return <ErrorState error={error} retry={retry} />;
}

/** Milliseconds. A browser does not always tell that the network is back, and never that the server is. */
const LOOKS_EVERY = 5_000;

async function isReady(): Promise<boolean> {
  try {
    return (await fetch('/readyz', { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}
