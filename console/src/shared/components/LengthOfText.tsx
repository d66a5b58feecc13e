import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { components } from '@/api/client';

type Length = Pick<components['schemas']['PreviewShown'], 'parts' | 'letters' | 'room' | 'plain'>;

/** How long a text is as SMS, and why it is longer than it looks. */
export function LengthOfText({ length }: { length: Length }) {
  const { t } = useTranslation('common');
  const { parts, letters, room } = length;
  return (
    <Text size="xs" c="dimmed">
      {t('sms.length', { count: parts, letters, room })}
      {!length.plain && ` ${t('sms.notPlain')}`}
    </Text>
  );
}
