/** The calendar of one work schedule, and what is changed in it until it is saved. */
import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconPhone, IconPhoneIncoming, IconPhoneOutgoing, IconPlus, IconRepeat } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Calendar,
  type CalendarActions,
  type CalendarBlock,
  clock,
  clockChange,
  daysAfter,
  Legend,
  minutesOf,
  missing,
  SaveBar,
  type Span,
  useDayColumns,
  useToday,
  weekdayOf,
  WeekNav,
  weekOf,
} from '@/shared/calendar';
import { type JsonObject, type JsonSchema, useUnsaved } from '@/shared/forms';
import { useTell } from '@/shared/components';
import { useKeepOver } from '@/shared/parts';
import { useMay } from '@/shared/session';
import { Fill, type FillLevel } from './Fill';
import {
  CALLING,
  differences,
  isOnce,
  isOtherwise,
  type Occurrence,
  occurrences,
  on,
  partsOf,
  type PeriodValue,
  places,
  type Scope,
  SCOPES,
} from './periods';
import { type Opened, PeriodDialog } from './PeriodDialog';
import { begun, usePeriods } from './usePeriods';
import { UnplacedCallbacks, unplacedKey } from './Unplaced';
import { useCategories } from './useCategories';
import { fillKey, useFill } from './useFill';
import { useDayNote } from './useDayNote';
import { useWords } from './words';
import classes from './schedule.module.css';

export interface Settings {
  zone: string;
  country: unknown;
  schema: JsonSchema;
}

interface Props {
  schedule: JsonObject;
  settings: Settings;
  day: string | undefined;
  span: Span | undefined;
  look: (day: string, span: Span) => void;
}

const SCHEDULES = { list: 'schedules' };
const valuesOf = ({ periods }: JsonObject) =>
  (Array.isArray(periods) ? periods : []) as unknown as PeriodValue[];

export function ScheduleEditor({ schedule, settings, day, span: wanted, look }: Props) {
  const { t } = useTranslation('schedule');
  const [kept, setKept] = useState(schedule);
  const before = useMemo(() => begun(valuesOf(kept)), [kept]);
  const edited = usePeriods(before);
  const { periods } = edited;
  const mayChange = useMay('change_configuration');
  const categories = useCategories();
  const words = useWords(categories);
  const [scope, setScope] = useState<Scope>('period');
  const [opened, setOpened] = useState<Opened | null>(null);
  const { today, minute } = useToday(settings.zone);
  const narrow = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  const span = wanted ?? (narrow ? 'day' : 'week');
  const shown = day ?? today;
  const days = useMemo(() => (span === 'week' ? weekOf(shown) : [shown]), [span, shown]);
  const columns = useDayColumns({ days, today, ...settings, noteOn: useDayNote(kept) });
  const found = useMemo(() => occurrences(periods, days), [periods, days]);
  const level = useFill(String(kept.key), days, settings.zone, before);
  const names = columns.map(({ name }) => name).join();
  // Made anew when what all blocks tell has changed: then none of the earlier ones is right.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const made = useMemo((): Made => new Map(), [names, level, settings.zone, categories]);
  const blocks = useMemo(
    () =>
      found.map((each) =>
        keptIn(made, each, () => blockOf(each, columns[each.day]?.name ?? '', settings.zone)),
      ),
    // What `blockOf` depends on is what `made` does.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [found, made],
  );
  const changes = useMemo(() => differences(before, periods), [before, periods]);
  const save = useSave(kept, (now) => {
    setKept(now);
    edited.begin(begun(valuesOf(now)));
  });
  useUnsaved(changes.length > 0 && !save.isPending);

  function blockOf(each: Occurrence, column: string, zone: string): CalendarBlock {
    const { value } = each;
    const booked = level(each);
    const gone = missing(each, clockChange(each.date, zone));
    const more = [booked && t(`fullness.${booked.state}`), gone && t('missing', gone)].filter(Boolean);
    return {
      ...each,
      tone: value.calling ?? 'both',
      name: [words.occurrence(value, column), ...more].join(', '),
      content: (
        <Told
          value={value}
          about={words.about(value)}
          level={booked}
          places={places(value, categories)}
          gone={gone}
        />
      ),
    };
  }

  const open = (id: string | null, value: PeriodValue, date: string) =>
    setOpened({
      value: on(value, date),
      occurrence: id,
      scope: isOtherwise(value, date) ? 'date' : scope,
      change: clockChange(date, settings.zone),
    });
  const fresh = (date: string, start: number, end: number): PeriodValue => ({
    days: [weekdayOf(date)],
    from: clock(start),
    to: clock(end),
    calls_per_hour: 6,
    calling: 'both',
  });
  const valueOf = (id: string) => periods.find((each) => each.id === partsOf(id).period)?.value;
  const actions: CalendarActions = {
    draw: (column, start, end) => {
      const date = days[column];
      if (date) open(null, fresh(date, start, end), date);
    },
    open: (id) => {
      const value = valueOf(id);
      if (value) open(id, value, partsOf(id).date);
    },
    move: (id, by, minutes) => {
      const { date } = partsOf(id);
      return edited.move(id, scope, date, daysAfter(date, by), by, minutes);
    },
    resize: (id, edge, to) => edited.resize(id, scope, edge, to),
    copy: (id, column, start) => {
      const value = valueOf(id);
      const date = days[column];
      return value && date ? edited.copy(value, date, start, isOnce(value) || scope === 'date') : id;
    },
    remove: (id) => void edited.at(id, scope, () => null),
    along: (id) =>
      scope === 'period'
        ? found.filter((each) => each.period.id === partsOf(id).period).map((each) => each.id)
        : [],
  };
  const keep = (value: PeriodValue, of: Scope) => {
    const id = opened?.occurrence;
    if (!id) edited.added(value, shown);
    else if (of === 'period') edited.at(id, of, () => value);
    else edited.at(id, of, (own) => ({ ...value, ...heldOf(own) }));
    setOpened(null);
  };
  return (
    <>
      <div className={classes.tools}>
        <WeekNav
          day={shown}
          today={today}
          span={span}
          go={(to) => look(to, span)}
          show={(as) => look(shown, as)}
        />
        {mayChange && (
          <Group gap="xs">
            <Text size="sm" c="dimmed" id="scope">
              {t('scope.label')}
            </Text>
            <SegmentedControl
              size="xs"
              aria-labelledby="scope"
              value={scope}
              onChange={(as) => setScope(as as Scope)}
              data={SCOPES.map((value) => ({ value, label: t(`scope.short.${value}`) }))}
            />
            <Button
              leftSection={<IconPlus size={16} aria-hidden />}
              onClick={() => actions.draw(Math.max(0, days.indexOf(today)), 8 * 60, 9 * 60)}
            >
              {t('add')}
            </Button>
          </Group>
        )}
      </div>
      <Calendar
        label={t('label')}
        columns={columns}
        blocks={blocks}
        actions={actions}
        readOnly={!mayChange}
        now={minute}
      />
      <div className={classes.legend}>
        <Legend
          label={t('fields.calling')}
          tones={CALLING.map((tone) => ({ tone, words: t(`calling.${tone}`) }))}
        />
      </div>
      {mayChange && (
        <SaveBar
          changes={changes.map(words.change)}
          canUndo={edited.canUndo}
          canRedo={edited.canRedo}
          undo={edited.undo}
          redo={edited.redo}
          discard={() => edited.change(before)}
          save={() =>
            save.mutate({ ...kept, periods: periods.map(({ value }) => value) as unknown as JsonObject[] })
          }
          saving={save.isPending}
          error={save.error}
        />
      )}
      <UnplacedCallbacks schedule={String(kept.key)} />
      <PeriodDialog
        opened={opened}
        readOnly={!mayChange}
        schema={settings.schema}
        categories={categories}
        close={() => setOpened(null)}
        keep={keep}
        remove={(of) => {
          if (opened?.occurrence) edited.at(opened.occurrence, of, () => null);
          setOpened(null);
        }}
        copy={() => {
          const id = opened?.occurrence;
          const value = id && valueOf(id);
          if (id && value) edited.copy(value, partsOf(id).date, minutesOf(value.to), isOnce(value));
          setOpened(null);
        }}
      />
    </>
  );
}

