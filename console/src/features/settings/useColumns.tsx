import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, Label, type Priority, PriorityMark } from '@/shared/components';
import { count, phoneNumber } from '@/shared/format';
import { isObject, type Json, type JsonObject, type Option } from '@/shared/forms';
import { useListSizes } from './lists/rows';
import { useOptions } from '@/shared/parts';
import type { ListName } from './sections';

type Cell = (part: JsonObject) => ReactNode;

const list = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** What a list shows of each part, beside its name. */
export function useColumns(name: ListName): Column<JsonObject>[] {
  const { t } = useTranslation('settings');
  const options = useOptions(['units', 'callflows', 'trunks', 'schedules']);
  const sizeOf = useListSizes(name === 'lists');
  const named = (of: string, key: Json | undefined) => nameOf(options(of), key);
  const column = (key: string, cell: Cell, more: Partial<Column<JsonObject>> = {}): Column<JsonObject> => ({
    key,
    title: t(`columns.${key}`),
    cell,
    ...more,
  });
  const own: Record<ListName, Column<JsonObject>[]> = {
    units: [],
    numbers: [
      column('number', ({ number }) => <span className="figures">{phoneNumber(text(number))}</span>),
      column('flow', ({ flow }) => named('callflows', flow), { wide: true }),
      column('trunk', ({ trunk }) => named('trunks', trunk) || <Quiet>{t('anyTrunk')}</Quiet>, {
        wide: true,
      }),
    ],
    lists: [
      column('rows', ({ key }) => count(sizeOf(text(key))), { figures: true }),
      column('unit', ({ unit }) => named('units', unit), { wide: true }),
      column('priority', ({ priority }) => (priority ? String(priority) : ''), { figures: true, wide: true }),
    ],
    hours: [
      column('categories', ({ week }) => categories(week).map((each) => <Label key={each}>{each}</Label>)),
      column('exceptions', ({ exceptions }) => list(exceptions).length, { figures: true, wide: true }),
    ],
    categories: [
      column('unit', ({ unit }) => named('units', unit), { wide: true }),
      column('priority', ({ priority }) => <PriorityMark priority={priority as Priority} />),
      column('length', (part) => String(minutesOf(part)), { figures: true }),
    ],
    messages: [
      column('said', ({ manuscripts }) => <Quiet>{firstOf(manuscripts)}</Quiet>, { wide: true }),
      column('languages', ({ manuscripts }) =>
        isObject(manuscripts) ? Object.keys(manuscripts).join(', ') : '',
      ),
    ],
    playlists: [column('unit', ({ unit }) => named('units', unit), { wide: true })],
    schedules: [
      column('unit', ({ unit }) => named('units', unit), { wide: true }),
      column('periods', ({ periods }) => list(periods).length, { figures: true }),
      column('daysAhead', ({ days_ahead }) => String(days_ahead), { figures: true, wide: true }),
    ],
    queues: [
      column('unit', ({ unit }) => named('units', unit), { wide: true }),
      column('extension', ({ extension }) => text(extension), { figures: true, wide: true }),
      column('members', ({ members }) => list(members).length, { figures: true }),
      column(
        'callbacks',
        ({ callbacks }) =>
          isObject(callbacks) ? named('schedules', callbacks.schedule) : <Quiet>{t('no')}</Quiet>,
        { wide: true },
      ),
    ],
    pauses: [
      column('minutes', ({ minutes }) => (typeof minutes === 'number' ? String(minutes) : ''), {
        figures: true,
      }),
    ],
    callflows: [
      column('elements', ({ elements }) => (isObject(elements) ? Object.keys(elements).length : 0), {
        figures: true,
      }),
    ],
    trunks: [
      column(
        'host',
        ({ host, accepts_registration }) =>
          text(host) || (accepts_registration === true ? <Quiet>{t('registersWithUs')}</Quiet> : ''),
      ),
      column('addresses', ({ addresses }) => list(addresses).join(', '), { wide: true }),
      column('transport', ({ transport }) => text(transport).toUpperCase(), { wide: true }),
    ],
  };
  return [
    {
      key: 'name',
      title: t('columns.name'),
      cell: (part) => (
        <Text span fw={550} size="sm">
          {text(part.name)}
        </Text>
      ),
    },
    ...own[name],
  ];
}

function Quiet({ children }: { children: string }) {
  return (
    <Text span size="sm" c="dimmed" lineClamp={1}>
      {children}
    </Text>
  );
}

function nameOf(options: Option[], key: Json | undefined): string {
  return options.find(({ value }) => value === key)?.label ?? text(key);
}

/** For how long one case of a category keeps somebody busy. */
function minutesOf({ call_minutes, handling_minutes }: JsonObject): number {
  return Number(call_minutes ?? 0) + Number(handling_minutes ?? 0);
}

function categories(week: Json | undefined): string[] {
  return [...new Set(list(week).map((span) => (isObject(span) ? text(span.category) : '')))].filter(Boolean);
}

function firstOf(manuscripts: Json | undefined): string {
  return isObject(manuscripts) ? text(Object.values(manuscripts)[0]) : '';
}
