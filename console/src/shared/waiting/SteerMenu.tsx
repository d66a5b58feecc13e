/** What one who leads may do for a caller who waits: put the call first, or give it to a colleague who is free. */
import { ActionIcon, Menu, Text } from '@mantine/core';
import { IconArrowBarToUp, IconArrowBackUp, IconDots, IconUserShare } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call as asked } from '@/api/client';
import { useTell } from '@/shared/components';
import { type LiveCall, useLive } from '@/shared/live/store';
import { useMaySteer } from '@/shared/phone';
import { useMe } from '@/shared/session';

interface Props {
  call: LiveCall;
  /** Who waits, for those who cannot see. */
  who: string;
}

export function SteerMenu({ call, who }: Props) {
  const { t } = useTranslation('waiting');
  const may = useMaySteer()(call.queue);
  if (!may || !call.waiting_since) return null;
  return (
    <Menu position="bottom-end" width={270}>
      <Menu.Target>
        <ActionIcon size="md" aria-label={t('steer', { who })}>
          <IconDots size={17} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <SteerItems call={call} who={who} />
      </Menu.Dropdown>
    </Menu>
  );
}

function SteerItems({ call, who }: Props) {
  const { t } = useTranslation('waiting');
  const raise = useRaise(call.id, who);
  const assign = useAssign(call.id, who);
  const free = useFree();
  return (
    <>
      <Menu.Item
        leftSection={
          call.raised ? (
            <IconArrowBackUp size={15} stroke={1.6} aria-hidden />
          ) : (
            <IconArrowBarToUp size={15} stroke={1.6} aria-hidden />
          )
        }
        onClick={() => raise.mutate({ raised: !call.raised })}
      >
        {t(call.raised ? 'lower' : 'raise')}
      </Menu.Item>
      <Menu.Label>{t('assignTo')}</Menu.Label>
      {!free.length && (
        <Text size="sm" c="dimmed" px="sm" pb="xs">
          {t('nobodyFree')}
        </Text>
      )}
      {free.map(({ key, name }) => (
        <Menu.Item
          key={key}
          leftSection={<IconUserShare size={15} stroke={1.6} aria-hidden />}
          onClick={() => assign.mutate({ person: key, name })}
        >
          {name}
        </Menu.Item>
      ))}
    </>
  );
}

/** Colleagues who take calls and have none, by name. */
function useFree() {
  const agents = useLive((state) => state.agents);
  const myself = useMe().person;
  return useMemo(
    () =>
      Object.values(agents)
        .filter(({ key, state }) => state === 'available' && key !== myself)
        .sort((one, other) => one.name.localeCompare(other.name)),
    [agents, myself],
  );
}

function useRaise(id: string, who: string) {
  const { t } = useTranslation('waiting');
  const tell = useTell();
  const raise = useMutation({
    mutationFn: ({ raised }: { raised: boolean; back?: boolean }) =>
      asked(api.POST('/api/calls/{call}/raise', { params: { path: { call: id } }, body: { raised } })),
    onSuccess: (_, { raised, back }) => {
      const undo = back ? undefined : () => raise.mutate({ raised: !raised, back: true });
      tell.done(t(raised ? 'raised' : 'lowered', { who }), undo);
    },
    onError: (error) => tell.failed(error),
  });
  return raise;
}

function useAssign(id: string, who: string) {
  const { t } = useTranslation('waiting');
  const tell = useTell();
  return useMutation({
    mutationFn: ({ person }: { person: string; name: string }) =>
      asked(api.POST('/api/calls/{call}/assign', { params: { path: { call: id } }, body: { person } })),
    onSuccess: (_, { name }) => tell.done(t('assigned', { who, name })),
    onError: (error) => tell.failed(error),
  });
}
