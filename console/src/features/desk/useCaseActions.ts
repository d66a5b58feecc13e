/** What can be done with a case. What fails is told; that a colleague was faster is told with the colleague's name. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, ProblemError } from '@/api/client';
import { caseKey, type CaseRef, usePersonName } from '@/shared/case';
import { type Priority, useConfirm, useTell } from '@/shared/components';
import { Twice } from '@/shared/keys';
import { useLive } from '@/shared/live/store';
import type { DeskItem } from './items';

export function useCaseActions(ref: CaseRef) {
  const { t } = useTranslation('desk');
  const client = useQueryClient();
  const tell = useTell();
  const confirm = useConfirm();
  const personName = usePersonName();
  const [twice] = useState(() => new Twice());
  const key = caseKey(ref);
  const path = { params: { path: ref } };

  const act = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onError: (error) => {
      const holder = useLive.getState().desk[key]?.taken_by;
      if (error instanceof ProblemError && error.id === 'case-taken' && holder)
        tell.done(t('takenAlready', { name: personName(holder) }));
      else tell.failed(error);
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ['case', ref.kind, ref.id] }),
  });
  const run = (work: () => Promise<unknown>, done?: () => void) => act.mutate(work, { onSuccess: done });

  const take = (insteadOf: string | null = null) =>
    run(() => call(api.POST('/api/cases/{kind}/{id}/take', { ...path, body: { instead_of: insteadOf } })));
  const release = () => run(() => call(api.DELETE('/api/cases/{kind}/{id}/take', path)));
  const reopen = () => run(() => call(api.DELETE('/api/cases/{kind}/{id}/handled', path)));

  return {
    busy: act.isPending,
    /** For what only one channel can do. */
    run,
    told: tell.done,
    confirm,
    t,
    /** Do it when the key is pressed a second time; after the first one `again` is told. */
    pressTwice(name: string, work: () => void, again: string) {
      if (twice.press(name, Date.now())) work();
      else tell.done(t(again));
    },
    take,
    /** Take it, or let it go again; a colleague's is taken over after a question. */
    async takeOrRelease(item: DeskItem, me: string) {
      if (item.taken_by === null) return take();
      if (item.taken_by === me) return release();
      const name = personName(item.taken_by);
      const sure = await confirm({
        title: t('takeOver.title'),
        body: t('takeOver.body', { name }),
        confirm: t('takeOver.confirm'),
      });
      if (sure) take(item.taken_by);
    },
    prioritise: (priority: Priority | null) =>
      run(() => call(api.PUT('/api/cases/{kind}/{id}/priority', { ...path, body: { priority } }))),
    handle: () =>
      run(
        () => call(api.POST('/api/cases/{kind}/{id}/handled', path)),
        () => tell.done(t('told.handled'), reopen),
      ),
    reopen,
    dial: (number: string) => run(() => call(api.POST('/api/phone/dial', { body: { to: { number } } }))),
  };
}

export type CaseActions = ReturnType<typeof useCaseActions>;
