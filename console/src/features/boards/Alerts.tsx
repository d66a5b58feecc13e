/** What is not as it should be in a queue; those who look after it have been told. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dot, Since } from '@/shared/components';
import { duration } from '@/shared/format';
import type { LiveQueue } from '@/shared/live/store';

type Alert = NonNullable<LiveQueue['alerts']>[number];

export function Alerts({ alerts }: { alerts: readonly Alert[] | undefined }) {
  const words = useAlertWords();
  return alerts?.map((alert) => (
    <Text key={`${alert.on} ${alert.limit}`} size="xs" component="div" c="var(--svarhus-bad)">
      <Dot tone="bad" shape="diamond" /> {words(alert)}{' '}
      <span className="figures">
        <Since moment={alert.since} />
      </span>
    </Text>
  ));
}

export function useAlertWords(): (alert: Pick<Alert, 'on' | 'limit'>) => string {
  const { t } = useTranslation('boards');
  return ({ on, limit }) => {
    if (on === 'members' && limit === 1) return t('alert.nobody');
    return t(`alert.${on}`, { limit: on === 'wait' ? duration(limit) : limit });
  };
}
