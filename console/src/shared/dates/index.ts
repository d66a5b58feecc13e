export { DayField } from './DayField';
export { MomentField } from './MomentField';
export { TimeField } from './TimeField';
export { momentOf, type TypedMoment, typedMoment } from './moment';
export { dayKey, writtenDay } from './written';
export { WrittenDayField } from './WrittenDayField';
