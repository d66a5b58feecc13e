import { queryOptions } from '@tanstack/react-query';
import { api, call, type components } from '@/api/client';

type Schemas = components['schemas'];
export type Message = Schemas['MessageShown'];
export type Channel = Schemas['Channel'];
export type Status = Schemas['Status'];
export type SmtpSettings = Schemas['SmtpSettings'];
export type HttpSmsSettings = Schemas['HttpSmsSettings'];
export type SmppSettings = Schemas['SmppSettings'];

/** Milliseconds between looks at what is still on its way. */
export const LOOK_EVERY = 3000;

export const providersQuery = queryOptions({
  queryKey: ['outbox', 'providers'],
  queryFn: () => call(api.GET('/api/outbox/providers')),
});

export const isOnItsWay = ({ status }: Pick<Message, 'status'>) =>
  status === 'waiting' || status === 'sending';
