/** A time on the clock, in 24 hours whatever the browser would rather have. */
import { TextInput, type TextInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWritten } from './useWritten';
import { readTime, writtenTime } from './written';
import classes from './dates.module.css';

interface Props extends Omit<TextInputProps, 'value' | 'onChange' | 'type'> {
  /** As 13:30; empty when there is none, null when what is written is not understood. */
  value: string | null;
  /** The parent gives back what it was told. */
  onChange: (time: string | null) => void;
  /** Tell what is wrong also before the person has gone on. */
  strict?: boolean;
}

export function TimeField({ value, onChange, strict, error, onBlur, ...rest }: Props) {
  const { t } = useTranslation('dates');
  const written = useWritten(value, onChange, writtenTime, readTime);
  const faulty = written.faulty || (strict && value === null);
  return (
    <TextInput
      autoComplete="off"
      placeholder={t('timeForm')}
      maxLength={8}
      {...rest}
      className={[classes.time, rest.className].filter(Boolean).join(' ')}
      value={written.text}
      error={faulty ? t('notATime', { example: writtenTime('13:30') }) : error}
      onChange={(event) => written.type(event.currentTarget.value)}
      onBlur={(event) => {
        written.leave();
        onBlur?.(event);
      }}
    />
  );
}
