/** Which days are looked at: back, on, today, a day of choice; a week or one day. */
import { ActionIcon, Button, Group, SegmentedControl } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DayField } from '@/shared/dates';
import { locale } from '@/shared/format';
import { dayText, daysAfter, weekNumber, weekOf } from './days';
import classes from './calendar.module.css';

export type Span = 'week' | 'day';

interface Props {
  /** Some day of the week, or the day. */
  day: string;
  today: string;
  span: Span;
  go: (day: string) => void;
  show: (span: Span) => void;
}

export function WeekNav({ day, today, span, go, show }: Props) {
  const { t, i18n } = useTranslation('calendar');
  const far = span === 'week' ? 7 : 1;
  return (
    <Group gap="xs" className={classes.nav}>
      <Button variant="default" onClick={() => go(today)}>
        {t('today')}
      </Button>
      <Group gap={2} wrap="nowrap">
        <ActionIcon aria-label={t(`back.${span}`)} onClick={() => go(daysAfter(day, -far))}>
          <IconChevronLeft size={18} stroke={1.6} aria-hidden />
        </ActionIcon>
        <ActionIcon aria-label={t(`on.${span}`)} onClick={() => go(daysAfter(day, far))}>
          <IconChevronRight size={18} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Group>
      <strong className={classes.when} aria-live="polite">
        {whenText(day, span, locale(i18n.language), (number) => t('week', { number }))}
      </strong>
      <DayField
        aria-label={t('goTo')}
        value={day}
        onChange={(wanted) => wanted && go(wanted)}
        className={classes.goTo}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('shown')}
        value={span}
        onChange={(wanted) => show(wanted as Span)}
        data={[
          { value: 'week', label: t('spans.week') },
          { value: 'day', label: t('spans.day') },
        ]}
      />
    </Group>
  );
}

/** `30 nov. – 6 dec. 2026, v. 49` or `måndag 30 november 2026`. */
function whenText(day: string, span: Span, language: string, week: (number: number) => string): string {
  if (span === 'day')
    return dayText(day, language, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const days = weekOf(day);
  const [first = day, last = day] = [days[0], days[6]];
  const short: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
  const from = dayText(first, language, short);
  return `${from} – ${dayText(last, language, { ...short, year: 'numeric' })}, ${week(weekNumber(day))}`;
}
