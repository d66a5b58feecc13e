import { Chip, Input } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { locale } from '@/shared/format';
import { dayText, daysAfter, type Weekday, WEEKDAYS } from './days';
import classes from './calendar.module.css';

const A_MONDAY = '2027-01-04';

/** What a weekday is called. */
export function weekdayText(day: Weekday, language: string, form: 'short' | 'long' = 'short'): string {
  return dayText(daysAfter(A_MONDAY, WEEKDAYS.indexOf(day)), locale(language), { weekday: form });
}

/** `mån–fre, sön`: three or more that follow each other are told by the first and the last. */
export function weekdaysText(days: readonly Weekday[], language: string): string {
  const runs: Weekday[][] = [];
  for (const day of WEEKDAYS.filter((each) => days.includes(each))) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last && WEEKDAYS.indexOf(last) === WEEKDAYS.indexOf(day) - 1) run.push(day);
    else runs.push([day]);
  }
  const said = (day: Weekday) => weekdayText(day, language);
  return runs
    .map((run) =>
      run.length > 2
        ? [run[0], run.at(-1)].map((each) => said(each as Weekday)).join('–')
        : run.map(said).join(', '),
    )
    .join(', ');
}

interface Props {
  label: string;
  value: readonly Weekday[];
  onChange: (days: Weekday[]) => void;
  error?: string;
}

export function DaysField({ label, value, onChange, error }: Props) {
  const { i18n } = useTranslation();
  return (
    <Input.Wrapper label={label} error={error} labelElement="div">
      <Chip.Group
        multiple
        value={[...value]}
        onChange={(days) => onChange(WEEKDAYS.filter((day) => days.includes(day)))}
      >
        <div className={classes.days} role="group" aria-label={label}>
          {WEEKDAYS.map((day) => (
            <Chip key={day} value={day} size="xs" radius="sm">
              {weekdayText(day, i18n.language)}
            </Chip>
          ))}
        </div>
      </Chip.Group>
    </Input.Wrapper>
  );
}
