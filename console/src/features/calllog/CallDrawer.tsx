/** A call that is over: with whom, how long, how it ended, and what happened in it. */
import { Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { ErrorState, LoadingRows } from '@/shared/components';
import { Facts, useHouseNames } from '@/shared/directory';
import { clockTime, duration, fullDay, phoneNumber } from '@/shared/format';
import { useMay } from '@/shared/session';
import { CallButton } from './CallButton';
import { directionOf, type Line, partyOf } from './calls';
import { DirectionMark, OutcomeMark } from './Marks';
import { type Details, type Event, shortStoryOf, storyOf } from './story';
import classes from './calllog.module.css';

const CaseOf = lazy(() => import('./CaseOf'));
const RecordingsOf = lazy(() => import('./RecordingsOf'));

export function CallDrawer({ line, onClose }: { line: Line; onClose: () => void }) {
  const { t } = useTranslation('calllog');
  const names = useHouseNames();
  const party = partyOf(line, names.person);
  return (
    <Drawer
      opened
      onClose={onClose}
      size={520}
      closeButtonProps={{ 'aria-label': t('close') }}
      title={
        <Group gap="sm" wrap="nowrap">
          <DirectionMark direction={directionOf(line)} />
          <div>
            <Title order={2}>{party.name || t('withheld')}</Title>
            <Text size="sm" c="dimmed">
              {fullDay(line.began_at)} {clockTime(line.began_at)}
            </Text>
          </div>
        </Group>
      }
    >
      <Stack gap="lg">
        <Group gap="sm">
          <OutcomeMark outcome={line.outcome} />
          <CallButton party={party} />
        </Group>
        <Whole id={line.call} />
      </Stack>
    </Drawer>
  );
}

function Whole({ id }: { id: string }) {
  const { t } = useTranslation('calllog');
  const { data, error, refetch } = useQuery({
    queryKey: ['calls', 'one', id],
    queryFn: () => call(api.GET('/api/calls/{call}', { params: { path: { call: id } } })),
    staleTime: 60_000,
  });
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) return <LoadingRows rows={5} height={20} />;
  return (
    <>
      <Summary details={data} />
      <Suspense>
        <RecordingsOf call={id} />
      </Suspense>
      <section aria-label={t('happened')}>
        <Title order={3} mb={6}>
          {t('happened')}
        </Title>
        <Happened details={data} />
      </section>
      <Suspense fallback={<LoadingRows rows={2} />}>
        <CaseOf call={id} />
      </Suspense>
    </>
  );
}

function Summary({ details }: { details: Details }) {
  const { t } = useTranslation('calllog');
  const names = useHouseNames();
  const queues = [...new Set(details.parts.map(({ queue }) => queue))];
  const billed = [...new Set(details.legs.map(({ billing }) => billing).filter(Boolean))];
  const { dialled, caller, kind } = details;
  return (
    <Facts
      facts={[
        [t('column.kind'), t(`kind.${kind}`)],
        [t('column.number'), caller ? phoneNumber(caller) : kind === 'incoming' && t('withheld')],
        [t('column.dialled'), dialled && withNumber(names.number(dialled), phoneNumber(dialled))],
        [t('column.queue'), queues.map(names.queue).join(' → ')],
        [t('column.person'), details.person && names.person(details.person)],
        [t('column.wait'), details.wait > 0 && duration(details.wait)],
        [t('column.talk'), details.talk > 0 && duration(details.talk)],
        [t('column.billing'), billed.join(', ')],
      ]}
    />
  );
}

function withNumber(name: string, number: string): string {
  return name === number ? number : `${name} (${number})`;
}

function Happened({ details }: { details: Details }) {
  const { t } = useTranslation('calllog');
  const names = useHouseNames();
  const mayRead = useMay('see_calls');
  const { data, error, refetch } = useQuery({
    queryKey: ['calls', 'journal', details.call],
    queryFn: () =>
      call(
        api.GET('/api/calls/{call}/journal', {
          params: { path: { call: details.call }, query: { limit: 200 } },
        }),
      ),
    enabled: mayRead,
    staleTime: Infinity,
  });
  if (!mayRead) return <Story events={shortStoryOf(details, names, t)} />;
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) return <LoadingRows rows={4} height={18} />;
  return <Story events={storyOf(data.items, names, t)} />;
}

function Story({ events }: { events: Event[] }) {
  return (
    <ol className={classes.story}>
      {events.map(({ key, at, text, tone }) => (
        <li key={key} data-tone={tone}>
          <time dateTime={at} data-volatile>
            {withSeconds(at)}
          </time>
          <span>{text}</span>
        </li>
      ))}
    </ol>
  );
}

function withSeconds(moment: string): string {
  return `${clockTime(moment)}:${String(new Date(moment).getSeconds()).padStart(2, '0')}`;
}
