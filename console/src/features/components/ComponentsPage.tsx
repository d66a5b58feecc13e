/** Every shared component in its states, for those who build pages. Reached by its address. */
import { Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError, serverNow, Unreachable } from '@/api/client';
import {
  AGENT_STATES,
  AgentState,
  At,
  Countdown,
  DataTable,
  EmptyState,
  ErrorState,
  HelpTip,
  Key,
  Label,
  LoadingRows,
  PageHeader,
  Panel,
  PersonAvatar,
  PRIORITIES,
  PriorityMark,
  SearchField,
  Since,
  useConfirm,
  useTell,
} from '@/shared/components';
import { count, duration, phoneNumber, share } from '@/shared/format';
import { PresenceOf } from '@/shared/presence';

const refused = new ProblemError({
  type: '/problems/example',
  title: 'The queue is full',
  status: 409,
  detail: 'There are 40 callers in it.',
  remedy: 'Choose another queue.',
  faults: [],
});

export function ComponentsPage() {
  const { t } = useTranslation('components');
  const shown: [string, ReactNode][] = [
    ['AgentState', <States key="1" />],
    ['PresenceOf', <Presences key="13" />],
    ['PriorityMark', <Priorities key="2" />],
    ['Label, Key, HelpTip', <Small key="3" />],
    ['Countdown, Since, At', <TimesShown key="4" />],
    ['Button', <Buttons key="5" />],
    ['SearchField', <Search key="6" />],
    ['PersonAvatar', <Faces key="7" />],
    ['EmptyState', <Empty key="8" />],
    ['ErrorState', <ErrorState key="9" error={refused} retry={() => undefined} />],
    ['ErrorState: unreachable', <ErrorState key="10" error={new Unreachable()} />],
    ['LoadingRows', <LoadingRows key="11" rows={3} />],
    ['DataTable', <TableShown key="12" />],
  ];
  return (
    <>
      <PageHeader title={t('title')} note={t('note')} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        {shown.map(([name, part]) => (
          <Panel key={name} title={name}>
            {part}
          </Panel>
        ))}
      </SimpleGrid>
    </>
  );
}

function States() {
  return (
    <Group gap="md">
      {Object.keys(AGENT_STATES).map((state) => (
        <AgentState key={state} state={state} />
      ))}
    </Group>
  );
}

function Presences() {
  const since = new Date(serverNow()).toISOString();
  const absence = { kind: 'meeting', since, until: null, note: 'Back at 14:30', by: null } as const;
  return (
    <Group gap="md" align="flex-start">
      <PresenceOf agent={{ state: 'available', absence, pause: null }} />
      <PresenceOf
        agent={{ state: 'talking', absence: { ...absence, kind: 'lunch', note: '' }, pause: null }}
      />
      <PresenceOf
        agent={{ state: 'logged_out', absence: { ...absence, kind: 'ill', note: '' }, pause: null }}
      />
    </Group>
  );
}

function Priorities() {
  const { t } = useTranslation();
  return (
    <Group gap="md">
      {PRIORITIES.map((priority) => (
        <Group key={priority} gap={6}>
          <PriorityMark priority={priority} />
          <Text size="sm">{t(`priority.${priority}`)}</Text>
        </Group>
      ))}
    </Group>
  );
}

function Small() {
  const { t } = useTranslation('components');
  return (
    <Group gap="sm">
      <Label>Sjuksköterska</Label>
      <Label>Recept &lt;b&gt;</Label>
      <Key>J</Key>
      <HelpTip>{t('helpExample')}</HelpTip>
    </Group>
  );
}

function TimesShown() {
  const [now] = useState(serverNow);
  const at = (seconds: number) => new Date(now + seconds * 1000).toISOString();
  return (
    <Group gap="lg">
      <Countdown due={at(754)} />
      <Countdown due={at(-61)} />
      <Since moment={at(-3700)} />
      <At moment={at(0)} />
      <At moment={at(-86400 * 2)} />
      <Text size="sm">
        {duration(95)} · {count(12345)} · {share(0.873)} · {phoneNumber('+46701234567')}
      </Text>
    </Group>
  );
}

function Buttons() {
  const { t } = useTranslation('components');
  const tell = useTell();
  const confirm = useConfirm();
  return (
    <Group gap="xs">
      <Button onClick={() => tell.done(t('saved'), () => undefined)}>{t('tell')}</Button>
      <Button variant="default" onClick={() => tell.failed(refused)}>
        {t('fail')}
      </Button>
      <Button
        variant="light"
        onClick={() =>
          void confirm({ title: t('ask'), body: t('askBody'), confirm: t('remove'), dangerous: true })
        }
      >
        {t('remove')}
      </Button>
      <Button disabled>{t('disabled')}</Button>
      <Button loading>{t('tell')}</Button>
    </Group>
  );
}

function Search() {
  const { t } = useTranslation('components');
  const [text, setText] = useState('');
  return <SearchField label={t('search')} value={text} onChange={setText} />;
}

function Faces() {
  return (
    <Group gap="xs">
      <PersonAvatar name="Anna Berg" />
      <PersonAvatar name="Åke Öst" size={40} />
    </Group>
  );
}

function Empty() {
  const { t } = useTranslation('components');
  return (
    <EmptyState
      icon={<IconInbox size={28} stroke={1.5} />}
      title={t('emptyTitle')}
      action={<Button mt="xs">{t('tell')}</Button>}
    >
      {t('emptyBody')}
    </EmptyState>
  );
}

function TableShown() {
  const { t } = useTranslation('components');
  const [selected, setSelected] = useState<string | null>('Anna');
  return (
    <Stack>
      <DataTable
        label={t('table')}
        rows={['Anna', 'Bo', 'Cecilia']}
        rowKey={(row) => row}
        rowLabel={(row) => row}
        selected={selected}
        open={setSelected}
        empty={null}
        columns={[
          { key: 'name', title: t('name'), cell: (row) => row },
          { key: 'length', title: t('length'), cell: (row) => count(row.length), figures: true },
        ]}
      />
    </Stack>
  );
}
