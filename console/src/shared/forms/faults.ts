/** The faults that the server found, each at its field and in the reader's language where we have the words. */
import i18next from 'i18next';
import { type Problem, ProblemError } from '@/api/client';
import { normalised } from './schema';

export interface PlacedFault {
  /** Path in the form; null: it is about something else in the organisation. */
  path: string | null;
  /** Where it is in the document. */
  where: string;
  message: string;
}

type Fault = Problem['faults'][number];

/** The server's sentences, and the texts of `forms` in their place; the groups stand in `{{0}}`, `{{1}}` … */
const SENTENCES: [RegExp, string][] = [
  [/^`(.+)` is taken by `(.+)`; people, queues and trunks share one plan$/, 'takenExtension'],
  [/^the (?:key|number) `(.+)` is taken by /, 'takenKey'],
  [/^the e-mail address `(.+)` is taken by /, 'takenEmail'],
  [/^`(.+)` is taken in this installation$/, 'takenHere'],
  [/^nobody is administrator$/, 'noAdministrator'],
  [/^`(.+)` is not possible in the field `(.+)`$/, 'notInField'],
  [/^the tag `(.+)` beside it has the same name$/, 'sameName'],
  [/^the tag `(.+)` above it is not for the queue `(.+)`$/, 'tagQueue'],
  [/^`(.+)` is above itself$/, 'aboveItself'],
  [/^the tag is on level (\d+)$/, 'tooDeep'],
  [/^there is no (?:\w+ ?)+ `(.+)`$/, 'notThere'],
  [/^`(.+)` cannot be a telephone number$/, 'noNumber'],
  [/^(\S+-\S+) overlaps (\S+-\S+) \((.+)\)$/, 'overlaps'],
  [/^the (?:span|period) ends at (\S+), which is not after (\S+)$/, 'endsBefore'],
  [/^the last day (\S+) is before the first (\S+)$/, 'lastBeforeFirst'],
  [/^last_day (\S+) is before first_day (\S+)$/, 'lastBeforeFirst'],
  [/^`(.+)` is a member already/, 'memberTwice'],
  [/^`(.+)` is named (?:already|twice)/, 'namedTwice'],
  [/^`(.+)` cannot be rung: there is no extension$/, 'cannotBeRung'],
  [/^`(.+)` is neither an address nor a network$/, 'noAddress'],
  [/^`(.+)` is an address inside a network$/, 'insideNetwork'],
  [/^this lets calls in from the whole internet$/, 'wholeInternet'],
  [/^give a host, the addresses/, 'trunkNowhere'],
  [/^to register with the carrier, give host and username$/, 'registerNeeds'],
  [/^to let the other side register, give a username$/, 'acceptNeeds'],
  [/^the text holds a control character$/, 'controlCharacter'],
  [/^nobody can be called back: outgoing calls have no trunk$/, 'noOutgoingTrunk'],
  [/^a number outside cannot be rung: outgoing calls have no trunk$/, 'noOutgoingTrunk'],
  [/^the queue `(.+)` takes no bookings$/, 'noBookings'],
  [/^`(.+)` has no exit `(.+)`$/, 'noExit'],
  [/^no caller can reach `(.+)`$/, 'unreachable'],
];

/** The faults of a refused change. `own`: the beginning of the path of what was being changed, `queues[2]`. */
export function placed(error: unknown, own: string): PlacedFault[] {
  if (!(error instanceof ProblemError)) return [];
  return error.problem.faults.map((fault) => ({
    path: pathInForm(fault.path, own),
    where: fault.path,
    message: words(fault),
  }));
}

function pathInForm(path: string, own: string): string | null {
  if (path === own || path === 'body') return '';
  if (path.startsWith(`${own}.`)) return path.slice(own.length + 1);
  return path.startsWith('body.') ? normalised(path) : null;
}

function words({ message, remedy }: Fault): string {
  for (const [sentence, key] of SENTENCES) {
    const found = sentence.exec(message);
    if (found) return i18next.t(`forms:faults.${key}`, { ...found.slice(1) });
  }
  return [message, remedy].filter(Boolean).join('. ');
}
