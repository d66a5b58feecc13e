/** Public holidays and eves, as the server tells them of a country and a year. */
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call, type components } from '@/api/client';

export type Holiday = components['schemas']['HolidayShown'];
export type HolidayCountry = 'SE' | 'NO' | 'DK' | 'FI';
export const HOLIDAY_COUNTRIES: readonly HolidayCountry[] = ['SE', 'NO', 'DK', 'FI'];

export function isHolidayCountry(country: unknown): country is HolidayCountry {
  return HOLIDAY_COUNTRIES.includes(country as HolidayCountry);
}

export function holidaysQuery(country: HolidayCountry, year: number, language: string) {
  return {
    queryKey: ['holidays', country, year, language],
    queryFn: async () =>
      (await call(api.GET('/api/holidays', { params: { query: { country, year, language } } }))).items,
    staleTime: Number.POSITIVE_INFINITY,
  };
}

/** The holidays of these days, by day. None where the country is not one of those that are known. */
export function useHolidays(country: unknown, days: readonly string[]): ReadonlyMap<string, Holiday> {
  const { i18n } = useTranslation();
  const years = isHolidayCountry(country) ? [...new Set(days.map((day) => Number(day.slice(0, 4))))] : [];
  const found = useQueries({
    queries: years.map((year) => holidaysQuery(country as HolidayCountry, year, i18n.language)),
  });
  return new Map(found.flatMap(({ data }) => (data ?? []).map((each) => [each.day, each] as const)));
}
