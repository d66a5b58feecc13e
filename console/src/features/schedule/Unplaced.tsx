/** Promises for which an edit of the schedule has left no place: none is lost, each is settled here. */
import { Alert, Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, type components } from '@/api/client';
import { useTell } from '@/shared/components';
import { dayAndTime, phoneNumber } from '@/shared/format';
import { useMay } from '@/shared/session';

type Unplaced = components['schemas']['UnplacedShown'];
type Settling = components['schemas']['Settling'];

const WAYS: readonly Settling[] = ['move', 'keep', 'call_now'];
const MOST = 200;

export const unplacedKey = (schedule: string) => ['without-place', schedule];

export function UnplacedCallbacks({ schedule }: { schedule: string }) {
  const mayHandle = useMay('handle_callbacks');
  const { data } = useQuery({
    queryKey: unplacedKey(schedule),
    queryFn: () =>
      call(api.GET('/api/callbacks/without-place', { params: { query: { schedule, limit: MOST } } })),
    enabled: mayHandle,
  });
  return data?.items.length ? (
    <Choices schedule={schedule} items={data.items} more={data.next !== null} />
  ) : null;
}

interface Props {
  schedule: string;
  items: readonly Unplaced[];
  /** There are others beside those that are listed. */
  more: boolean;
}

function Choices({ schedule, items, more }: Props) {
  const { t } = useTranslation('schedule');
  const [left, leave] = useState<ReadonlySet<string>>(new Set());
  const settle = useSettle(schedule);
  const chosen = items.filter(({ id }) => !left.has(id)).map(({ id }) => id);
  const turn = (id: string, on: boolean) =>
    leave((before) => new Set(on ? [...before].filter((each) => each !== id) : [...before, id]));
  return (
    <Alert color="yellow" mt="md" title={t('unplaced.title', { count: items.length })} role="status">
      <Text size="sm">{t('unplaced.about')}</Text>
      <Stack gap={6} my="sm" role="group" aria-label={t('unplaced.list')}>
        {items.map(({ id, number, promised_at }) => (
          <Checkbox
            key={id}
            checked={!left.has(id)}
            label={`${phoneNumber(number)}, ${dayAndTime(promised_at)}`}
            onChange={(event) => turn(id, event.currentTarget.checked)}
          />
        ))}
      </Stack>
      {more && <Text size="sm">{t('unplaced.more')}</Text>}
      <Group gap="xs">
        {WAYS.map((way) => (
          <Button
            key={way}
            variant="default"
            disabled={!chosen.length || settle.isPending}
            onClick={() => settle.mutate({ do: way, callbacks: chosen })}
          >
            {t(`unplaced.${way}`)}
          </Button>
        ))}
      </Group>
    </Alert>
  );
}

function useSettle(schedule: string) {
  const { t } = useTranslation('schedule');
  const client = useQueryClient();
  const tell = useTell();
  return useMutation({
    mutationFn: (body: components['schemas']['Settlement']) =>
      call(api.POST('/api/callbacks/without-place', { body })),
    onSuccess: ({ callbacks, failed }) => {
      if (callbacks.length) tell.done(t('unplaced.settled', { count: callbacks.length }));
      const [first] = failed;
      if (first) tell.failed(new Error(first.detail));
    },
    onError: (error) => tell.failed(error),
    onSettled: () => client.invalidateQueries({ queryKey: unplacedKey(schedule) }),
  });
}
