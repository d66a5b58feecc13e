/** Text as it was written, with its addresses of the web as links. Nothing else in it means anything. */

const ADDRESS = /\bhttps?:\/\/[^\s<>"']+/gi;
/** What ends a sentence rather than an address. */
const AFTER = /[.,;:!?)\]]+$/;

interface Piece {
  text: string;
  href?: string;
}

export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const written = match[0].replace(AFTER, '');
    const href = safe(written);
    if (!href) continue;
    if (match.index > end) found.push({ text: text.slice(end, match.index) });
    found.push({ text: written, href });
    end = match.index + written.length;
  }
  if (end < text.length) found.push({ text: text.slice(end) });
  return found;
}

/** Only the web's own schemes, and no address that hides where it leads behind a user name. */
function safe(written: string): string | undefined {
  try {
    const url = new URL(written);
    const plain = /^https?:$/.test(url.protocol) && !url.username && !url.password;
    return plain ? url.href : undefined;
  } catch {
    return undefined;
  }
}

export function LinkedText({ children }: { children: string }) {
  return pieces(children).map(({ text, href }, index) =>
    href ? (
      <a key={index} href={href} target="_blank" rel="noopener noreferrer nofollow">
        {text}
      </a>
    ) : (
      <span key={index}>{text}</span>
    ),
  );
}
