/** Dates on which the week of opening hours does not hold: as the server decides it, told before it is saved. */
import { daysBetween } from './days';

export interface HoursException {
  from: string;
  to: string;
  yearly?: boolean;
}

export function covers({ from, to, yearly }: HoursException, day: string): boolean {
  if (!yearly) return from <= day && day <= to;
  const [first, last, wanted] = [from.slice(5), to.slice(5), day.slice(5)];
  return first <= last ? first <= wanted && wanted <= last : wanted >= first || wanted <= last;
}

/** The one that decides for the day: the shortest, and of equally long ones that of one year. */
export function exceptionOn<E extends HoursException>(exceptions: readonly E[], day: string): E | null {
  const found = exceptions.filter((each) => covers(each, day));
  return (
    found.sort(
      (one, other) =>
        daysBetween(one.from, one.to) - daysBetween(other.from, other.to) ||
        Number(one.yearly ?? false) - Number(other.yearly ?? false),
    )[0] ?? null
  );
}
