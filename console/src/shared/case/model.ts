/** Cases: calls, callbacks and voicemails, with what people have added to them. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, call, type components } from '@/api/client';
import { useTell } from '@/shared/components';
import { onLiveChange } from '@/shared/live/store';

type Schemas = components['schemas'];
export type Case = Schemas['CaseShown'];
export type CaseKind = Case['kind'];
export type Note = Schemas['NoteShown'];
export type Earlier = Schemas['EarlierShown'];
export type Act = Schemas['ActShown'];
export type Attempt = Schemas['AttemptShown'];

export interface CaseRef {
  kind: CaseKind;
  id: string;
}

/** As the live topic `desk` names it. */
export const caseKey = ({ kind, id }: CaseRef) => `${kind}:${id}`;

/** Of what went to and fro with its number. */
export const textsKey = (ref: CaseRef) => ['case-texts', caseKey(ref)];

const queryKey = ({ kind, id }: CaseRef) => ['case', kind, id] as const;

/** All that is known of a case, followed live. The server notes who opens one: ask only for what was opened. */
export function useCase(ref: CaseRef | null) {
  const client = useQueryClient();
  const key = ref ? caseKey(ref) : '';
  useEffect(() => {
    if (!key) return;
    const [kind, id] = key.split(':') as [CaseKind, string];
    return onLiveChange('desk', (change) => {
      if (change && change.key !== key) return;
      void client.invalidateQueries({ queryKey: queryKey({ kind, id }) });
    });
  }, [client, key]);
  return useQuery({
    queryKey: ref ? queryKey(ref) : ['case', 'none'],
    enabled: ref !== null,
    queryFn: () => call(api.GET('/api/cases/{kind}/{id}', { params: { path: ref as CaseRef } })),
  });
}

/** Change a case: the answer is the case as it is then. What fails is told, unless the caller does so. */
export function useCaseChange<Input>(ref: CaseRef, change: (input: Input) => Promise<Case>) {
  const client = useQueryClient();
  const tell = useTell();
  return useMutation({
    mutationFn: change,
    onSuccess: (changed) => client.setQueryData(queryKey(ref), changed),
    onError: (error) => {
      tell.failed(error);
      void client.invalidateQueries({ queryKey: queryKey(ref) });
    },
  });
}

/** Calls, callbacks and voicemails of the same number, this case among them; the newest first. */
export function useEarlier(ref: CaseRef, limit: number) {
  return useQuery({
    queryKey: [...queryKey(ref), 'earlier', limit],
    queryFn: () =>
      call(api.GET('/api/cases/{kind}/{id}/earlier', { params: { path: ref, query: { limit } } })),
  });
}
