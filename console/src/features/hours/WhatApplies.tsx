/** What the opening hours say of any moment, as they are saved. */
import { Button, Group, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { ClockField, clockChange, clock } from '@/shared/calendar';
import { ErrorState, Panel } from '@/shared/components';
import { DayField } from '@/shared/dates';
import { locale } from '@/shared/format';

interface Props {
  hours: string;
  zone: string;
  today: string;
  nameOf: (category: string) => string;
  /** Changes when something else is saved. */
  saved: unknown;
}

export function WhatApplies({ hours, zone, today, nameOf, saved }: Props) {
  const { t, i18n } = useTranslation('hours');
  const [asked, ask] = useState<{ day: string; time: string } | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['hours-at', hours, asked, saved],
    queryFn: () =>
      call(
        api.GET('/api/hours/{key}/at', {
          params: { path: { key: hours }, query: asked ?? {} },
        }),
      ),
    placeholderData: keepPreviousData,
  });
  const set = (part: Partial<NonNullable<typeof asked>>) =>
    ask({ day: asked?.day ?? today, time: asked?.time ?? '08:00', ...part });
  const moment = (at: string) =>
    new Intl.DateTimeFormat(locale(i18n.language), {
      timeZone: zone,
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }).format(new Date(at));
  const change = asked && data && data.clock !== 'once' ? clockChange(asked.day, zone) : null;
  return (
    <Panel title={t('applies.title')}>
      <Group gap="sm" align="end">
        <DayField
          label={t('applies.day')}
          value={asked?.day ?? today}
          onChange={(day) => day && set({ day })}
          w={170}
          data-volatile
        />
        <ClockField
          label={t('applies.time')}
          value={asked?.time ?? '08:00'}
          onChange={(time) => set({ time })}
        />
        {asked && (
          <Button variant="default" onClick={() => ask(null)}>
            {t('applies.now')}
          </Button>
        )}
      </Group>
      {error && <ErrorState error={error} retry={() => void refetch()} />}
      {data && (
        <div role="status" data-volatile>
          <Text mt="sm">
            {moment(data.at)}: <strong>{nameOf(data.category)}</strong>
            {data.exception && ` (${data.exception})`}
          </Text>
          <Text size="sm" c="dimmed">
            {data.until && data.then
              ? t('applies.then', { when: moment(data.until), category: nameOf(data.then) })
              : t('applies.always')}
          </Text>
          {change && (
            <Text size="sm" c="var(--svarhus-busy)">
              {t(`applies.${change.kind}`, { from: clock(change.start), to: clock(change.end) })}
            </Text>
          )}
        </div>
      )}
    </Panel>
  );
}
