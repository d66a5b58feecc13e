/** What the person has hidden on the desk: kept by the server, so that it is the same wherever one signs in. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import { useTell } from '@/shared/components';
import type { View } from './items';
import { viewQuery } from './viewQuery';

const KEY = viewQuery.queryKey;

export function useView() {
  return useQuery(viewQuery);
}

/** Shown at once, and taken back when the server refuses. */
export function useKeepView() {
  const client = useQueryClient();
  const tell = useTell();
  return useMutation({
    mutationFn: (view: View) => call(api.PUT('/api/desk/view', { body: view })),
    onMutate: (view) => {
      const before = client.getQueryData<View>(KEY);
      client.setQueryData(KEY, view);
      return before;
    },
    onError: (error, _, before) => {
      client.setQueryData(KEY, before);
      tell.failed(error);
    },
  });
}
