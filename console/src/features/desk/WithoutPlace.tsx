import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useWithoutPlace } from '@/shared/booking/withoutPlace';

/** Told where callbacks are carried out: some of them have lost their place in the work schedule. */
export function WithoutPlace() {
  const { t } = useTranslation('desk');
  const count = useWithoutPlace().data?.length;
  if (!count) return null;
  return (
    <Text size="sm" px="md" py={6} role="status">
      {t('withoutPlace', { count })}{' '}
      <Anchor component={Link} to="/callbacks-without-place" size="sm" underline="always">
        {t('settleThem')}
      </Anchor>
    </Text>
  );
}
