/** Promise somebody to be rung back: at the next free time, or at another one that the queue has left. */
import { Anchor, Button, Group, Modal, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { api, call } from '@/api/client';
import type { BookingWish } from '@/shared/booking';
import { useTell } from '@/shared/components';
import { useLive } from '@/shared/live/store';
import { useMe } from '@/shared/session';
import { dayAndTime } from '@/shared/format';
import { MoveForm } from './MoveForm';
import { Failure, NEXT, SOON, Times, wanted } from './Times';
import { byUnit, useBookedAlready, usePlaces, useQueuesThatRingBack } from './useBookingChoices';

const LONGEST_NOTE = 2000;

interface Props {
  wish: BookingWish;
  onClose: () => void;
}

export default function BookingDialog({ wish, onClose }: Props) {
  const { t } = useTranslation('booking');
  const { t: common } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(wish.moving ? 'move.title' : 'title')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {wish.moving ? (
        <MoveForm moving={wish.moving} onClose={onClose} />
      ) : (
        <BookingForm wish={wish} onClose={onClose} />
      )}
    </Modal>
  );
}

function BookingForm({ wish, onClose }: Props) {
  const { t } = useTranslation('booking');
  const { t: common } = useTranslation();
  const [number, setNumber] = useState(wish.number ?? '');
  const [chosen, setQueue] = useState(wish.queue ?? null);
  const [at, setAt] = useState(NEXT);
  const [note, setNote] = useState('');
  const [email, setEmail] = useState('');
  const queues = useQueuesThatRingBack();
  const own = useOwnQueues();
  const queue = firstOf(queues.data, [chosen, ...own]);
  const places = usePlaces(queue);
  const booked = useBookedAlready(number);
  const book = useBook(wish, onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const kind = at === SOON ? 'untimed' : 'timed';
    if (queue)
      book.mutate({
        queue,
        number: number.trim(),
        kind,
        at: wanted(places.data, at),
        note: note.trim(),
        email: email.trim() || null,
      });
  };
  const show = () => {
    if (booked) wish.onShow?.(booked.id);
    onClose();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          type="tel"
          required
          withAsterisk={false}
          autoComplete="off"
          data-autofocus={wish.number ? undefined : true}
          label={t('number')}
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
        {booked && (
          <Text size="sm" role="status">
            {booked.promised_at ? t('already', { at: dayAndTime(booked.promised_at) }) : t('alreadySoon')}{' '}
            {wish.onShow && (
              <Anchor component="button" type="button" size="sm" onClick={show}>
                {t('show')}
              </Anchor>
            )}
          </Text>
        )}
        <Select
          label={t('queue')}
          data={byUnit(queues.data)}
          value={queue}
          onChange={setQueue}
          allowDeselect={false}
          placeholder={queues.data?.length === 0 ? t('noQueue') : undefined}
        />
        <Times places={places.data} value={at} onChange={setAt} focused={Boolean(wish.number)} orSoon />
        <TextInput
          type="email"
          autoComplete="off"
          maxLength={254}
          label={t('email')}
          description={t('emailHelp')}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Textarea
          label={t('note')}
          description={t('noteHelp')}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={LONGEST_NOTE}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Failure error={book.error ?? queues.error ?? places.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button
            type="submit"
            loading={book.isPending}
            disabled={!(places.data?.length || at === SOON) || booked !== null}
          >
            {t('book')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Queues in which the person takes calls now: what they promise there, they see in their own list. */
function useOwnQueues(): string[] {
  const { person } = useMe();
  return useLive(useShallow((live) => (person ? (live.agents[person]?.queues ?? []) : [])));
}

function firstOf(there: { value: string }[] | undefined, wanted: (string | null)[]): string | null {
  const found = wanted.find((each) => there?.some(({ value }) => value === each));
  return found ?? there?.[0]?.value ?? null;
}

interface Wanted {
  queue: string;
  number: string;
  kind: 'timed' | 'untimed';
  at: string | null;
  note: string;
  email: string | null;
}

function useBook({ of, onShow }: BookingWish, onClose: () => void) {
  const { t } = useTranslation('booking');
  const client = useQueryClient();
  const tell = useTell();
  const take = (id: string) => call(api.DELETE('/api/callbacks/{id}', { params: { path: { id } } }));
  return useMutation({
    mutationFn: async ({ note, ...body }: Wanted) => {
      const made = await call(api.POST('/api/callbacks', { body: { ...body, of: of ?? null } }));
      if (note) {
        const params = { path: { kind: 'callback' as const, id: made.id } };
        // The promise stands also when its note was not kept.
        await call(api.POST('/api/cases/{kind}/{id}/notes', { params, body: { text: note } })).catch(
          tell.failed,
        );
      }
      return made;
    },
    onSuccess: (made) => {
      onClose();
      onShow?.(made.id);
      const told = made.promised_at ? t('booked', { at: dayAndTime(made.promised_at) }) : t('bookedSoon');
      tell.done(told, () => void take(made.id).catch(tell.failed));
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['places'] });
      void client.invalidateQueries({ queryKey: ['callbacks'] });
    },
  });
}
