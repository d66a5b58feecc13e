import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, serverNow } from '@/api/client';
import type { BookedTime } from '@/shared/booking';
import { useTell } from '@/shared/components';
import { dayAndTime, phoneNumber } from '@/shared/format';
import { Failure, NEXT, Times, wanted } from './Times';
import { usePlaces } from './useBookingChoices';

interface Props {
  moving: BookedTime;
  onClose: () => void;
}

/** Promise another time than the one that was booked. */
export function MoveForm({ moving, onClose }: Props) {
  const { t } = useTranslation('booking');
  const { t: common } = useTranslation();
  const [at, setAt] = useState(NEXT);
  const places = usePlaces(moving.queue);
  const others = places.data?.filter((place) => Date.parse(place) !== Date.parse(moving.at));
  const move = useMove(moving, onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    move.mutate(wanted(others, at));
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm">
          {t('move.now', { number: phoneNumber(moving.number), at: dayAndTime(moving.at) })}
        </Text>
        <Times places={others} value={at} onChange={setAt} focused />
        <Failure error={move.error ?? places.error} />
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

function useMove({ id, at: was, planned }: BookedTime, onClose: () => void) {
  const { t } = useTranslation('booking');
  const client = useQueryClient();
  const tell = useTell();
  const to = (at: string | null) =>
    call(api.POST('/api/callbacks/{id}/move', { params: { path: { id } }, body: { at } }));
  const readAnew = () => {
    void client.invalidateQueries({ queryKey: ['places'] });
    void client.invalidateQueries({ queryKey: ['callbacks'] });
  };
  return useMutation({
    mutationFn: to,
    onSuccess: (moved) => {
      onClose();
      const back = () => void to(was).catch(tell.failed).finally(readAnew);
      // What was due already, and the time of a new attempt, cannot be promised any more.
      const promisable = planned && Date.parse(was) > serverNow();
      tell.done(t('moved', { at: dayAndTime(moved.due_at) }), promisable ? back : undefined);
    },
    onSettled: readAnew,
  });
}
