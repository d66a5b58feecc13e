/** Queues and people at this moment, and how the day has gone so far. */
import { Button, Select, Stack, Text } from '@mantine/core';
import { IconBell, IconDeviceTv } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader, Panel } from '@/shared/components';
import { clockTime } from '@/shared/format';
import { useLive } from '@/shared/live/store';
import { useMay } from '@/shared/session';
import { AgentBoard } from './AgentBoard';
import classes from './boards.module.css';
import { QueueBoard } from './QueueBoard';
import { Totals } from './Totals';
import { useAgentRows, useQueueNames, useQueueRows, useToday, useUnits } from './useBoard';
import { WallboardLinks } from './WallboardLinks';

export function BoardsPage() {
  const { t } = useTranslation('boards');
  const { unit } = useSearch({ strict: false }) as { unit?: string };
  const mayShare = useMay('share_boards');
  const mayLookBack = useMay('see_calls');
  const known = useLive((state) => state.known);
  const units = useUnits().data;
  const queueNames = useQueueNames();
  const queues = useQueueRows(unit);
  const agents = useAgentRows(unit);
  const [sharing, setSharing] = useState(false);
  const unitNames = useMemo(() => new Map(units?.map(({ key, name }) => [key, name])), [units]);
  return (
    <>
      <PageHeader
        title={t('title')}
        actions={
          <>
            <UnitFilter unit={unit} names={unitNames} />
            {mayLookBack && (
              <Button
                component={Link}
                to="/alerts"
                variant="default"
                leftSection={<IconBell size={16} stroke={1.6} aria-hidden />}
              >
                {t('past.title')}
              </Button>
            )}
            {mayShare && (
              <Button
                variant="default"
                leftSection={<IconDeviceTv size={16} stroke={1.6} aria-hidden />}
                onClick={() => setSharing(true)}
              >
                {t('wallboards')}
              </Button>
            )}
          </>
        }
      />
      <Stack gap="md">
        <Totals queues={queues} agents={agents} />
        <Panel title={t('queues')} actions={<TodayNote />} flush>
          <QueueBoard rows={known ? queues : undefined} units={unitNames} />
        </Panel>
        <Panel title={t('agents')} flush>
          <AgentBoard rows={known ? agents : undefined} queueNames={queueNames} />
        </Panel>
      </Stack>
      <WallboardLinks
        opened={sharing}
        close={() => setSharing(false)}
        units={unitNames}
        queues={queueNames}
      />
    </>
  );
}

function UnitFilter({ unit, names }: { unit: string | undefined; names: Map<string, string> }) {
  const { t } = useTranslation('boards');
  const navigate = useNavigate();
  if (names.size < 2 && !unit) return null;
  return (
    <Select
      aria-label={t('unit')}
      w={190}
      value={unit ?? ''}
      allowDeselect={false}
      data={[{ value: '', label: t('allUnits') }, ...[...names].map(([value, label]) => ({ value, label }))]}
      onChange={(wanted) =>
        void navigate({ to: '/boards', search: wanted ? { unit: wanted } : {}, replace: true })
      }
    />
  );
}

/** Since when the day's figures count; and that they cannot be had when they cannot. */
function TodayNote() {
  const { t } = useTranslation('boards');
  const { data, error, refetch } = useToday();
  if (error && !data)
    return (
      <Button size="compact-sm" variant="default" onClick={() => void refetch()}>
        {t('todayFailed')}
      </Button>
    );
  if (!data) return null;
  return (
    <Text size="xs" c="dimmed" className={classes.note}>
      {t('todayAt')} <span data-volatile>{clockTime(data.at)}</span>
    </Text>
  );
}
