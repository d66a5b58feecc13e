/** Categories, exceptions and changes in words. */
import { useTranslation } from 'react-i18next';
import { weekdaysText } from '@/shared/calendar';
import { writtenDay } from '@/shared/dates';
import { type Category, type Exception, type Hours, weekOf } from './hours';

export function useWords(categories: readonly Category[]) {
  const { t, i18n } = useTranslation('hours');
  const day = (date: string) => writtenDay(date, i18n.language);
  const category = (key: string): string => {
    const named = categories.find((each) => each.key === key)?.name;
    return named ?? (i18n.exists(`usual.${key}`, { ns: 'hours' }) ? t(`usual.${key}`) : key);
  };
  const days = ({ from, to, yearly }: Exception): string => {
    const dates = from === to ? day(from) : `${day(from)} – ${day(to)}`;
    return yearly ? t('yearly', { dates }) : dates;
  };
  const what = ({ spans }: Exception): string =>
    spans.map(({ from, to, category: key }) => `${from}–${to} ${category(key)}`).join(', ') ||
    t('closedAllDay');
  const spans = (hours: Hours): string[] =>
    weekOf(hours.segments).map(
      (each) =>
        `${weekdaysText(each.days, i18n.language)} ${each.from}–${each.to} ${category(each.category)}`,
    );
  /** Each difference by itself. */
  const changes = (before: Hours, after: Hours): string[] => {
    const [was, is] = [spans(before), spans(after)];
    const [had, has] = [before, after].map((hours) =>
      hours.exceptions.map((each) => `${each.name}, ${days(each)}: ${what(each)}`),
    ) as [string[], string[]];
    const other = JSON.stringify(before.categories) !== JSON.stringify(after.categories);
    return [
      ...gone(is, was).map((text) => t('changes.added', { text })),
      ...gone(was, is).map((text) => t('changes.removed', { text })),
      ...gone(has, had).map((text) => t('changes.exception', { text })),
      ...gone(had, has).map((text) => t('changes.exceptionRemoved', { text })),
      ...(other ? [t('changes.categories')] : []),
    ];
  };
  return { day, category, days, what, changes };
}

/** What stands in one and not in the other. */
function gone(one: readonly string[], other: readonly string[]): string[] {
  const known = new Set(other);
  return one.filter((each) => !known.has(each));
}
