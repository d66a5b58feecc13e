/** The ways to be with a conversation that goes on: my own phone rings for it. */
import { Menu } from '@mantine/core';
import { IconArrowsExchange, IconEar, IconMessageCircle, IconUsers, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useConfirm, useTell } from '@/shared/components';
import { type LiveCall, useLive } from '@/shared/live/store';
import { phoneActions, useWays, type Way } from '@/shared/phone';
import { useMe } from '@/shared/session';

const ICONS: Record<Way, Icon> = {
  listens: IconEar,
  whispers: IconMessageCircle,
  joins: IconUsers,
  takes_over: IconArrowsExchange,
};

/** The conversation of a member with whom I may be; undefined when there is none. */
export function useConversationOf(person: string, calls: readonly string[]): LiveCall | undefined {
  const myself = useMe().person;
  const live = useLive((state) => calls.map((id) => state.calls[id]).find((call) => call?.talking_since));
  const waysTo = useWays();
  if (!live || person === myself || live.legs.some((leg) => leg.person === myself)) return undefined;
  return waysTo(live.queue).length ? live : undefined;
}

export function SuperviseItems({ call, member, name }: { call: LiveCall; member: string; name: string }) {
  const { t } = useTranslation('boards');
  const supervise = useSupervise();
  return (
    <>
      <Menu.Label>{t('supervise.title')}</Menu.Label>
      {useWays()(call.queue).map((way) => {
        const Icon = ICONS[way];
        return (
          <Menu.Item
            key={way}
            closeMenuOnClick
            leftSection={<Icon size={15} stroke={1.6} aria-hidden />}
            onClick={() => void supervise(call.id, way, member, name)}
          >
            {t(`supervise.${way}`)}
          </Menu.Item>
        );
      })}
      <Menu.Divider />
    </>
  );
}

/** Asks before the member is let go. */
export function useSupervise() {
  const { t } = useTranslation('boards');
  const tell = useTell();
  const confirm = useConfirm();
  return async (call: string, way: Way, member: string | undefined, name: string) => {
    const sure =
      way !== 'takes_over' ||
      (await confirm({
        title: t('supervise.sure', { name }),
        body: t('supervise.sureBody', { name }),
        confirm: t('supervise.takes_over'),
      }));
    if (sure) await phoneActions.supervise(call, way, member).catch(tell.failed);
  };
}
