import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { onLiveChange } from './store';

/** Read anew what a query holds whenever something of the topic has changed. Changes of one moment are gathered. */
export function useLiveQuery(topic: string, queryKey: QueryKey, gatherMs = 30): void {
  const client = useQueryClient();
  const key = JSON.stringify(queryKey);
  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const stop = onLiveChange(topic, () => {
      waiting ??= setTimeout(() => {
        waiting = undefined;
        void client.invalidateQueries({ queryKey: JSON.parse(key) as QueryKey });
      }, gatherMs);
    });
    return () => {
      clearTimeout(waiting);
      stop();
    };
  }, [client, topic, key, gatherMs]);
}
