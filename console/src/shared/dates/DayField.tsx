/** A day: typed as the language writes it, or chosen from a calendar. */
import { ActionIcon, Popover, TextInput, type TextInputProps } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { type KeyboardEvent, lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LoadingRows } from '@/shared/components';
import type { CalendarProps } from './Calendar';
import { useWritten } from './useWritten';
import { dayKey, readDay, writtenDay } from './written';
import classes from './dates.module.css';

const Calendar = lazy(() => import('./Calendar'));

export interface DayFieldProps
  extends
    Omit<TextInputProps, 'value' | 'onChange' | 'type' | 'rightSection' | 'size'>,
    Pick<CalendarProps, 'earliest' | 'latest'> {
  /** As 2027-12-24; empty when there is none, null when what is written is not understood. */
  value: string | null;
  /** The parent gives back what it was told. */
  onChange: (day: string | null, text: string) => void;
  /** Of the day, where it is not a label above it. */
  'aria-label'?: string;
  /** Tell what is wrong also before the person has gone on. */
  strict?: boolean;
}

export function DayField({
  value,
  onChange,
  earliest,
  latest,
  strict,
  error,
  onBlur,
  ...rest
}: DayFieldProps) {
  const { t, i18n } = useTranslation('dates');
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const typed = useRef('');
  const written = useWritten(
    value,
    (day) => onChange(day, typed.current),
    (day) => writtenDay(day, i18n.language),
    (text) => readDay(text, i18n.language, new Date()),
  );
  const fixed = Boolean(rest.disabled || rest.readOnly);
  const name = rest['aria-label'] ?? (typeof rest.label === 'string' ? rest.label : '');
  const faulty = written.faulty || (strict && value === null);
  const example = writtenDay(dayKey(new Date()), i18n.language);
  const shut = () => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && open) return setOpen(false);
    if (event.key !== 'ArrowDown' || fixed) return;
    event.preventDefault();
    setOpen(true);
  };
  // Else Escape would shut the dialog in which the field stands, until the focus is in the calendar.
  const keeping = { 'data-mantine-stop-propagation': open || undefined };
  return (
    <TextInput
      autoComplete="off"
      inputMode="text"
      placeholder={t('dayForm')}
      {...rest}
      className={[classes.day, rest.className].filter(Boolean).join(' ')}
      value={written.text}
      error={faulty ? t('notADay', { example }) : error}
      {...keeping}
      onKeyDown={onKeyDown}
      onChange={(event) => {
        typed.current = event.currentTarget.value;
        written.type(typed.current);
      }}
      onBlur={(event) => {
        written.leave();
        onBlur?.(event);
      }}
      rightSection={
        fixed ? undefined : (
          <Popover opened={open} onChange={setOpen} position="bottom-end" shadow="md" closeOnEscape={false}>
            <Popover.Target>
              <ActionIcon
                ref={button}
                {...keeping}
                onKeyDown={onKeyDown}
                size="md"
                aria-label={t('openCalendar', { field: name })}
                onClick={() => setOpen(!open)}
              >
                <IconCalendar size={17} stroke={1.6} aria-hidden />
              </ActionIcon>
            </Popover.Target>
            <Popover.Dropdown
              data-mantine-stop-propagation
              onKeyDown={(event) => event.key === 'Escape' && shut()}
            >
              <Suspense fallback={<LoadingRows rows={6} height={28} />}>
                <Calendar
                  day={value ?? ''}
                  earliest={earliest}
                  latest={latest}
                  onChoose={(day) => {
                    onChange(day, day);
                    shut();
                  }}
                />
              </Suspense>
            </Popover.Dropdown>
          </Popover>
        )
      }
    />
  );
}
