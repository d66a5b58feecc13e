/** The week of some opening hours, the dates that differ, and what is changed of them until it is saved. */
import { Button, Group, SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconPalette, IconPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Calendar,
  type CalendarActions,
  clock,
  daysBetween,
  exceptionOn,
  Legend,
  SaveBar,
  type Span,
  useToday,
  WEEKDAYS,
  weekdayIndex,
  WeekNav,
  weekOf as daysOfWeek,
} from '@/shared/calendar';
import { useTell } from '@/shared/components';
import { type JsonObject, useUnsaved } from '@/shared/forms';
import { useKeepOver } from '@/shared/parts';
import { useMay } from '@/shared/session';
import { EXCEPTION, useWeek } from './blocks';
import { CategoriesDialog } from './CategoriesDialog';
import { ExceptionDialog } from './ExceptionDialog';
import { Exceptions } from './Exceptions';
import { HolidaysDialog } from './HolidaysDialog';
import {
  alike,
  categoryKeys,
  CLOSED,
  edited,
  type Exception,
  type HoursValue,
  toneOf,
  weekOf,
} from './hours';
import { type OpenedSpan, SegmentDialog } from './SegmentDialog';
import { useEdits } from './useEdits';
import { WhatApplies } from './WhatApplies';
import { useWords } from './words';
import classes from './hours.module.css';

interface Props {
  part: JsonObject;
  zone: string;
  country: unknown;
  /** A day of those that are looked at; without one it is the standard week. */
  day: string | undefined;
  span: Span | undefined;
  look: (day: string | undefined, span: Span | undefined) => void;
}

type Dialog =
  | { what: 'holidays' }
  | { what: 'categories' }
  | { what: 'exception'; index: number | null; value: Exception };

const HOURS = { list: 'hours' };

