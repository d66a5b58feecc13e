/** A month to choose a day from; loaded when somebody opens one. */
import '@mantine/dates/styles.layer.css';
import 'dayjs/locale/da';
import 'dayjs/locale/en-gb';
import 'dayjs/locale/fi';
import 'dayjs/locale/nb';
import 'dayjs/locale/sv';
import { useFocusTrap } from '@mantine/hooks';
import { DatePicker } from '@mantine/dates';
import { useTranslation } from 'react-i18next';
import { locale } from '@/shared/format';
import { dayKey } from './written';

export interface CalendarProps {
  /** Empty: none yet. */
  day: string;
  earliest?: string;
  latest?: string;
  onChoose: (day: string) => void;
}

export default function Calendar({ day, earliest, latest, onChoose }: CalendarProps) {
  const { t, i18n } = useTranslation('dates');
  const shown = within(day || dayKey(new Date()), earliest, latest);
  return (
    <div ref={useFocusTrap()}>
      <DatePicker
        __stopPropagation
        locale={locale(i18n.language).toLowerCase()}
        firstDayOfWeek={1}
        weekdayFormat="dd"
        withCellSpacing={false}
        highlightToday
        hideOutsideDates
        weekendDays={[]}
        value={day || null}
        defaultDate={shown}
        minDate={earliest}
        maxDate={latest}
        onChange={(chosen) => onChoose(chosen ?? day)}
        getDayProps={(each) => (each === shown ? { 'data-autofocus': true } : {})}
        ariaLabels={{
          previousMonth: t('previousMonth'),
          nextMonth: t('nextMonth'),
          previousYear: t('previousYear'),
          nextYear: t('nextYear'),
          previousDecade: t('previousYears'),
          nextDecade: t('nextYears'),
        }}
      />
    </div>
  );
}

function within(day: string, earliest = day, latest = day): string {
  if (day < earliest) return earliest;
  return day > latest ? latest : day;
}
