import { Center, Loader, Skeleton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** A page that is on its way. */
export function Loading() {
  const { t } = useTranslation();
  return (
    <Center h="40vh" role="status" aria-label={t('loading')}>
      <Loader />
    </Center>
  );
}

/** Rows that are on their way, as tall as the ones that will come. */
export function LoadingRows({ rows = 6, height = 36 }: { rows?: number; height?: number }) {
  const { t } = useTranslation();
  return (
    <Stack gap={8} p="sm" role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height} radius="sm" />
      ))}
    </Stack>
  );
}
