import { TimeField } from '@/shared/dates';

interface Props {
  label: string;
  /** HH:MM; 24:00 ends a day. */
  value: string;
  onChange: (time: string) => void;
  /** Midnight is the end of the day, not its start. */
  ends?: boolean;
  error?: string;
  disabled?: boolean;
}

/** A time of day in a dialog of the calendar. What cannot be read leaves the time as it was. */
export function ClockField({ value, onChange, ends, ...rest }: Props) {
  const midnight = ends ? '24:00' : '00:00';
  return (
    <TimeField
      {...rest}
      value={value === '24:00' ? '00:00' : value}
      onChange={(time) => time && onChange(time === '00:00' ? midnight : time)}
    />
  );
}
