/** Opening hours as a calendar, with the dates that differ. */
import { Button } from '@mantine/core';
import { IconSettings } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Span } from '@/shared/calendar';
import { EmptyState, ErrorState, LoadingRows, PageHeader } from '@/shared/components';
import { organisationQuery, useParts } from '@/shared/parts';
import { HoursEditor } from './HoursEditor';

export function HoursPage() {
  const { t } = useTranslation('hours');
  const { key } = useParams({ strict: false }) as { key: string };
  const { day, span } = useSearch({ strict: false }) as { day?: string; span?: Span };
  const navigate = useNavigate();
  const hours = useParts('hours');
  const organisation = useQuery(organisationQuery);
  const error = hours.error ?? organisation.error;
  if (error) return <ErrorState error={error} retry={() => void hours.refetch()} />;
  if (!hours.data || !organisation.data) return <LoadingRows />;
  const part = hours.data.find((each) => each.key === key);
  if (!part) return <EmptyState title={t('notThere')} />;
  const path = `/settings/hours/${encodeURIComponent(key)}`;
  return (
    <>
      <PageHeader
        title={String(part.name)}
        note={t('note')}
        actions={
          <Button
            component={Link}
            to={`${path}/details`}
            variant="default"
            leftSection={<IconSettings size={16} stroke={1.6} aria-hidden />}
          >
            {t('settings')}
          </Button>
        }
      />
      <HoursEditor
        key={key}
        part={part}
        zone={String(organisation.data.timezone)}
        country={organisation.data.country}
        day={day}
        span={span}
        look={(to, as) => void navigate({ to: path, search: { day: to, span: as }, replace: true })}
      />
    </>
  );
}
