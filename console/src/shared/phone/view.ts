/** My calls: what the server says of them, and what this page knows before the server does. */
import type { LiveAgent, LiveCall } from '@/shared/live/store';
import type { LocalCall } from './store';
import type { Consult, DeviceKind, PhoneCall } from './types';

/** What the phone's side of the server adds to a call and its legs. */
interface Additions {
  held?: boolean;
  consult?: {
    by: string;
    with: string;
    party: string;
    person: string | null;
    state: Consult['state'];
    since: string;
  } | null;
}
type Leg = LiveCall['legs'][number] & { device?: DeviceKind | null };

type People = Record<string, Pick<LiveAgent, 'name'>>;

/** The calls in which this person has a leg, the longest first; those that ring last. */
export function callsOf(
  person: string,
  live: Record<string, LiveCall>,
  local: Record<string, LocalCall>,
  people: People,
  device: DeviceKind,
): PhoneCall[] {
  const found: PhoneCall[] = [];
  for (const call of Object.values(live)) {
    const leg = (call.legs as readonly Leg[]).find((one) => one.person === person);
    if (leg && call.state !== 'ending') found.push(ofServer(call, leg, local[call.id], people, device));
  }
  for (const call of Object.values(local))
    if (!found.some(({ id }) => id === call.id)) found.push(ofPage(call));
  const rank = (call: PhoneCall) => (call.state === 'ringing' ? 1 : 0);
  return found.sort((one, other) => rank(one) - rank(other) || one.since.localeCompare(other.since));
}

function ofServer(
  call: LiveCall & Additions,
  mine: Leg,
  local: LocalCall | undefined,
  people: People,
  device: DeviceKind,
): PhoneCall {
  const other = call.legs.find((leg) => leg.leg !== mine.leg && leg.person !== mine.person);
  const out = mine.role === 'caller' || call.kind === 'outgoing' || call.kind === 'callback';
  const state = stateOf(call, mine, local, out);
  const number = out ? (other?.party ?? call.dialled) : call.caller;
  const colleague = other?.person ? people[other.person]?.name : undefined;
  return {
    id: call.id,
    state,
    direction: out ? 'out' : 'in',
    number: number || null,
    name: colleague ?? (out ? '' : call.caller_name),
    queue: call.queue ?? null,
    dialled: call.dialled,
    since: (state === 'ringing' ? local?.since : call.talking_since) ?? local?.since ?? call.began_at,
    device: mine.device ?? (local ? 'browser' : device),
    answerable: local?.state === 'ringing' && !local.byItself,
    muted: local?.muted ?? false,
    mutable: local?.state === 'talking',
    consult: call.consult && call.consult.by === mine.person ? consultOf(call.consult, people) : null,
  };
}

function stateOf(
  call: LiveCall & Additions,
  mine: Leg,
  local: LocalCall | undefined,
  out: boolean,
): PhoneCall['state'] {
  const answered = local?.state === 'talking';
  if (mine.state === 'ringing' && !answered) return out || local?.byItself ? 'dialling' : 'ringing';
  const others = call.legs.filter((leg) => leg.person !== mine.person);
  if (!call.consult && others.length && others.every((leg) => leg.state === 'held')) return 'held';
  const talking = mine.state === 'talking' || mine.state === 'held' || (answered && !out);
  return talking ? 'talking' : 'dialling';
}

function consultOf(consult: NonNullable<Additions['consult']>, people: People): Consult {
  const name = (consult.person && people[consult.person]?.name) || consult.party;
  return { name, state: consult.state, since: consult.since };
}

function ofPage(call: LocalCall): PhoneCall {
  return {
    id: call.id,
    state:
      call.state === 'ringing' && call.byItself ? 'dialling' : call.state === 'ended' ? 'ending' : call.state,
    direction: call.direction,
    number: call.number,
    name: call.name,
    queue: null,
    dialled: '',
    since: call.since,
    device: 'browser',
    answerable: call.state === 'ringing' && !call.byItself,
    muted: call.muted,
    mutable: call.state === 'talking',
    consult: null,
  };
}
