import { Drawer, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { At } from '@/shared/components';
import { Facts, useHouseNames } from '@/shared/directory';
import type { Message } from './messages';
import { MessageStatus } from '@/shared/components/MessageStatus';
import { receiverOf } from './receiver';
import classes from './outbox.module.css';

/** One message: what it says, and what became of it. */
export function MessageDrawer({ message, onClose }: { message: Message; onClose: () => void }) {
  const { t } = useTranslation('outbox');
  const { t: common } = useTranslation();
  const names = useHouseNames();
  const at = (moment: string | null) => moment && <At moment={moment} />;
  return (
    <Drawer
      opened
      onClose={onClose}
      size={520}
      closeButtonProps={{ 'aria-label': common('close') }}
      title={
        <>
          <Title order={2}>{message.subject || t(`purpose.${message.purpose}`)}</Title>
          <Text size="sm" c="dimmed" className={classes.receiver}>
            {receiverOf(message) || t('hidden')}
          </Text>
        </>
      }
    >
      <Stack gap="lg">
        <div>
          <MessageStatus message={message} />
          {message.detail && (
            <Text size="xs" c="dimmed" className={classes.receiver}>
              {t('said', { words: message.detail })}
            </Text>
          )}
        </div>
        <pre className={classes.text}>{message.text ?? t('noText')}</pre>
        <Facts
          facts={[
            [t('channel'), t(`channels.${message.channel}`)],
            [t('madeBy'), message.made_by === 'command line' ? t('system') : names.person(message.made_by)],
            [t('when'), at(message.made_at)],
            [t('sentAt'), at(message.sent_at)],
            [t('endedAt'), at(message.ended_at)],
            [t('attempts'), message.attempts || null],
            [t('parts'), message.parts > 1 ? message.parts : null],
          ]}
        />
      </Stack>
    </Drawer>
  );
}
