/** What a colleague does now, and why and how long somebody is away. */
import { useTranslation } from 'react-i18next';
import { AgentState, Dot } from '@/shared/components/Marks';
import { type LiveAgent, useLive } from '@/shared/live/store';
import { inARow } from '@/shared/i18n';
import { useUnknown } from '@/shared/people/unnamed';
import { type Absence, ABSENCES, useUntil } from './absence';
import { usePauseName } from './pause';
import classes from './presence.module.css';

/** By the key of a colleague. */
export function Presence({ person }: { person: string }) {
  const agent = useLive((live) => live.agents[person]);
  return agent ? <PresenceOf agent={agent} /> : null;
}

/** In two short lines at most: who is away is shown as away, but for a call in progress. */
export function PresenceOf({ agent }: { agent: Pick<LiveAgent, 'state' | 'absence' | 'pause'> }) {
  const { t } = useTranslation();
  const untilOf = useUntil();
  const { absence, state } = agent;
  if (!absence && state === 'paused') return <Paused pause={agent.pause} />;
  if (!absence) return <AgentState state={state} />;
  const inCall = state === 'talking' || state === 'ringing';
  const kind = t(`absence.kinds.${absence.kind}`);
  const more = inARow([inCall && kind, untilOf(absence), absence.note]);
  return (
    <span className={classes.presence} title={more ? `${kind}: ${more}` : undefined}>
      {inCall ? <AgentState state={state} /> : <Away absence={absence} />}
      {more && <span className={classes.more}>{more}</span>}
    </span>
  );
}

function Paused({ pause }: { pause: LiveAgent['pause'] }) {
  const untilOf = useUntil();
  const nameOf = usePauseName();
  const more = pause ? inARow([nameOf(pause), untilOf({ until: pause.until })]) : '';
  return (
    <span className={classes.presence} title={more || undefined}>
      <AgentState state="paused" />
      {more && <span className={classes.more}>{more}</span>}
    </span>
  );
}

/** The kind of absence with its mark. */
export function Away({ absence }: { absence: Pick<Absence, 'kind'> }) {
  const { t } = useTranslation();
  return (
    <span className={classes.away}>
      <Dot {...ABSENCES[absence.kind]} />
      {t(`absence.kinds.${absence.kind}`)}
    </span>
  );
}

/** Why, until when and with which note, and who has said so when it was somebody else. */
export function AbsenceTold({ person }: { person: string }) {
  const untilOf = useUntil();
  const absence = useLive((live) => live.agents[person]?.absence);
  if (!absence) return null;
  const told = inARow([untilOf(absence), absence.note]);
  return (
    <div className={classes.told}>
      <Away absence={absence} />
      {told && <span>{told}</span>}
      <AbsenceBy person={person} />
    </div>
  );
}

/** Who has said that somebody is away, when it was somebody else. */
export function AbsenceBy({ person }: { person: string }) {
  const { t } = useTranslation();
  const unknown = useUnknown();
  const by = useLive(({ agents }) => {
    const setter = agents[person]?.absence?.by;
    return setter ? (agents[setter]?.name ?? unknown(setter)) : setter;
  });
  const own = useLive(({ agents }) => agents[person]?.absence?.by === person);
  if (by === undefined || own) return null;
  return <span className={classes.by}>{t('absence.by', { who: by ?? t('absence.program') })}</span>;
}
