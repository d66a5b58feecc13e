/** A work schedule as a calendar. */
import { Button } from '@mantine/core';
import { IconSettings } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Span } from '@/shared/calendar';
import { EmptyState, ErrorState, LoadingRows, PageHeader } from '@/shared/components';
import { organisationQuery, useParts, useSchema } from '@/shared/parts';
import { ScheduleEditor } from './ScheduleEditor';

export interface ScheduleSearch {
  /** A day of the week that is looked at, such as 2027-12-24; today's when left out. */
  day?: string;
  span?: Span;
}

export function SchedulePage() {
  const { t } = useTranslation('schedule');
  const { key } = useParams({ strict: false }) as { key: string };
  const { day, span } = useSearch({ strict: false }) as ScheduleSearch;
  const navigate = useNavigate();
  const schedules = useParts('schedules');
  const organisation = useQuery(organisationQuery);
  const schema = useSchema();
  const error = schedules.error ?? organisation.error ?? schema.error;
  if (error) return <ErrorState error={error} retry={() => void schedules.refetch()} />;
  if (!schedules.data || !organisation.data || !schema.data) return <LoadingRows />;
  const schedule = schedules.data.find((each) => each.key === key);
  if (!schedule) return <EmptyState title={t('notThere')} />;
  const look = (wanted: string, as: Span) =>
    void navigate({
      to: `/settings/schedules/${encodeURIComponent(key)}`,
      search: { day: wanted, span: as },
      replace: true,
    });
  return (
    <>
      <PageHeader
        title={String(schedule.name)}
        note={t('note')}
        actions={
          <Button
            component={Link}
            to={`/settings/schedules/${encodeURIComponent(key)}/details`}
            variant="default"
            leftSection={<IconSettings size={16} stroke={1.6} aria-hidden />}
          >
            {t('settings')}
          </Button>
        }
      />
      <ScheduleEditor
        key={key}
        schedule={schedule}
        settings={{
          zone: String(organisation.data.timezone),
          country: organisation.data.country,
          schema: schema.data,
        }}
        day={day}
        span={span}
        look={look}
      />
    </>
  );
}
