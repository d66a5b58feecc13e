import { Group, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconUserOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AgentState, type Column, DataTable, EmptyState, Label, Since } from '@/shared/components';
import { count, phoneNumber } from '@/shared/format';
import { type LiveAgent, type LiveCall, useLive } from '@/shared/live/store';
import { AbsenceTold, PauseTold } from '@/shared/presence';
import { useNamed } from '@/shared/phone';
import { useMay, useMe } from '@/shared/session';
import { AgentMenu } from './AgentMenu';
import { Definition } from './Definition';
import type { AgentRow } from './useBoard';

interface Props {
  rows: AgentRow[] | undefined;
  queueNames: Map<string, string>;
}

export function AgentBoard({ rows, queueNames }: Props) {
  const { t } = useTranslation('boards');
  const phone = useMediaQuery('(max-width: 47.99em)') ?? false;
  const leads = useMay('log_others_in');
  const named = useNamed();
  const myself = useMe().person;
  const columns: Column<AgentRow>[] = [
    {
      key: 'name',
      title: t('agent'),
      cell: ({ agent }) => (
        <Text span size="sm" fw={550}>
          {agent.name}
        </Text>
      ),
    },
    { key: 'state', title: t('state'), cell: ({ agent }) => <StateSince agent={agent} phone={phone} /> },
    { key: 'with', title: t('with'), cell: ({ agent }) => <InCallWith agent={agent} />, wide: true },
    {
      key: 'queues',
      title: t('loggedInTo'),
      wide: true,
      cell: ({ agent }) => (
        <Group gap={4}>
          {agent.queues.map((queue) => (
            <Label key={queue}>{queueNames.get(queue) ?? queue}</Label>
          ))}
        </Group>
      ),
    },
    {
      key: 'answeredByAgent',
      title: <Definition of="answeredByAgent" />,
      cell: ({ answered }) => <span data-volatile>{count(answered)}</span>,
      figures: true,
      wide: true,
    },
    {
      key: 'do',
      title: <span className="visually-hidden">{t('actions')}</span>,
      width: 44,
      cell: (row) => (
        <AgentMenu
          row={row}
          queueNames={queueNames}
          logs={leads || row.agent.key === myself ? row.member : row.member.filter(named)}
          pauses={leads || row.agent.key === myself}
        />
      ),
    },
  ];
  return (
    <DataTable
      label={t('agents')}
      columns={columns}
      rows={rows}
      rowKey={({ agent }) => agent.key}
      empty={<EmptyState icon={<IconUserOff size={28} stroke={1.5} />} title={t('noAgents')} />}
    />
  );
}

function StateSince({ agent, phone }: { agent: LiveAgent; phone: boolean }) {
  return (
    <>
      <AgentState state={agent.state}>
        {agent.since && (
          <Text span size="sm" c="dimmed" className="figures">
            {' '}
            <Since moment={agent.since} />
          </Text>
        )}
      </AgentState>
      {agent.pause && (
        <Text size="sm" component="div">
          <PauseTold person={agent.key} />
        </Text>
      )}
      <AbsenceTold person={agent.key} />
      {phone && <InCallWith agent={agent} />}
    </>
  );
}

function InCallWith({ agent }: { agent: LiveAgent }) {
  const { t } = useTranslation('boards');
  const call = useLive((state) => agent.calls.map((id) => state.calls[id]).find(Boolean));
  const agents = useLive((state) => state.agents);
  const led = useLive((state) => Object.values(state.calls).find((one) => leads(one, agent.key)));
  const leading = led?.supervised.find(({ person }) => person === agent.key);
  if (leading)
    return (
      <Text size="sm">
        {t(`leads.${leading.how}`, { name: (leading.member && agents[leading.member]?.name) || '–' })}
      </Text>
    );
  if (!call) return null;
  return (
    <Text size="sm" data-volatile>
      {otherParty(call, agent.key, (person) => agents[person]?.name) ?? t('withheld')}
    </Text>
  );
}

/** Whether somebody is with this conversation of others. */
const leads = (call: LiveCall, person: string) =>
  call.supervised.some((one) => one.person === person && one.how !== 'takes_over');

/** Whom somebody talks with: the caller, or the colleague or number at the other end. */
function otherParty(
  call: LiveCall,
  person: string,
  nameOf: (person: string) => string | undefined,
): string | null {
  const other = call.legs.find((leg) => leg.person !== person);
  if (other?.person) return nameOf(other.person) ?? other.party;
  if (call.caller_name) return call.caller_name;
  const number = other?.party || call.caller;
  return number ? phoneNumber(number) : null;
}
