/** A year's holidays and eves, each with when people go home, closed all at once. */
import { Button, Checkbox, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  dayText,
  HOLIDAY_COUNTRIES,
  type Holiday,
  type HolidayCountry,
  holidaysQuery,
  isHolidayCountry,
  minutesOf,
  weekdayIndex,
} from '@/shared/calendar';
import { ErrorState, LoadingRows } from '@/shared/components';
import { locale } from '@/shared/format';
import { type Exception, type Hours, ownOf, until } from './hours';
import classes from './hours.module.css';

const ALL_DAY = '00:00';

interface Props {
  opened: boolean;
  close: () => void;
  hours: Hours;
  country: unknown;
  today: string;
  add: (exceptions: Exception[]) => void;
}

export function HolidaysDialog({ opened, close, ...rest }: Props) {
  const { t } = useTranslation(['hours', 'common']);
  return (
    <Modal
      opened={opened}
      onClose={close}
      size="lg"
      title={t('holidays.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {opened && <Wanted close={close} {...rest} />}
    </Modal>
  );
}

function Wanted({ close, hours, country: own, today, add }: Omit<Props, 'opened'>) {
  const { t, i18n } = useTranslation(['hours', 'common']);
  const [country, setCountry] = useState<HolidayCountry>(isHolidayCountry(own) ? own : 'SE');
  const first = Number(today.slice(0, 4));
  const [year, setYear] = useState(first);
  const { data: all, error, refetch } = useQuery(holidaysQuery(country, year, i18n.language));
  const data = all?.filter(({ day }) => day >= today);
  const [left, leave] = useState<ReadonlySet<string>>(new Set());
  const open = (data ?? []).filter(({ day }) => !ownOf(hours.exceptions, day));
  const chosen = open.filter(({ day }) => !left.has(day));
  const turn = (day: string) =>
    leave(
      (before) => new Set(before.has(day) ? [...before].filter((each) => each !== day) : [...before, day]),
    );
  const names = new Intl.DisplayNames(i18n.language, { type: 'region' });
  return (
    <Stack gap="sm">
      <Text size="sm">{t('holidays.about')}</Text>
      <Group gap="sm" grow>
        <Select
          label={t('holidays.country')}
          data={HOLIDAY_COUNTRIES.map((value) => ({ value, label: names.of(value) ?? value }))}
          value={country}
          allowDeselect={false}
          onChange={(wanted) => isHolidayCountry(wanted) && setCountry(wanted)}
        />
        <Select
          label={t('holidays.year')}
          data={[0, 1, 2, 3].map((more) => String(first + more))}
          value={String(year)}
          allowDeselect={false}
          onChange={(wanted) => wanted && setYear(Number(wanted))}
        />
      </Group>
      {error && <ErrorState error={error} retry={() => void refetch()} />}
      {!data && !error && <LoadingRows />}
      {data && (
        <ul className={classes.holidays} aria-label={t('holidays.list')}>
          {data.map((holiday) => (
            <Row
              key={holiday.day}
              holiday={holiday}
              taken={ownOf(hours.exceptions, holiday.day)}
              checked={!left.has(holiday.day)}
              turn={() => turn(holiday.day)}
            />
          ))}
        </ul>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={close}>
          {t('common:cancel')}
        </Button>
        <Button disabled={!chosen.length} onClick={() => add(chosen.map((each) => exceptionOf(each, hours)))}>
          {t('holidays.close', { count: chosen.length })}
        </Button>
      </Group>
    </Stack>
  );
}

interface RowProps {
  holiday: Holiday;
  /** What holds on the day already. */
  taken: Exception | undefined;
  checked: boolean;
  turn: () => void;
}

function Row({ holiday, taken, checked, turn }: RowProps) {
  const { t, i18n } = useTranslation('hours');
  const day = dayText(holiday.day, locale(i18n.language), {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
  });
  const closes =
    holiday.closes_at === ALL_DAY ? t('closedAllDay') : t('holidays.closesAt', { time: holiday.closes_at });
  return (
    <li>
      <Checkbox
        checked={checked && !taken}
        disabled={Boolean(taken)}
        onChange={turn}
        label={
          <>
            <strong>{holiday.name}</strong> <span>{day}</span>{' '}
            <span className={classes.dimmed}>
              {taken ? t('holidays.taken', { name: taken.name }) : closes}
              {!holiday.public && !taken && `, ${t('holidays.habit')}`}
            </span>
          </>
        }
      />
    </li>
  );
}

function exceptionOf({ day, name, closes_at }: Holiday, { segments }: Hours): Exception {
  const spans = closes_at === ALL_DAY ? [] : until(segments, weekdayIndex(day), minutesOf(closes_at));
  return { name, from: day, to: day, yearly: false, spans };
}
