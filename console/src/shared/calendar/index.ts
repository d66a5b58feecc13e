export { Calendar } from './Calendar';
export { ClockField } from './ClockField';
export {
  type ClockChange,
  clockChange,
  dayText,
  daysAfter,
  daysBetween,
  missing,
  type Weekday,
  weekdayIndex,
  weekdayOf,
  WEEKDAYS,
  weekOf,
} from './days';
export { DaysField, weekdaysText, weekdayText } from './DaysField';
export { exceptionOn, type HoursException } from './exceptions';
export {
  HOLIDAY_COUNTRIES,
  type Holiday,
  type HolidayCountry,
  holidaysQuery,
  isHolidayCountry,
} from './holidays';
export { clock, DAY, type Edge, minutesOf, moved, resized, type Stretch } from './layout';
export { Legend } from './Legend';
export type { CalendarActions, CalendarBlock, CalendarColumn, Tone } from './model';
export { SaveBar } from './SaveBar';
export { useSteps } from './steps';
export { type DayNote, useDayColumns } from './useDayColumns';
export { useToday } from './useToday';
export { type Span, WeekNav } from './WeekNav';
