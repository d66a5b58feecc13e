import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { components } from '@/api/client';
import classes from './account.module.css';

export type SecondFactor = components['schemas']['SecondFactorShown'];

/** What an authenticator app scans, and the same to type. */
export function ScanCode({ factor }: { factor: SecondFactor }) {
  const { t } = useTranslation('account');
  const { size, path } = factor.qr_code;
  return (
    <Stack gap="xs">
      <Text size="sm">{t('scan.about')}</Text>
      <svg
        className={classes.qr}
        viewBox={`0 0 ${size} ${size}`}
        role="img"
        aria-label={t('scan.picture')}
        shapeRendering="crispEdges"
        data-volatile
      >
        <path d={path} />
      </svg>
      <Text size="sm" c="dimmed">
        {t('scan.type')}
      </Text>
      <div className={classes.secret} data-volatile data-secret>
        {factor.secret.replace(/(.{4})/g, '$1 ').trim()}
      </div>
    </Stack>
  );
}
