"""Who calls, who diverted the call and what was dialled, from the headers of a carrier's INVITE.

RFC 3325 (P-Asserted-Identity), RFC 3323 (Privacy), RFC 5806 (Diversion), RFC 7044 (History-Info), RFC 3966 (tel),
RFC 4694 (number portability). A header may come in several lines, or with several values in one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

CONCEALING = frozenset({"id", "user", "header"})
"""Values of Privacy by which a caller asks not to be shown."""

_named = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|([^<"]*))\s*<([^>]*)>(.*)', re.DOTALL)
_uri = re.compile(r"(?:sips?|tel):([^@?]*)(.*)", re.IGNORECASE | re.DOTALL)
_number = re.compile(r"\+?[0-9][0-9().\-]*")
_escaped = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True)
class Address:
    """One value of a header that names somebody."""

    user: str
    """The user part, or a tel URI's number, without their parameters."""
    name: str
    uri: str
    parameters: tuple[tuple[str, str], ...]
    """Behind the URI: names in lower case, and values."""

    def parameter(self, name: str) -> str | None:
        return dict(self.parameters).get(name)


@dataclass(frozen=True)
class Caller:
    """Who calls, as far as it is to be known."""

    number: str | None
    """As it was sent; None when it is withheld."""
    name: str


def addresses(lines: Sequence[str]) -> list[Address]:
    """All that these lines name, in their order. What cannot be read is left out."""
    found = (_address(value) for line in lines for value in _values(line))
    return [one for one in found if one is not None]


def caller(number: str, name: str, asserted: Sequence[str], privacy: str) -> Caller:
    """The asserted identity counts for more than what the engine made of From."""
    wishes = {word.strip().lower() for word in re.split(r"[;,]", privacy)}
    if wishes & CONCEALING:
        return Caller(None, "")
    for one in addresses(asserted):
        if _number.fullmatch(one.user):
            return Caller(one.user, one.name or (plain(name) if one.user == number else ""))
    return Caller(number or None, plain(name))


def plain(name: str) -> str:
    """A display name without the escapes of a quoted string (RFC 3261, 25.1), which the engine leaves in it.

    Quotes around it, which some exchanges put into it, are taken off as well.
    """
    unescaped = _escaped.sub(r"\1", name).strip()
    return unescaped[1:-1].strip() if len(unescaped) > 1 and unescaped[0] == unescaped[-1] == '"' else unescaped


def diverted_by(diversion: Sequence[str], history: Sequence[str], privacy: str) -> str | None:
    """The number that diverted the call to us last; None when there is none, or it asks not to be shown."""
    diverting = addresses(diversion)
    if diverting:
        hidden = (diverting[0].parameter("privacy") or "off").lower() != "off"
        return None if hidden else diverting[0].user or None
    entries = addresses(history)
    if "history" in privacy.lower() or not any(_was_retargeted(entry) for entry in entries[1:]):
        return None
    before = [entry for entry in entries[:-1] if entry.user != entries[-1].user]
    if not before or "privacy=history" in before[-1].uri.lower():
        return None
    return before[-1].user or None


def dialled(text: str) -> str:
    """What was dialled, out of a request URI's user part or a whole header, without parameters such as `npdi`."""
    if "<" in text or _uri.match(text.strip()):
        found = addresses([text])
        return found[0].user if found else ""
    return text.partition(";")[0]


def _was_retargeted(entry: Address) -> bool:
    """RFC 7044's tags, or the cause of RFC 4458 in the URI of the new target."""
    names = {name for name, _ in entry.parameters}
    return bool(names & {"rc", "mp"}) or ";cause=" in entry.uri.lower()


def _values(line: str) -> Iterator[str]:
    """Split at the commas that stand neither in quotes nor in angle brackets."""
    start, quoted, inside, skip = 0, False, False, False
    for place, letter in enumerate(line):
        if skip:
            skip = False
        elif quoted:
            skip, quoted = letter == "\\", letter != '"'
        elif letter == '"':
            quoted = not inside
        elif letter in "<>":
            inside = letter == "<"
        elif letter == "," and not inside:
            yield line[start:place]
            start = place + 1
    yield line[start:]


def _address(value: str) -> Address | None:
    named = _named.fullmatch(value)
    if named:
        quoted, token, uri, rest = named.groups()
        name = plain(quoted) if quoted is not None else token.strip()
    else:
        # Without angle brackets, what follows a semicolon belongs to the header.
        name, (uri, _, rest) = "", value.strip().partition(";")
    found = _uri.match(uri.strip())
    if found is None:
        return None
    user = found[1] if found[2].startswith("@") or uri.strip().lower().startswith("tel:") else ""
    return Address(_user(user), name, uri, tuple(_parameters(rest)))


def _user(text: str) -> str:
    """Without a tel URI's parameters, which may stand in a SIP URI's user part too, and without a password."""
    return unquote(text.partition(";")[0].partition(":")[0], errors="replace")


def _parameters(text: str) -> Iterator[tuple[str, str]]:
    for part in text.split(";"):
        name, _, value = part.strip().partition("=")
        if name:
            yield name.strip().lower(), value.strip().strip('"')
