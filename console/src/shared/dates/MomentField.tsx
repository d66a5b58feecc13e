/** A day and a time that is to come. What is wrong is told below both. */
import { Input } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { DayField } from './DayField';
import { momentOf, type TypedMoment } from './moment';
import { TimeField } from './TimeField';
import { dayKey } from './written';
import classes from './dates.module.css';

interface Props {
  label: string;
  description?: string;
  value: TypedMoment;
  onChange: (value: TypedMoment) => void;
  /** The person wants to go on with it: tell what is wrong. */
  strict: boolean;
}

export function MomentField({ label, description, value, onChange, strict }: Props) {
  const { t } = useTranslation('dates');
  const id = useId();
  const now = new Date();
  const moment = momentOf(value, now);
  const fault = strict && typeof moment === 'string' && moment !== 'unread' ? moment : null;
  // A field of Mantine's keeps its description to itself: only so the fields name the fault as their own.
  const told = fault ? { attributes: { input: { 'aria-describedby': `${id}-fault` } } } : {};
  // A time that is missing is no fault of the day.
  const dayIsWrong = fault === 'past';
  const complete = () => {
    if (value.time && value.day === '') onChange({ ...value, day: dayKey(now) });
  };
  return (
    <Input.Wrapper
      label={label}
      description={description}
      labelElement="div"
      role="group"
      aria-labelledby={`${id}-label`}
      aria-describedby={
        [description && `${id}-help`, fault && `${id}-fault`].filter(Boolean).join(' ') || undefined
      }
      labelProps={{ id: `${id}-label` }}
      descriptionProps={{ id: `${id}-help` }}
      error={fault && t(fault)}
      errorProps={{ id: `${id}-fault`, role: 'alert' }}
    >
      <div className={classes.moment}>
        <DayField
          aria-label={t('day')}
          value={value.day}
          onChange={(day) => onChange({ ...value, day })}
          earliest={dayKey(now)}
          strict={strict}
          error={dayIsWrong}
          {...(dayIsWrong && told)}
        />
        <TimeField
          aria-label={t('time')}
          value={value.time}
          onChange={(time) => onChange({ ...value, time })}
          onBlur={complete}
          strict={strict}
          error={Boolean(fault)}
          {...told}
        />
      </div>
    </Input.Wrapper>
  );
}
