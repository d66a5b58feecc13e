/** What the boards show: the state of the house now, the day so far, and who belongs where. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, call, type components } from '@/api/client';
import { serverNow } from '@/api/client';
import { useNow } from '@/shared/format/useNow';
import { type LiveAgent, type LiveBooking, type LiveQueue, useLive } from '@/shared/live/store';
import { useLiveQuery } from '@/shared/live/useLiveQuery';

type Schemas = components['schemas'];
export type QueueToday = Schemas['QueueTodayShown'];
export type EstimateError = Schemas['EstimateErrorShown'];

export interface QueueRow {
  queue: LiveQueue;
  unit: string | null;
  today: QueueToday | undefined;
  /** How right the estimated wait was; undefined while nothing is known of it. */
  error: EstimateError | undefined;
  /** Callbacks whose time has come; null when they are not for the one who looks, undefined when that is not known. */
  due: number | null | undefined;
  overdue: number;
}

export interface AgentRow {
  agent: LiveAgent;
  /** Keys of the queues that the person is a member of. */
  member: string[];
  answered: number;
}

const todayKey = ['boards', 'today'];

/** Milliseconds in which changes are gathered before the day's figures are read anew. */
const GATHER = 2000;

export function useToday() {
  useLiveQuery('calls', todayKey, GATHER);
  return useQuery({
    queryKey: todayKey,
    queryFn: () => call(api.GET('/api/boards/today')),
    refetchInterval: 10_000,
    staleTime: 1000,
  });
}

function useEstimateErrors() {
  return useQuery({
    queryKey: ['boards', 'estimate-errors'],
    queryFn: async () => (await call(api.GET('/api/boards/estimate-errors'))).items,
    refetchInterval: 300_000,
    staleTime: 60_000,
  });
}

export function useUnits() {
  return useQuery({
    queryKey: ['boards', 'units'],
    queryFn: async () => (await call(api.GET('/api/units', { params: { query: { limit: 200 } } }))).items,
    staleTime: 60_000,
  });
}

export function useQueues() {
  return useQuery({
    queryKey: ['boards', 'queues'],
    queryFn: async () => (await call(api.GET('/api/queues', { params: { query: { limit: 200 } } }))).items,
    staleTime: 60_000,
  });
}

/** By their keys. */
export function useQueueNames(): Map<string, string> {
  const queues = useQueues().data;
  return useMemo(() => new Map(queues?.map(({ key, name }) => [key, name])), [queues]);
}

/** The queues of a unit, or all, in the order of the organisation. */
export function useQueueRows(unit: string | undefined): QueueRow[] {
  const queues = useLive((state) => state.queues);
  const callbacks = useLive((state) => state.callbacks);
  const known = useQueues().data;
  const today = useToday().data;
  const estimateErrors = useEstimateErrors().data;
  const callbacksShown = today?.callbacks_shown;
  // Whether a promise is overdue changes with time alone: looked at anew twice a minute.
  const moment = Math.floor(useNow() / 30_000);
  return useMemo(() => {
    const units = new Map(known?.map(({ key, unit }) => [key, unit ?? null]));
    const figures = new Map(today?.queues.map((each) => [each.queue, each]));
    const due = Object.values(callbacks).filter(({ status }) => status === 'due');
    const order = new Map(known?.map(({ key }, index) => [key, index]));
    const place = ({ key }: LiveQueue) => order.get(key) ?? order.size;
    return Object.values(queues)
      .filter(({ key }) => !unit || units.get(key) === unit)
      .sort((one, other) => place(one) - place(other) || one.name.localeCompare(other.name))
      .map((queue) => {
        const own = due.filter((booking) => booking.queue === queue.key);
        const minutes = figures.get(queue.key)?.kept_within_minutes ?? null;
        return {
          queue,
          unit: units.get(queue.key) ?? null,
          today: figures.get(queue.key),
          error: estimateErrors?.find((each) => each.queue === queue.key),
          due: callbacksShown ? own.length : callbacksShown === false ? null : undefined,
          overdue: own.filter((booking) => isOverdue(booking, minutes)).length,
        };
      });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the moment stands for the time
  }, [queues, callbacks, callbacksShown, known, today, estimateErrors, unit, moment]);
}

function isOverdue({ due_at }: LiveBooking, keptWithin: number | null): boolean {
  return keptWithin !== null && serverNow() - Date.parse(due_at) > keptWithin * 60_000;
}

/** Who takes calls in a unit, or anywhere, by name. The order does not depend on what they are doing. */
export function useAgentRows(unit: string | undefined): AgentRow[] {
  const agents = useLive((state) => state.agents);
  const known = useQueues().data;
  const today = useToday().data;
  return useMemo(() => {
    const answered = new Map(today?.people.map((each) => [each.person, each.answered]));
    const memberOf = (agent: LiveAgent, all: boolean) =>
      (known ?? [])
        .filter((queue) => (all || queue.unit === unit) && agent.member_of.includes(queue.key))
        .map(({ key }) => key);
    return Object.values(agents)
      .map((agent) => ({ agent, member: memberOf(agent, true), answered: answered.get(agent.key) ?? 0 }))
      .filter(({ agent, member }) =>
        unit ? memberOf(agent, false).length : member.length || agent.queues.length,
      )
      .sort((one, other) => one.agent.name.localeCompare(other.agent.name));
  }, [agents, known, today, unit]);
}