export function HoursEditor({ part, zone, country, day, span: wanted, look }: Props) {
  const { t } = useTranslation('hours');
  const [kept, setKept] = useState(part);
  const before = useMemo(() => edited(kept as unknown as HoursValue), [kept]);
  const edits = useEdits(before);
  const { hours } = edits;
  const words = useWords(hours.categories);
  const readOnly = !useMay('change_configuration');
  const [opened, setOpened] = useState<OpenedSpan | null>(null);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const { today, minute } = useToday(zone);
  const narrow = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  const span = wanted ?? (narrow ? 'day' : 'week');
  const days = useMemo(() => (day ? (span === 'week' ? daysOfWeek(day) : [day]) : null), [day, span]);
  const { columns, blocks } = useWeek({ hours, days, today, zone, country, nameOf: words.category });
  const changes = words.changes(before, hours);
  const save = useSave(kept, (now) => {
    setKept(now);
    edits.begin(edited(now as unknown as HoursValue));
  });
  useUnsaved(changes.length > 0 && !save.isPending);

  const keys = categoryKeys(hours);
  const choices = [...new Set([...keys, 'open', 'lunch', CLOSED])].map((value) => ({
    value,
    label: words.category(value),
  }));
  const weekday = (column: number) => (days ? weekdayIndex(days[column] ?? today) : column);
  const openException = (index: number) => {
    const value = hours.exceptions[index];
    if (value) setDialog({ what: 'exception', index, value });
  };
  const actions: CalendarActions = {
    draw: (column, start, end) => {
      const exception = days && exceptionOn(hours.exceptions, days[column] ?? today);
      if (exception) return openException(hours.exceptions.indexOf(exception));
      setOpened({
        ids: [],
        value: {
          days: WEEKDAYS.filter((_, index) => index === weekday(column)),
          from: clock(start),
          to: clock(end),
          category: keys.find((key) => key !== CLOSED) ?? 'open',
        },
      });
    },
    open: (id) => {
      if (id.startsWith(EXCEPTION)) {
        if (!readOnly) openException(Number(id.slice(EXCEPTION.length).split('-')[0]));
        return;
      }
      const segment = hours.segments.find((each) => each.id === id);
      if (!segment || readOnly) return;
      const all = alike(hours.segments, segment);
      setOpened({
        ids: all.map((each) => each.id),
        value: {
          days: WEEKDAYS.filter((_, index) => all.some((each) => each.day === index)),
          from: clock(segment.start),
          to: clock(segment.end),
          category: segment.category,
        },
      });
    },
    move: edits.move,
    resize: edits.resize,
    copy: (id, column, start) => edits.copy(id, weekday(column), start),
    remove: (id) => edits.remove([id]),
  };
  const newException = (): Exception => ({
    name: '',
    from: day ?? today,
    to: day ?? today,
    yearly: false,
    spans: [],
  });
  const shut = () => setDialog(null);
  return (
    <>
      <div className={classes.tools}>
        <Group gap="sm">
          <SegmentedControl
            size="xs"
            aria-label={t('view.label')}
            value={day ? 'dates' : 'standard'}
            onChange={(view) => look(view === 'dates' ? today : undefined, undefined)}
            data={[
              { value: 'standard', label: t('view.standard') },
              { value: 'dates', label: t('view.dates') },
            ]}
          />
          {day && (
            <WeekNav
              day={day}
              today={today}
              span={span}
              go={(to) => look(to, wanted)}
              show={(as) => look(day, as)}
            />
          )}
        </Group>
        {!readOnly && (
          <Group gap="xs">
            <Button
              variant="default"
              leftSection={<IconPalette size={16} stroke={1.6} aria-hidden />}
              onClick={() => setDialog({ what: 'categories' })}
            >
              {t('categories.title')}
            </Button>
            <Button
              leftSection={<IconPlus size={16} aria-hidden />}
              onClick={() =>
                actions.draw(day && days ? Math.max(0, daysBetween(days[0] ?? day, day)) : 0, 480, 1020)
              }
            >
              {t('span.new')}
            </Button>
          </Group>
        )}
      </div>
      <Calendar
        label={t('week')}
        columns={columns}
        blocks={blocks}
        actions={actions}
        readOnly={readOnly}
        now={day ? minute : null}
      />
      <div className={classes.tools} style={{ margin: '8px 0 0' }}>
        <Legend
          label={t('categories.title')}
          tones={keys.map((key) => ({ tone: toneOf(key, hours.categories), words: words.category(key) }))}
        />
      </div>
      {!readOnly && (
        <SaveBar
          changes={changes}
          canUndo={edits.canUndo}
          canRedo={edits.canRedo}
          undo={edits.undo}
          redo={edits.redo}
          discard={() => edits.change(before)}
          save={() =>
            save.mutate({
              ...kept,
              week: weekOf(hours.segments),
              categories: hours.categories,
              exceptions: hours.exceptions,
            } as unknown as JsonObject)
          }
          saving={save.isPending}
          error={save.error}
        />
      )}
      <div className={classes.below}>
        <Exceptions
          exceptions={hours.exceptions}
          words={words}
          readOnly={readOnly}
          open={openException}
          add={() => setDialog({ what: 'exception', index: null, value: newException() })}
          addHolidays={() => setDialog({ what: 'holidays' })}
        />
        <WhatApplies
          hours={String(kept.key)}
          zone={zone}
          today={today}
          nameOf={words.category}
          saved={kept}
        />
      </div>
      <SegmentDialog
        opened={opened}
        categories={choices}
        close={() => setOpened(null)}
        keep={(value) => {
          edits.lay(opened?.ids ?? [], value);
          setOpened(null);
        }}
        remove={() => {
          edits.remove(opened?.ids ?? []);
          setOpened(null);
        }}
      />
      <ExceptionDialog
        opened={dialog?.what === 'exception' ? dialog : null}
        categories={choices}
        close={shut}
        keep={(value) => {
          const index = dialog?.what === 'exception' ? dialog.index : null;
          edits.except(
            index === null
              ? [...hours.exceptions, value]
              : hours.exceptions.map((each, at) => (at === index ? value : each)),
          );
          shut();
        }}
        remove={() => {
          if (dialog?.what === 'exception')
            edits.except(hours.exceptions.filter((_, at) => at !== dialog.index));
          shut();
        }}
      />
      <HolidaysDialog
        opened={dialog?.what === 'holidays'}
        close={shut}
        hours={hours}
        country={country}
        today={today}
        add={(exceptions) => {
          edits.except([...hours.exceptions, ...exceptions]);
          shut();
        }}
      />
      <CategoriesDialog
        opened={dialog?.what === 'categories'}
        close={shut}
        hours={hours}
        nameOf={words.category}
        keep={(categories) => {
          edits.name(categories);
          shut();
        }}
      />
    </>
  );
}

function useSave(kept: JsonObject, saved: (now: JsonObject) => void) {
  const { t } = useTranslation('hours');
  const client = useQueryClient();
  const keepOver = useKeepOver();
  const tell = useTell();
  return useMutation({
    mutationFn: (wanted: JsonObject) => keepOver(HOURS, String(kept.key), kept, wanted),
    onSuccess: async (now) => {
      if (!now) return;
      await client.invalidateQueries({ queryKey: ['parts'] });
      await client.invalidateQueries({ queryKey: ['history'] });
      saved(now);
      tell.done(t('saved', { name: String(now.name) }));
    },
  });
}
