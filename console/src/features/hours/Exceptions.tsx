import { Button, Group } from '@mantine/core';
import { IconBeach, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Panel } from '@/shared/components';
import type { Exception } from './hours';
import classes from './hours.module.css';
import type { useWords } from './words';

interface Props {
  exceptions: readonly Exception[];
  words: ReturnType<typeof useWords>;
  readOnly: boolean;
  open: (index: number) => void;
  add: () => void;
  addHolidays: () => void;
}

/** The dates that differ, in order. */
export function Exceptions({ exceptions, words, readOnly, open, add, addHolidays }: Props) {
  const { t } = useTranslation('hours');
  const order = exceptions
    .map((exception, index) => ({ exception, index }))
    .sort((one, other) => one.exception.from.localeCompare(other.exception.from));
  return (
    <Panel title={t('exceptions')}>
      {!order.length && t('noExceptions')}
      <ul className={classes.exceptions} aria-label={t('exceptions')}>
        {order.map(({ exception, index }) => (
          <li key={index}>
            <span>
              <strong>{exception.name}</strong> {words.days(exception)}
              <br />
              <span className={classes.dimmed}>{words.what(exception)}</span>
            </span>
            {!readOnly && (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('exception.changeNamed', { name: exception.name })}
                onClick={() => open(index)}
              >
                {t('change')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {!readOnly && (
        <Group gap="xs" mt="sm">
          <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
            {t('exception.new')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconBeach size={16} stroke={1.6} aria-hidden />}
            onClick={addHolidays}
          >
            {t('holidays.open')}
          </Button>
        </Group>
      )}
    </Panel>
  );
}
