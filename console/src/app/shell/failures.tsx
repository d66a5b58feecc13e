import { Button } from '@mantine/core';
import { IconMapPinOff } from '@tabler/icons-react';
import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
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
  // A page of an older version asks for files that a newer one no longer has.
  const stale = /dynamically imported module|Importing a module/.test(String(error));
  return <ErrorState error={error} retry={stale ? () => location.reload() : reset} />;
}
