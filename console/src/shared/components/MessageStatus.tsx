import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dot, type Shape, type Tone } from './Marks';
import type { components } from '@/api/client';

type Status = components['schemas']['Status'];

const MARKS: Record<Status, { tone: Tone; shape: Shape }> = {
  waiting: { tone: 'info', shape: 'half' },
  sending: { tone: 'info', shape: 'half' },
  sent: { tone: 'good', shape: 'ring' },
  delivered: { tone: 'good', shape: 'disc' },
  failed: { tone: 'bad', shape: 'diamond' },
  kept: { tone: 'quiet', shape: 'square' },
  dropped: { tone: 'quiet', shape: 'ring' },
};

/** How it stands with a message, and why it is not sent. */
export function MessageStatus({ message }: { message: { status: Status; reason: string } }) {
  const { t } = useTranslation('outbox');
  return (
    <>
      <Group gap={6} wrap="nowrap" display="inline-flex">
        <Dot {...MARKS[message.status]} />
        <Text span size="sm">
          {t(`status.${message.status}`)}
        </Text>
      </Group>
      {message.reason && (
        <Text size="xs" c="dimmed">
          {t(`reason.${message.reason}`)}
        </Text>
      )}
    </>
  );
}
