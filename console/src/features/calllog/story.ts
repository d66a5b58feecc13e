/** What happened in a call, in words: from its journal, or from its record where one may not read the journal. */
import type { TFunction } from 'i18next';
import type { components } from '@/api/client';
import type { HouseNames } from '@/shared/directory';
import { clockTime, duration, phoneNumber } from '@/shared/format';

type Schemas = components['schemas'];
export type Fact = Schemas['FactShown'];
export type Details = Schemas['CallDetails'];

export interface Event {
  key: string;
  at: string;
  text: string;
  tone?: 'good' | 'bad';
}

type Translate = TFunction<'calllog'>;
type Body = Record<string, unknown>;
type Teller = (body: Body, words: Words) => string | { text: string; tone: 'good' | 'bad' } | null;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const figure = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** Finds the words: remembers who is at which leg. */
class Words {
  readonly t: Translate;
  readonly names: HouseNames;
  private readonly legs = new Map<string, { person: string; party: string; role: string }>();

  constructor(t: Translate, names: HouseNames) {
    this.t = t;
    this.names = names;
  }

  learn(body: Body): void {
    this.legs.set(text(body.leg), {
      person: text(body.person),
      party: text(body.party),
      role: text(body.role),
    });
  }

  role(leg: unknown): string {
    return this.legs.get(text(leg))?.role ?? '';
  }

  who(leg: unknown): string {
    const found = this.legs.get(text(leg));
    if (!found) return this.t('story.somebody');
    if (found.person) return this.names.person(found.person);
    return found.party ? phoneNumber(found.party) : this.t('withheld');
  }

  target(to: unknown): string {
    const { person, queue, number } = (to ?? {}) as Body;
    if (text(person)) return this.names.person(text(person));
    return text(queue) ? this.names.queue(text(queue)) : phoneNumber(text(number));
  }
}

const TELLERS: Record<string, Teller> = {
  call_began: ({ kind, caller, dialled }, { t, names }) =>
    t(`story.began.${text(kind)}`, {
      caller: text(caller) ? phoneNumber(text(caller)) : t('withheld'),
      number: names.number(text(dialled)),
    }),
  element_entered: ({ flow, element }, { t, names }) =>
    t('story.step', { flow: names.flow(text(flow)), element: text(element) }),
  key_pressed: ({ digit }, { t }) => t('story.key', { digit: text(digit) }),
  caller_listed: ({ caller_list }, { t, names }) =>
    t('story.listed', { list: names.list(text(caller_list)) }),
  category_given: ({ category }, { t, names }) =>
    t('story.category', { category: names.category(text(category)) }),
  queue_entered: ({ queue, position, staff }, { t, names }) =>
    t('story.queued', { queue: names.queue(text(queue)), position: figure(position), count: figure(staff) }),
  queue_left: ({ queue, outcome }, { t, names }) =>
    text(outcome) === 'answered'
      ? null
      : t('story.left', {
          queue: names.queue(text(queue)),
          why: t(`flowedOut.${text(outcome)}`, { defaultValue: text(outcome) }),
        }),
  offer_made: ({ person, by }, { t, names }) =>
    by
      ? t('story.assigned', { by: names.person(text(by)), who: names.person(text(person)) })
      : t('story.offered', { who: names.person(text(person)) }),
  place_raised: ({ by, raised }, { t, names }) =>
    t(raised ? 'story.raised' : 'story.lowered', { who: by ? names.person(text(by)) : '–' }),
  call_parked: ({ place }, { t }) => t('story.parked', { place: figure(place) }),
  offer_ended: ({ person, outcome }, { t, names }) =>
    ['answered', 'withdrawn'].includes(text(outcome))
      ? null
      : t(`story.offer.${text(outcome)}`, { who: names.person(text(person)) }),
  joined: ({ legs }, words) => ({
    text: words.t('story.joined', { who: (legs as unknown[]).map((leg) => words.who(leg)).join(', ') }),
    tone: 'good',
  }),
  leg_held: ({ leg, held }, words) => words.t(held ? 'story.held' : 'story.resumed', { who: words.who(leg) }),
  leg_ended: ({ leg, cause }, words) => {
    const speaks = ['caller', 'customer', 'member', 'target'].includes(words.role(leg));
    if (text(cause) === 'hung_up' && speaks) return words.t('story.hungUp', { who: words.who(leg) });
    const told = ['busy', 'declined', 'no_answer', 'unreachable', 'refused', 'media_lost', 'engine_failed'];
    if (!told.includes(text(cause)) || words.role(leg) === 'member') return null;
    return { text: words.t(`story.cause.${text(cause)}`, { who: words.who(leg) }), tone: 'bad' };
  },
  supervised: ({ person, how, member }, { t, names }) =>
    t(`story.supervised.${text(how)}`, {
      who: names.person(text(person)),
      member: member ? names.person(text(member)) : '',
      defaultValue: '',
    }) || null,
  consult_began: ({ by, to }, words) => words.t('story.asks', { who: words.who(by), whom: words.target(to) }),
  consult_ended: ({ completed, together }, { t }) =>
    t(together ? 'story.together' : completed ? 'story.asked' : 'story.notAsked'),
  transfer_began: ({ by, to }, words) =>
    words.t('story.transfers', { who: words.names.person(text(by)), whom: words.target(to) }),
  transfer_returning: (_, { t }) => ({ text: t('story.returns'), tone: 'bad' }),
  transfer_ended: ({ outcome }, { t }) => t(`story.transfer.${text(outcome)}`, { defaultValue: '' }) || null,
  recording_notice: (_, { t }) => t('story.recordingNotice'),
  recording_began: ({ owner }, { t }) =>
    t((owner as Body | undefined)?.type === 'call' ? 'story.recorded' : 'story.speaks'),
  recording_paused: ({ by }, { t, names }) => t('story.recordingPaused', { who: names.person(text(by)) }),
  recording_resumed: (_, { t }) => t('story.recordingResumed'),
  recording_ended: ({ why, seconds }, { t }) => {
    if (text(why) === 'failed') return { text: t('story.recordingFailed'), tone: 'bad' };
    return text(why) ? t('story.recordingEnded', { length: duration(figure(seconds)) }) : null;
  },
  voicemail_left: ({ seconds }, { t }) => t('story.message', { length: duration(figure(seconds)) }),
  booked: ({ at }, { t }) => t('story.booked', { at: clockTime(text(at)) }),
  attempt_began: ({ person }, { t, names }) => t('story.attempt', { who: names.person(text(person)) }),
  customer_dialled: (_, { t }) => t('story.dialled'),
  attempt_marked: ({ answered, by }, { t, names }) =>
    t(answered ? 'story.reached' : 'story.notReached', { who: names.person(text(by)) }),
  party_missing: ({ person }, { t, names }) => ({
    text: t('story.lost', { who: names.person(text(person)) }),
    tone: 'bad',
  }),
  call_closed: (_, { t }) => t('story.over'),
};

