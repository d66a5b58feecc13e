import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, serverNow } from '@/api/client';
import type { BookedTime } from '@/shared/booking';
import { useTell } from '@/shared/components';
import { dayAndTime, phoneNumber } from '@/shared/format';
import { Failure, NEXT, Times, wanted } from './Times';
import { byUnit, usePlaces, useQueuesThatRingBack } from './useBookingChoices';

interface Props {
  moving: BookedTime;
  onClose: () => void;
}

/** Promise another time than the one that was booked, in its own queue or in another one. */
export function MoveForm({ moving, onClose }: Props) {
  const { t } = useTranslation('booking');
  const { t: common } = useTranslation();
  const [at, setAt] = useState(NEXT);
  const [queue, setQueue] = useState(moving.queue);
  const queues = useQueuesThatRingBack();
  const places = usePlaces(queue);
  const isSame = (place: string) => queue === moving.queue && Date.parse(place) === Date.parse(moving.at);
  const others = places.data?.filter((place) => !isSame(place));
  const move = useMove(moving, onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    move.mutate({ at: wanted(others, at), queue });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm">
          {t('move.now', { number: phoneNumber(moving.number), at: dayAndTime(moving.at) })}
        </Text>
        <Select
          label={t('queue')}
          description={t('move.queueHelp')}
          data={byUnit(queues.data)}
          value={queue}
          onChange={(chosen) => {
            setQueue(chosen ?? moving.queue);
            setAt(NEXT);
          }}
          allowDeselect={false}
        />
        <Times places={others} value={at} onChange={setAt} focused />
        <Failure error={move.error ?? queues.error ?? places.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={move.isPending} disabled={!others?.length}>
            {t('move.move')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface Wanted {
  at: string | null;
  queue: string;
}

function useMove({ id, at: was, queue: of, planned }: BookedTime, onClose: () => void) {
  const { t } = useTranslation('booking');
  const client = useQueryClient();
  const tell = useTell();
  const to = ({ at, queue }: Wanted, before: string) => {
    const body = { at, queue: queue === before ? null : queue };
    return call(api.POST('/api/callbacks/{id}/move', { params: { path: { id } }, body }));
  };
  const readAnew = () => {
    void client.invalidateQueries({ queryKey: ['places'] });
    void client.invalidateQueries({ queryKey: ['callbacks'] });
  };
  return useMutation({
    mutationFn: (wish: Wanted) => to(wish, of),
    onSuccess: (moved) => {
      onClose();
      const back = () => void to({ at: was, queue: of }, moved.queue).catch(tell.failed).finally(readAnew);
      // What was due already, and the time of a new attempt, cannot be promised any more.
      const promisable = planned && Date.parse(was) > serverNow();
      tell.done(t('moved', { at: dayAndTime(moved.due_at) }), promisable ? back : undefined);
    },
    onSettled: readAnew,
  });
}
