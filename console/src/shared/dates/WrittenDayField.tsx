import { useState } from 'react';
import { DayField, type DayFieldProps } from './DayField';
import classes from './dates.module.css';

type Props = Omit<DayFieldProps, 'value' | 'onChange'> & { value: string; onChange: (value: string) => void };

/** A day in a form that is checked as a whole: what is no day goes on as it is written, and is found there. */
export function WrittenDayField({ value, onChange, ...rest }: Props) {
  const [unread, setUnread] = useState<string | null>(null);
  return (
    <DayField
      {...rest}
      className={classes.inForm}
      classNames={{ wrapper: classes.day }}
      value={unread !== null && unread === value ? null : value}
      onChange={(day, text) => {
        setUnread(day === null ? text : null);
        onChange(day ?? text);
      }}
    />
  );
}
