import { Group, NumberInput, SegmentedControl, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Category, type PeriodValue, places } from './periods';

interface Props {
  value: PeriodValue;
  set: (part: Partial<PeriodValue>) => void;
  categories: readonly Category[];
  error: string | undefined;
}

type By = 'calls' | 'staff';

/** How many calls fit: said outright, or by how many are at work. */
export function Capacity({ value, set, categories, error }: Props) {
  const { t } = useTranslation('schedule');
  const by: By = typeof value.staff === 'number' ? 'staff' : 'calls';
  const turn = (to: By) =>
    set(to === 'staff' ? { calls_per_hour: null, staff: 1 } : { calls_per_hour: 6, staff: null });
  const amount = by === 'staff' ? value.staff : value.calls_per_hour;
  return (
    <div>
      <Group gap="sm" align="end">
        <NumberInput
          label={t(`fields.${by}`)}
          value={amount || ''}
          min={1}
          max={by === 'staff' ? 500 : 600}
          clampBehavior="none"
          allowDecimal={false}
          error={error}
          w={150}
          onChange={(wanted) => {
            const found = typeof wanted === 'number' ? wanted : 0;
            set(by === 'staff' ? { staff: found } : { calls_per_hour: found });
          }}
        />
        <SegmentedControl
          size="xs"
          mb={4}
          aria-label={t('fields.capacity')}
          value={by}
          onChange={(to) => turn(to as By)}
          data={[
            { value: 'calls', label: t('fields.calls') },
            { value: 'staff', label: t('fields.staff') },
          ]}
        />
      </Group>
      <Text size="xs" c="dimmed" mt={4} role="status">
        {t('fields.callsHelp', { count: places(value, categories) })}
      </Text>
    </div>
  );
}
