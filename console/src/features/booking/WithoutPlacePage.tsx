/** Callbacks without a place in the work schedule: each stands until somebody says what becomes of it. */
import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { IconCalendarCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, type components } from '@/api/client';
import { MOST_WITHOUT_PLACE, useWithoutPlace, type WithoutPlace } from '@/shared/booking/withoutPlace';
import { useQueueName } from '@/shared/case';
import {
  At,
  type Column,
  DataTable,
  EmptyState,
  PageHeader,
  Panel,
  useConfirm,
  useTell,
} from '@/shared/components';
import { dayAndTime, phoneNumber } from '@/shared/format';

type Settling = components['schemas']['Settling'];
type Unsettled = components['schemas']['Unsettled'];

const WAYS: readonly Settling[] = ['move', 'keep', 'call_now'];

export function WithoutPlacePage() {
  const { t } = useTranslation('unplaced');
  const found = useWithoutPlace();
  const rows = found.data;
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const chosen = (rows ?? []).filter(({ id }) => !left.has(id));
  const settle = useSettle();
  const turn = (id: string, on: boolean) =>
    setLeft((before) => new Set(on ? [...before].filter((each) => each !== id) : [...before, id]));
  const failed = (settle.data?.failed ?? []).filter(({ id }) => rows?.some((row) => row.id === id));
  return (
    <>
      <PageHeader title={t('title')} note={t('note')} />
      <Panel flush={!rows?.length}>
        <Stack gap="sm">
          {rows && rows.length > 0 && (
            <Group justify="space-between" gap="xs">
              <Checkbox
                label={t('chosen', { count: chosen.length })}
                checked={chosen.length === rows.length}
                indeterminate={chosen.length > 0 && chosen.length < rows.length}
                onChange={(event) =>
                  setLeft(new Set(event.currentTarget.checked ? [] : rows.map(({ id }) => id)))
                }
              />
              <Ways chosen={chosen} settle={settle} />
            </Group>
          )}
          <Failures failed={failed} rows={rows ?? []} />
          <DataTable<WithoutPlace>
            label={t('title')}
            rows={rows}
            rowKey={({ id }) => id}
            columns={useColumns(left, turn)}
            error={found.error}
            retry={() => void found.refetch()}
            empty={
              <EmptyState icon={<IconCalendarCheck size={28} stroke={1.5} />} title={t('none')}>
                {t('noneHelp')}
              </EmptyState>
            }
          />
          {rows?.length === MOST_WITHOUT_PLACE && (
            <Text size="sm" c="dimmed">
              {t('more')}
            </Text>
          )}
        </Stack>
      </Panel>
    </>
  );
}

function Ways({ chosen, settle }: { chosen: WithoutPlace[]; settle: ReturnType<typeof useSettle> }) {
  const { t } = useTranslation('unplaced');
  const confirm = useConfirm();
  const start = async (way: Settling) => {
    const sure = await confirm({
      title: t(`${way}.title`, { count: chosen.length }),
      body: t(`${way}.body`),
      confirm: t(`${way}.do`),
    });
    if (sure) settle.mutate({ do: way, callbacks: chosen.map(({ id }) => id) });
  };
  return (
    <Group gap="xs">
      {WAYS.map((way) => (
        <Button
          key={way}
          variant={way === 'move' ? 'filled' : 'default'}
          disabled={!chosen.length}
          loading={settle.isPending && settle.variables.do === way}
          onClick={() => void start(way)}
        >
          {t(`${way}.do`)}
        </Button>
      ))}
    </Group>
  );
}

/** Why some stay as they were. */
function Failures({ failed, rows }: { failed: Unsettled[]; rows: WithoutPlace[] }) {
  const { t } = useTranslation('unplaced');
  const number = (id: string) => rows.find((row) => row.id === id)?.number ?? '';
  if (!failed.length) return null;
  return (
    <div role="alert">
      <Text size="sm" c="var(--svarhus-bad)">
        {t('failed', { count: failed.length })}
      </Text>
      <ul>
        {failed.map(({ id, problem }) => (
          <li key={id}>
            <Text size="sm">
              {phoneNumber(number(id))}: {t(`why.${problem}`, { defaultValue: t('why.other') })}
            </Text>
          </li>
        ))}
      </ul>
    </div>
  );
}

function useColumns(
  left: ReadonlySet<string>,
  turn: (id: string, on: boolean) => void,
): Column<WithoutPlace>[] {
  const { t } = useTranslation('unplaced');
  const queueName = useQueueName();
  return [
    {
      key: 'number',
      title: t('number'),
      cell: ({ id, number, promised_at }) => (
        <Checkbox
          checked={!left.has(id)}
          label={phoneNumber(number)}
          aria-label={`${phoneNumber(number)}, ${dayAndTime(promised_at)}`}
          onChange={(event) => turn(id, event.currentTarget.checked)}
        />
      ),
    },
    { key: 'at', title: t('promised'), cell: ({ promised_at }) => <At moment={promised_at} /> },
    { key: 'queue', title: t('queue'), cell: ({ queue }) => queueName(queue), wide: true },
    { key: 'booked', title: t('booked'), cell: ({ booked_at }) => <At moment={booked_at} />, wide: true },
  ];
}

function useSettle() {
  const { t } = useTranslation('unplaced');
  const client = useQueryClient();
  const tell = useTell();
  return useMutation({
    mutationFn: (body: components['schemas']['Settlement']) =>
      call(api.POST('/api/callbacks/without-place', { body })),
    onSuccess: ({ callbacks }, { do: way }) => {
      if (callbacks.length) tell.done(t(`${way}.done`, { count: callbacks.length }));
    },
    onError: tell.failed,
    onSettled: () => client.invalidateQueries({ queryKey: ['callbacks'] }),
  });
}
