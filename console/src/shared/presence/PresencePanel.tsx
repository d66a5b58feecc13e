import { Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel } from '@/shared/components/Panel';
import { AbsenceBy, Presence } from './Presence';
import { PresenceButton } from './PresenceButton';

/** What colleagues see of somebody, and the way to change it. */
export function PresencePanel({ person, name }: { person: string; name: string }) {
  const { t } = useTranslation('presence');
  return (
    <Panel title={t('title')}>
      <Group justify="space-between" gap="xs">
        <Stack gap={2}>
          <Presence person={person} />
          <AbsenceBy person={person} />
        </Stack>
        <PresenceButton person={person} name={name} />
      </Group>
    </Panel>
  );
}
