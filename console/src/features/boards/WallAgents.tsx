import { useTranslation } from 'react-i18next';
import { AGENT_STATES, Dot } from '@/shared/components';
import { duration } from '@/shared/format';
import type { Board } from './useWallboard';
import classes from './wallboard.module.css';

interface Props {
  agents: NonNullable<Board['agents']>;
  at: string;
  age: number;
}

/** The staff who are logged in; those who are not are of no use to whoever looks at the wall. */
export function WallAgents({ agents, at, age }: Props) {
  const { t } = useTranslation(['boards', 'common']);
  const here = agents.filter(({ state }) => state !== 'logged_out');
  return (
    <ul className={classes.agents} aria-label={t('agents')}>
      {here.map((agent) => (
        <li key={agent.name}>
          <Dot {...(AGENT_STATES[agent.state] ?? { tone: 'quiet', shape: 'ring' })} />
          <span className={classes.agentName}>{agent.name}</span>
          <span data-volatile>
            {t(`common:agentState.${agent.state}`)}{' '}
            {agent.since && duration(Math.max(0, (Date.parse(at) - Date.parse(agent.since)) / 1000 + age))}
          </span>
        </li>
      ))}
      {!here.length && <li>{t('noAgents')}</li>}
    </ul>
  );
}