type Made = Map<string, { value: PeriodValue; block: CalendarBlock }>;

/** The block of an occurrence: the same as before when it has not changed, so that it is not drawn anew. */
function keptIn(made: Made, { id, period, day }: Occurrence, make: () => CalendarBlock): CalendarBlock {
  const before = made.get(id);
  if (before?.value === period.value && before.block.day === day) return before.block;
  const block = make();
  made.set(id, { value: period.value, block });
  return block;
}

/** On which days it is: what a change of one of them leaves to that one. */
function heldOf({ days, first_day, last_day, left_out, changed }: PeriodValue) {
  return { days, first_day, last_day, left_out, changed };
}

const ICONS = { in: IconPhoneIncoming, out: IconPhoneOutgoing, both: IconPhone };

interface ToldProps {
  value: PeriodValue;
  about: string;
  level: FillLevel | null;
  places: number;
  gone: { from: string; to: string } | null;
}

/** What stands in a block. */
function Told({ value, about, level, places: fit, gone }: ToldProps) {
  const { t } = useTranslation('schedule');
  const Icon = ICONS[value.calling ?? 'both'];
  return (
    <>
      <span className={classes.time}>
        <Icon size={12} stroke={1.8} aria-hidden />
        {value.from}–{value.to}
        {!isOnce(value) && <IconRepeat size={12} stroke={1.8} aria-hidden />}
      </span>
      {about && <strong>{about}</strong>}
      {level ? <Fill level={level} /> : <span>{t('places', { count: fit })}</span>}
      {gone && <span>{t('missing', gone)}</span>}
    </>
  );
}

function useSave(kept: JsonObject, saved: (now: JsonObject) => void) {
  const { t } = useTranslation('schedule');
  const client = useQueryClient();
  const keepOver = useKeepOver();
  const tell = useTell();
  return useMutation({
    mutationFn: (wanted: JsonObject) => keepOver(SCHEDULES, String(kept.key), kept, wanted),
    onSuccess: async (now) => {
      if (!now) return;
      await client.invalidateQueries({ queryKey: ['parts'] });
      await client.invalidateQueries({ queryKey: ['history'] });
      await client.invalidateQueries({ queryKey: fillKey(String(now.key)) });
      await client.invalidateQueries({ queryKey: unplacedKey(String(now.key)) });
      saved(now);
      tell.done(t('saved', { name: String(now.name) }));
    },
  });
}
