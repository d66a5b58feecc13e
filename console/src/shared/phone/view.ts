/** My calls: what the server says of them, and what this page knows before the server does. */
import type { LiveAgent, LiveCall } from '@/shared/live/store';
import type { LocalCall } from './store';
import type { Way } from './supervision';
import type { Consult, DeviceKind, PhoneCall, Recorded } from './types';

type Leg = LiveCall['legs'][number];

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
    const leg =
      call.legs.find((one) => one.person === person) ?? goingOn(call, person) ?? listening(call, person);
    if (leg && call.state !== 'ending') found.push(ofServer(call, leg, local[call.id], people, device));
  }
  for (const call of Object.values(local))
    if (!found.some(({ id }) => id === call.id)) found.push(ofPage(call));
  const rank = (call: PhoneCall) => (call.state === 'ringing' ? 1 : 0);
  return found.sort((one, other) => rank(one) - rank(other) || one.since.localeCompare(other.since));
}

/** The colleague who has taken a call that rang for this person too; undefined when nobody has. */
export function takenBy(call: LiveCall | undefined, person: string): string | undefined {
  if (call?.state !== 'talking') return undefined;
  const taker = call.legs.find((leg) => leg.role === 'member' && leg.state !== 'ringing');
  return taker?.person && taker.person !== person ? taker.person : undefined;
}

/** After a reload the call goes on while this page is dialled anew. */
function goingOn(call: LiveCall, person: string): Leg | undefined {
  if (call.missing !== person) return undefined;
  return { leg: '', party: '', person, role: 'member', state: 'talking', device: 'browser' };
}

/** Who only listens has no leg that is shown to all. */
function listening(call: LiveCall, person: string): Leg | undefined {
  const mine = call.supervised.find((one) => one.person === person);
  if (!mine) return undefined;
  const state = mine.state === 'ringing' ? 'ringing' : 'talking';
  return { leg: '', party: '', person, role: 'supervisor', state, device: null };
}

const UNHEARD: readonly Way[] = ['listens', 'whispers'];

function supervisionOf(call: LiveCall, person: string | null, people: People): PhoneCall['supervision'] {
  const mine = call.supervised.find((one) => one.person === person);
  if (!mine || mine.how === 'takes_over') return null;
  const member = (mine.member && people[mine.member]?.name) || '';
  return { how: mine.how, member, unheard: UNHEARD.includes(mine.how) };
}

function ofServer(
  call: LiveCall,
  mine: Leg,
  local: LocalCall | undefined,
  people: People,
  device: DeviceKind,
): PhoneCall {
  const asked = call.consult?.person === mine.person ? call.consult : null;
  const other = call.legs.find(
    (leg) => leg.leg !== mine.leg && leg.person !== mine.person && leg.leg !== call.consult?.leg,
  );
  // Who has kept the place is called when it has been answered: until then it is a call of the queue.
  const atTurn = call.kept && mine.state === 'ringing';
  const out = !atTurn && (mine.role === 'caller' || call.kind === 'outgoing' || call.kind === 'callback');
  const state = stateOf(call, mine, local, out);
  const number = out ? other?.party || call.dialled || call.caller : call.caller;
  const colleague = asked ? asked.by : (other?.person ?? null);
  const name = colleague ? people[colleague]?.name : undefined;
  return {
    id: call.id,
    state,
    direction: out ? 'out' : 'in',
    // Who is asked sees the customer beside the colleague who asks.
    number: number || null,
    name: name ?? (out ? '' : call.caller_name),
    queue: call.queue ?? null,
    kept: atTurn,
    dialled: call.dialled,
    since: sinceOf(call, state, mine.person) ?? local?.since ?? call.began_at,
    device: (mine.device as DeviceKind | null) ?? (local ? 'browser' : device),
    answerable: local?.state === 'ringing' && !local.byItself,
    muted: local?.muted ?? false,
    silence: local?.silence ?? null,
    mutable: local?.state === 'talking',
    conference: call.conference ? othersIn(call, mine).map((leg) => nameOf(leg, call, people)) : [],
    supervision: supervisionOf(call, mine.person, people),
    supervisedBy: call.supervised
      .filter((one) => one.person !== mine.person && one.state === 'up' && one.told)
      .filter((one) => UNHEARD.includes(one.how))
      .map(({ person, how }) => ({ who: (person && people[person]?.name) || '', how })),
    consult: call.consult && call.consult.by === mine.person ? consultOf(call.consult, people) : null,
    recorded: call.recording
      ? { state: call.recording.state as Recorded['state'], endable: Boolean(call.recording.asked_by) }
      : null,
    recordable: call.may_be_recorded ?? null,
  };
}

const othersIn = (call: LiveCall, mine: Leg) =>
  call.legs.filter((leg) => leg.leg !== mine.leg && leg.person !== mine.person);

/** A colleague's name; of others the number, or the name with which they came. */
function nameOf(leg: Leg, call: LiveCall, people: People): string {
  const colleague = leg.person ? people[leg.person]?.name : undefined;
  return colleague ?? (leg.role === 'caller' && call.caller_name ? call.caller_name : leg.party);
}

function sinceOf(call: LiveCall, state: PhoneCall['state'], person: string | null): string | null {
  if (state === 'held') return call.held_since ?? call.talking_since;
  if (state !== 'talking') return null;
  // Who was asked or handed the call came into it later than the others.
  const own = call.path.findLast((step) => step.kind === 'person' && step.key === person && !step.until);
  return own?.at ?? call.talking_since;
}

function stateOf(call: LiveCall, mine: Leg, local: LocalCall | undefined, out: boolean): PhoneCall['state'] {
  const answered = local?.state === 'talking';
  // An own dial rings at my phone first: in the browser it is answered by itself, at a desk phone by me.
  const byItself = local ? local.byItself : out && mine.device === 'browser';
  if (mine.state === 'ringing' && !answered) return byItself ? 'dialling' : 'ringing';
  if (mine.state === 'away') return 'held';
  const others = call.legs.filter((leg) => leg.person !== mine.person);
  if (mine.role === 'supervisor' && mine.leg === '') return 'talking';
  if (!call.consult && others.length && others.every((leg) => leg.state === 'held')) return 'held';
  const talking = mine.state === 'talking' || mine.state === 'held' || (answered && !out);
  return talking ? 'talking' : 'dialling';
}

function consultOf(consult: NonNullable<LiveCall['consult']>, people: People): Consult {
  const name = (consult.person && people[consult.person]?.name) || consult.party;
  return { name, state: consult.state as Consult['state'], since: consult.since };
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
    kept: false,
    dialled: '',
    since: call.since,
    device: 'browser',
    answerable: call.state === 'ringing' && !call.byItself,
    muted: call.muted,
    silence: call.silence,
    mutable: call.state === 'talking',
    conference: [],
    supervision: null,
    supervisedBy: [],
    consult: null,
    recorded: null,
    // Nothing is known of it before the server has told of the call.
    recordable: false,
  };
}
