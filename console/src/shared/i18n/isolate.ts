/** Names are written from left to right or from right to left; neither may turn around what stands beside it.
 *
 * A number after a name in Arabic would be shown before it, and its groups in the wrong order (Unicode UAX #9). In the
 * page's elements a rule of `base.css` keeps each inline element to itself; in strings put together it is this.
 */

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
/** Marks that change the direction of what comes after them. */
const CONTROLS = /[\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]/gu;

/** The text, such that it can stand in any sentence. */
export function isolated(text: string): string {
  const plain = text.replace(CONTROLS, '');
  return RIGHT_TO_LEFT.test(plain) ? FIRST_STRONG_ISOLATE + plain + POP_ISOLATE : plain;
}

/** What there is of these, one after the other, each by itself. */
export function inARow(parts: readonly (string | null | undefined | false)[], between = ' · '): string {
  return parts
    .filter((part): part is string => Boolean(part))
    .map(isolated)
    .join(between);
}
