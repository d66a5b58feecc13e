import { Button, Center, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from './problemText';

interface Props {
  error: unknown;
  retry?: () => void;
}

/** Something could not be had: what, and what to do. */
export function ErrorState({ error, retry }: Props) {
  const { t } = useTranslation();
  const told = useProblemText()(error);
  return (
    <Center mih={200} p="lg" role="alert">
      <Stack align="center" gap={6} maw={440} ta="center">
        <Text component="span" c="dimmed" lh={1} aria-hidden>
          {told.unreachable ? (
            <IconPlugConnectedX size={28} stroke={1.5} />
          ) : (
            <IconAlertTriangle size={28} stroke={1.5} />
          )}
        </Text>
        <Text fw={600}>{told.title}</Text>
        {told.detail && <Text size="sm">{told.detail}</Text>}
        {told.remedy && (
          <Text size="sm" c="dimmed">
            {told.remedy}
          </Text>
        )}
        {retry && (
          <Button variant="default" mt="xs" onClick={retry}>
            {t('again')}
          </Button>
        )}
      </Stack>
    </Center>
  );
}
