/** Days and times on the clock as people write them, by language. A day is kept as 2027-12-24, a time as 13:30. */
import { clockTime, locale } from '@/shared/format';

const KEPT = /^\d{4}-\d{2}-\d{2}$/;

type Part = 'year' | 'month' | 'day';
const DAY_FIRST: Part[] = ['day', 'month', 'year'];

/** In which order a day is written, and what stands between. */
function formOf(language: string): { order: Part[]; between: string } {
  const parts = new Intl.DateTimeFormat(locale(language), {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(new Date(2027, 11, 24));
  return {
    order: parts.map(({ type }) => type).filter((type): type is Part => /^(year|month|day)$/.test(type)),
    between: parts.find(({ type }) => type === 'literal')?.value ?? '-',
  };
}

/** 2027-12-24 in Swedish, 24/12/2027 in English, 24.12.2027 in Norwegian. */
export function writtenDay(day: string, language: string): string {
  if (!KEPT.test(day)) return day;
  const [year = '', month = '', date = ''] = day.split('-');
  const { order, between } = formOf(language);
  return order.map((part) => ({ year, month, day: date })[part]).join(between);
}

/** Null when it is no day. Forms that can be meant in one way only are read in every language. */
export function readDay(text: string, language: string, now: Date): string | null {
  const groups = text
    .trim()
    .split(/[\s./-]+/)
    .filter(Boolean);
  const { order } = formOf(language);
  const parts = groups.length === 1 ? inOneGo(groups[0] ?? '', order) : groups;
  if (!parts.every((part) => /^\d+$/.test(part))) return null;
  if (parts.length === 3) return dayOf(parts, orderOf(parts, order), now);
  // A dash is the Swedish way: the month first. A year left out is this year.
  const short = text.includes('-') ? order.filter((part) => part !== 'year') : DAY_FIRST.slice(0, 2);
  return parts.length === 2 ? dayOf(parts, short, now) : null;
}

/** Where the year has four digits it tells by itself how the others stand. */
function orderOf([first = '', , last = '']: string[], usual: Part[]): Part[] {
  if (first.length === 4) return ['year', 'month', 'day'];
  return last.length === 4 ? DAY_FIRST : usual;
}

/** 20271224 or 271224 in Swedish, 24122027 or 241227 in English. */
function inOneGo(digits: string, order: Part[]): string[] {
  if (!/^(\d{6}|\d{8})$/.test(digits)) return [];
  let at = 0;
  return order.map((part) => digits.slice(at, (at += part === 'year' ? digits.length - 4 : 2)));
}

function dayOf(parts: string[], order: Part[], now: Date): string | null {
  const part = (wanted: Part) => Number(parts[order.indexOf(wanted)] ?? Number.NaN);
  const written = order.includes('year') ? part('year') : now.getFullYear();
  const year = written < 100 ? 2000 + written : written;
  const found = new Date(year, part('month') - 1, part('day'));
  const real =
    year >= 1900 && year < 2200 && found.getMonth() === part('month') - 1 && found.getDate() === part('day');
  return real ? dayKey(found) : null;
}

/** As it is kept. */
export function dayKey(moment: Date): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** As it is kept: always 24 hours. */
export function timeKey(moment: Date): string {
  return `${String(moment.getHours()).padStart(2, '0')}:${String(moment.getMinutes()).padStart(2, '0')}`;
}

export function writtenTime(time: string): string {
  const [hours, minutes] = time.split(':').map(Number);
  return clockTime(new Date(2027, 0, 1, hours, minutes));
}

/** 9, 930, 9:30, 9.30 and 09:30 are times; null when it is none. */
export function readTime(text: string): string | null {
  const found = /^(\d{1,2})(?:[:.\s]?(\d{2}))?$/.exec(text.trim());
  if (!found) return null;
  const [hours, minutes] = [Number(found[1]), Number(found[2] ?? 0)];
  return hours < 24 && minutes < 60 ? timeKey(new Date(2027, 0, 1, hours, minutes)) : null;
}
