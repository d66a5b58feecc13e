/** Promise somebody to be rung back: at the next free time, or at another one that the queue has left. */
import { Anchor, Button, Group, Modal, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { api, call } from '@/api/client';
import type { BookingWish } from '@/shared/booking';
import { useProblemText, useTell } from '@/shared/components';
import { useLive } from '@/shared/live/store';
import { useMe } from '@/shared/session';
import { clockTime, dayAndTime, fullDay } from '@/shared/format';
import { useBookedAlready, usePlaces, useQueuesThatRingBack } from './useBookingChoices';

const LONGEST_NOTE = 2000;
const NEXT = 'next';

interface Props {
  wish: BookingWish;
  onClose: () => void;
}

export default function BookingDialog({ wish, onClose }: Props) {
  const { t } = useTranslation('booking');
  const { t: common } = useTranslation();
  return (
    <Modal opened onClose={onClose} title={t('title')} closeButtonProps={{ 'aria-label': common('close') }}>
      <BookingForm wish={wish} onClose={onClose} />
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
  const queues = useQueuesThatRingBack();
  const own = useOwnQueues();
  const queue = firstOf(queues.data, [chosen, ...own]);
  const places = usePlaces(queue);
  const booked = useBookedAlready(number);
  const book = useBook(wish, onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (queue) book.mutate({ queue, number: number.trim(), at: at === NEXT ? null : at, note: note.trim() });
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
            {t('already', { at: dayAndTime(booked.promised_at) })}{' '}
            {wish.onShow && (
              <Anchor component="button" type="button" size="sm" onClick={show}>
                {t('show')}
              </Anchor>
            )}
          </Text>
        )}
        <Select
          label={t('queue')}
          data={queues.data ?? []}
          value={queue}
          onChange={setQueue}
          allowDeselect={false}
          placeholder={queues.data?.length === 0 ? t('noQueue') : undefined}
        />
        <Times places={places.data} value={at} onChange={setAt} focused={Boolean(wish.number)} />
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
          <Button type="submit" loading={book.isPending} disabled={!places.data?.length || booked !== null}>
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

interface TimesProps {
  places: string[] | undefined;
  value: string;
  onChange: (at: string) => void;
  focused: boolean;
}

function Times({ places, value, onChange, focused }: TimesProps) {
  const { t } = useTranslation('booking');
  const [first] = places ?? [];
  if (places && !first)
    return (
      <Text size="sm" c="dimmed" role="status">
        {t('noTime')}
      </Text>
    );
  const days = new Map<string, { value: string; label: string }[]>();
  for (const at of (places ?? []).slice(1)) {
    const day = fullDay(at);
    days.set(day, [...(days.get(day) ?? []), { value: at, label: clockTime(at) }]);
  }
  const next = { value: NEXT, label: first ? t('next', { at: dayAndTime(first) }) : t('reading') };
  return (
    <Select
      label={t('time')}
      data={[next, ...[...days].map(([group, items]) => ({ group, items }))]}
      value={value === NEXT || places?.includes(value) ? value : NEXT}
      onChange={(at) => onChange(at ?? NEXT)}
      allowDeselect={false}
      maxDropdownHeight={260}
      data-autofocus={focused || undefined}
    />
  );
}

function Failure({ error }: { error: unknown }) {
  const text = useProblemText();
  if (!error) return null;
  const { title, detail, remedy } = text(error);
  return (
    <Text size="sm" c="var(--svarhus-bad)" role="alert">
      {[title, detail, remedy].filter(Boolean).join(' ')}
    </Text>
  );
}

interface Wanted {
  queue: string;
  number: string;
  at: string | null;
  note: string;
}

function useBook({ onShow }: BookingWish, onClose: () => void) {
  const { t } = useTranslation('booking');
  const client = useQueryClient();
  const tell = useTell();
  const take = (id: string) => call(api.DELETE('/api/callbacks/{id}', { params: { path: { id } } }));
  return useMutation({
    mutationFn: async ({ note, ...body }: Wanted) => {
      const made = await call(api.POST('/api/callbacks', { body }));
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
      const at = dayAndTime(made.promised_at);
      tell.done(t('booked', { at }), () => void take(made.id).catch(tell.failed));
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['places'] });
      void client.invalidateQueries({ queryKey: ['callbacks'] });
    },
  });
}
