import { Button, Text } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { usePersonName } from '@/shared/case';
import { phoneNumber } from '@/shared/format';
import { useLive } from '@/shared/live/store';
import { useMe } from '@/shared/session';
import { SteerMenu } from '@/shared/waiting';
import { Hint } from '../../Hint';
import type { ButtonsProps, ChannelPanel } from '../channel';

export const callPanel: ChannelPanel = {
  Buttons,
  bookable: (item) => item?.state !== 'waiting',
};

function Buttons({ item, actions }: ButtonsProps) {
  const { t } = useTranslation('desk');
  const personName = usePersonName();
  const { person: me } = useMe();
  const live = useLive((state) => (item ? state.calls[item.id] : undefined));
  if (!item) return null;
  const name = item.person ? personName(item.person) : '';
  if (item.state === 'talking')
    return (
      <Text size="sm" fw={600}>
        {item.person === me ? t('call.yours') : t('call.talking', { name })}
      </Text>
    );
  if (item.state === 'ringing')
    return (
      <Text size="sm" c="dimmed">
        {item.person === me ? t('call.ringsYou') : t('call.rings', { name })}
      </Text>
    );
  return (
    <>
      <Button
        leftSection={<IconPhone size={17} stroke={1.8} />}
        rightSection={<Hint>R</Hint>}
        onClick={() => actions.take()}
        loading={actions.busy}
      >
        {t('call.pick')}
      </Button>
      <Text size="sm" c="dimmed">
        {t('call.waits')}
      </Text>
      {live && (
        <SteerMenu call={live} who={item.name || (item.number ? phoneNumber(item.number) : t('withheld'))} />
      )}
    </>
  );
}
