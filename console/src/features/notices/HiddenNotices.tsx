/** Tells of what is new while the page is not in sight: voicemails, callbacks that are due, notes of colleagues. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, type components } from '@/api/client';
import { type DeskItem, onLiveChange, useLive } from '@/shared/live/store';
import { useUnknown } from '@/shared/people/unnamed';
import { showNotice } from '@/shared/phone/ringer';
import { useMe } from '@/shared/session';
import { useNotices } from '@/shared/session/preferences';
import { type News, newsIn } from './news';

type View = components['schemas']['DeskViewShown'];

export function HiddenNotices() {
  const { t } = useTranslation('notices');
  const wanted = useNotices();
  const show = (kind: News | 'notes', body: string, tag: string) => {
    if (wanted[kind]) showNotice(t(kind), { body, tag, silent: !wanted.sound });
  };
  useDeskNews(({ kind, item }) => show(kind, nameOf(item.queue), `${kind}-${item.queue ?? ''}`));
  const unknown = useUnknown();
  useNewNote((author) => show('notes', unknown(author), 'notes'));
  return null;
}

function nameOf(queue: string | null): string {
  return queue ? (useLive.getState().queues[queue]?.name ?? '') : '';
}

function useDeskNews(tell: (news: { kind: News; item: DeskItem }) => void): void {
  const person = useMe().person;
  const view = useQuery({
    queryKey: ['desk', 'view'],
    queryFn: () => call(api.GET('/api/desk/view')),
    enabled: person !== null,
    staleTime: Infinity,
  }).data;
  const latest = useRef({ tell, view });
  useEffect(() => {
    latest.current = { tell, view };
  });
  useEffect(
    () =>
      useLive.subscribe((now, before) => {
        // A first snapshot holds what is old, and so may one after a time without contact.
        if (now.desk === before.desk || before.connection !== 'live' || !document.hidden) return;
        const { tell: told, view: chosen } = latest.current;
        if (chosen) newsIn(before.desk, now.desk, (item) => hides(chosen, item)).forEach(told);
      }),
    [],
  );
}

function hides(view: View, { queue, unit, kind }: DeskItem): boolean {
  return (
    (queue != null && (view.hidden_queues ?? []).includes(queue)) ||
    (unit != null && (view.hidden_units ?? []).includes(unit)) ||
    (view.hidden_kinds ?? []).includes(kind)
  );
}

/** Somebody else has written on a board that I read. */
function useNewNote(tell: (author: string) => void): void {
  const client = useQueryClient();
  const person = useMe().person;
  const latest = useRef(tell);
  const seen = useRef<number | null>(null);
  useEffect(() => {
    latest.current = tell;
  });
  useEffect(() => {
    const look = async (isNew: boolean) => {
      const current = await client.fetchQuery({
        queryKey: ['notices', 'current'],
        queryFn: () => call(api.GET('/api/notices/current')),
        staleTime: 0,
      });
      const [newest] = current.latest;
      const before = seen.current;
      seen.current = Math.max(before ?? 0, newest?.id ?? 0);
      if (isNew && before !== null && newest && newest.id > before && newest.author !== person)
        latest.current(newest.author_name || newest.author);
    };
    const quietly = (isNew: boolean) => void look(isNew).catch(() => undefined);
    quietly(false);
    return onLiveChange('notices', (change) => quietly(change !== null));
  }, [client, person]);
}