/** From the facts of the journal; what only the telephone exchange needs to know is left out. */
export function storyOf(facts: Fact[], names: HouseNames, t: Translate): Event[] {
  const words = new Words(t, names);
  const events: Event[] = [];
  for (const { seq, at, kind, body } of facts) {
    const known = body as Body;
    if (kind === 'leg_began') words.learn(known);
    const told = TELLERS[kind]?.(known, words);
    if (!told) continue;
    const said = typeof told === 'string' ? { text: told } : told;
    if (events.at(-1)?.text !== said.text) events.push({ key: String(seq), at, ...said });
  }
  return events;
}

/** From the record: stays in queues, and whose phones rang and answered. */
export function shortStoryOf(call: Details, names: HouseNames, t: Translate): Event[] {
  const began = TELLERS.call_began?.(call as unknown as Body, new Words(t, names));
  const events: Event[] = [{ key: 'began', at: call.began_at, text: String(began) }];
  for (const part of call.parts) {
    const queue = names.queue(part.queue);
    const { position, staff: count } = part;
    events.push({
      key: `in-${part.entered_at}`,
      at: part.entered_at,
      text: t('story.queued', { queue, position, count }),
    });
    if (part.left_at && part.outcome !== 'answered') {
      const why = t(`flowedOut.${part.outcome}`, { defaultValue: part.outcome });
      events.push({ key: `out-${part.left_at}`, at: part.left_at, text: t('story.left', { queue, why }) });
    }
  }
  for (const leg of call.legs) {
    if (leg.role === 'caller') continue;
    const who = leg.person ? names.person(leg.person) : phoneNumber(leg.party);
    events.push({ key: `ring-${leg.leg}`, at: leg.began_at, text: t('story.offered', { who }) });
    if (leg.answered_at) {
      const said = t('story.answered', { who });
      events.push({ key: `up-${leg.leg}`, at: leg.answered_at, text: said, tone: 'good' });
    }
  }
  events.push({ key: 'over', at: call.ended_at, text: t('story.over') });
  return events.sort((one, other) => one.at.localeCompare(other.at));
}
