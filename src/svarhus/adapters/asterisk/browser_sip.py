"""What a browser's phone may say, read strictly and written anew.

Nothing is passed on as it came: of two programs that read the same bytes, one may see two messages or another sender
where the other sees none. So a message is taken apart here, whatever is not known is left out or refused, and
Asterisk gets a message of our own making. RFC 3261; RFC 7118 for one message a frame.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

LONGEST = 65_536
"""Characters of a message. An offer with many candidates is about 4,000."""

MOST_HEADERS = 60
LONGEST_LINE = 2_000

METHODS = frozenset({"REGISTER", "INVITE", "ACK", "BYE", "CANCEL", "INFO", "UPDATE", "OPTIONS"})

BODIES = frozenset({"application/sdp", "application/dtmf-relay"})

SHORT = {
    "v": "via",
    "f": "from",
    "t": "to",
    "i": "call-id",
    "m": "contact",
    "l": "content-length",
    "c": "content-type",
    "k": "supported",
    "x": "session-expires",
}
"""Compact names of headers (RFC 3261, 7.3.3)."""

_word = r"[A-Za-z0-9\-.!%*_+`'~]+"
_host = r"(?:[A-Za-z0-9\-.]{1,255}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?"
_user = r"(?:[A-Za-z0-9\-_.!~*'()&=+$,/]|%[0-9A-Fa-f]{2}){1,80}"
_parameter = rf"(?:;{_word}(?:={_word})?)"
_printable = re.compile(r"[\x20-\x7e\x80-\U0010ffff]*").fullmatch
_list = re.compile(r"[A-Za-z0-9\-.+/*;=, ]{0,500}").fullmatch
_name = re.compile(_word).fullmatch
_request = re.compile(rf"([A-Z]+) sip:(?:({_user})@)?({_host})({_parameter}{{0,8}}) SIP/2\.0").fullmatch
_response = re.compile(r"SIP/2\.0 ([1-6][0-9]{2}) ([\x20-\x7e]{0,80})").fullmatch
_via = re.compile(rf"SIP/2\.0/(?:WSS?|TCP|TLS) {_host}{_parameter}{{0,12}}").fullmatch
_party = re.compile(
    rf'(?:"(?:[^"\\]|\\.){{0,200}}"|[A-Za-z0-9\-.!%*_+`\'~ ]{{0,200}})[ ]*'
    rf"<sip:(?:({_user})@)?({_host})((?:;{_word}(?:=[A-Za-z0-9\-.!%*_+`'~:\[\]]+)?){{0,8}})>[ ]*(?:;tag=({_word}))?"
).fullmatch
_contact = re.compile(
    rf"<sip:({_user})@([A-Za-z0-9\-]{{1,60}}\.invalid)(?:;(?:transport=wss?|ob))*>"
    rf'((?:;(?:\+sip\.ice|reg-id=[0-9]{{1,4}}|expires=[0-9]{{1,7}}|\+sip\.instance="<urn:uuid:[0-9A-Fa-f\-]{{36}}>"))*)'
).fullmatch
_call_id = re.compile(r"[A-Za-z0-9\-.!%*_+'~@]{1,128}").fullmatch
_sequence = re.compile(r"([0-9]{1,10}) ([A-Z]+)").fullmatch
_digest = re.compile(r'(?:^Digest |, *)([a-z]+)=("[\x20\x21\x23-\x5b\x5d-\x7e]{0,300}"|[A-Za-z0-9\-]{1,100})')
_number = re.compile(r"[0-9]{1,10}").fullmatch
_interval = re.compile(r"[0-9]{1,10}(?:;refresher=ua[cs])?").fullmatch
_media_type = re.compile(r"([a-z]+/[a-z\-]+)(?:;[ ]*charset=[A-Za-z0-9\-]+)?", re.IGNORECASE).fullmatch
_lines = re.compile(r"[\x20-\x7e\x80-\U0010ffff\t\r\n]*").fullmatch
_hidden = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\.local")

DIGEST = ("username", "realm", "nonce", "uri", "response", "algorithm", "cnonce", "opaque", "qop", "nc")

NAMES = {
    name.lower(): name
    for name in (
        "Via",
        "Max-Forwards",
        "From",
        "To",
        "Call-ID",
        "CSeq",
        "Contact",
        "Expires",
        "Authorization",
        "Proxy-Authorization",
        "Allow",
        "Supported",
        "Accept",
        "Session-Expires",
        "Min-SE",
        "User-Agent",
        "Content-Type",
    )
}
"""Headers that are passed on, as they are written. All others are left out."""

NEEDED = ("via", "from", "to", "call-id", "cseq")

Headers = Mapping[str, str]
"""By their long names in lower case."""


@dataclass(frozen=True)
class Speaker:
    """For whom a browser may speak."""

    user: str
    """SIP user name, which is the only one."""
    targets: frozenset[str] | None = None
    """The only numbers that may be called; None for no such limit."""


@dataclass(frozen=True)
class Party:
    user: str
    host: str
    parameters: str
    tag: str

    def __str__(self) -> str:
        at = f"{self.user}@" if self.user else ""
        return f"<sip:{at}{self.host}{self.parameters}>" + (f";tag={self.tag}" if self.tag else "")


@dataclass(frozen=True)
class Message:
    """One message that can be written in one way only."""

    start: str
    method: str
    """Empty for an answer."""
    target: str
    """User part of the request URI."""
    sender: Party
    receiver: Party
    contact: str
    """Its user part; empty without one, or for `*`."""
    signs_as: tuple[str, ...]
    """User names for which a password is proved."""
    headers: Headers
    body: str

    @property
    def attempt(self) -> tuple[str, str] | None:
        """What the answer to a message with a proof of a password can be known by: Call-ID and CSeq."""
        return (self.headers["call-id"], self.headers["cseq"]) if self.signs_as else None

    def is_of(self, speaker: Speaker) -> bool:
        """Whether this speaker may say it."""
        own = _own_or_opaque if speaker.targets is None else _own
        if any(name != speaker.user for name in self.signs_as) or not own(speaker, self.contact):
            return False
        if not self.method:
            return True
        if self.receiver.tag and self.method != "REGISTER":
            # Within a call; who was called is named there by the contact.
            return own(speaker, self.sender.user)
        if self.sender.user != speaker.user:
            return False
        match self.method:
            case "REGISTER":
                return self.receiver.user == speaker.user and not self.target
            case "INVITE" | "CANCEL" | "ACK":
                allowed = speaker.targets is None or self.target in speaker.targets
                return allowed and self.receiver.user == self.target
            case _:
                return speaker.targets is None

    def written(self, address: str = "") -> str:
        """The message anew. With `address`, it stands where the browser hides its own behind a name (RFC 8828, mDNS):
        Asterisk can look these names up nowhere, and begins no connection without a candidate."""
        body = _hidden.sub(address, self.body) if address else self.body
        lines = [self.start, *(f"{NAMES[name]}: {value}" for name, value in self.headers.items())]
        return "\r\n".join([*lines, f"Content-Length: {len(body.encode())}", "", body])


def is_sign_of_life(text: str) -> bool:
    """Line ends that say only that somebody is there (RFC 5626, 3.5.1)."""
    return not text.strip("\r\n")


def read(text: str) -> Message | None:
    """None for whatever is not one whole message as browsers' phones write it."""
    head, gap, body = text.partition("\r\n\r\n")
    start, *lines = head.split("\r\n")
    headers = _headers(lines) if gap and len(text) <= LONGEST else None
    if headers is None or any(name not in headers for name in NEEDED):
        return None
    sender, receiver = _read_party(headers["from"]), _read_party(headers["to"])
    contact = _read_contact(headers.get("contact"))
    signs = [_read_digest(headers[name]) for name in ("authorization", "proxy-authorization") if name in headers]
    if sender is None or receiver is None or contact is None or not _fits(headers, body):
        return None
    proofs = [one for one in signs if one is not None]
    if len(proofs) != len(signs):
        return None
    request, answer = _request(start), _response(start)
    method = str(request[1]) if request else ""
    if not (answer or method in METHODS) or (method and headers["cseq"].split(" ")[1] != method):
        return None
    return Message(
        start=_start(request, receiver) if request else start,
        method=method,
        target=(request[2] or "") if request else "",
        sender=sender,
        receiver=receiver,
        contact=contact,
        signs_as=tuple(proofs),
        headers={**headers, "from": str(sender), "to": str(receiver)},
        body=body,
    )


def _start(request: re.Match[str], receiver: Party) -> str:
    """Parameters of a request URI belong to a call that exists: a new one cannot name a registration by one."""
    method, user, host, parameters = request.groups()
    at = f"{user}@" if user else ""
    return f"{method} sip:{at}{host}{parameters if receiver.tag else ''} SIP/2.0"


def _headers(lines: list[str]) -> dict[str, str] | None:
    """What is passed on; None when it is not written as browsers' programs do, or a header comes twice."""
    found: dict[str, str] = {}
    if len(lines) > MOST_HEADERS:
        return None
    for line in lines:
        said, colon, value = (part.strip(" ") for part in line.partition(":"))
        if len(line) > LONGEST_LINE or not _printable(line) or not colon or not _name(said):
            return None
        name = SHORT.get(said.lower(), said.lower())
        if name not in NAMES:
            continue
        if name in found or not CHECKS[name](value):
            return None
        found[name] = value
    return found


CHECKS: Mapping[str, Callable[[str], object]] = {
    **dict.fromkeys(NAMES, _list),
    "via": _via,
    "from": _party,
    "to": _party,
    "call-id": _call_id,
    "cseq": _sequence,
    "contact": lambda value: value == "*" or _contact(value),
    "max-forwards": _number,
    "expires": _number,
    "min-se": _number,
    "session-expires": _interval,
    "content-type": _media_type,
    "authorization": lambda value: value.startswith("Digest "),
    "proxy-authorization": lambda value: value.startswith("Digest "),
}


def _fits(headers: Headers, body: str) -> bool:
    """The body is text of a kind that is known, and there is one only where its kind is said."""
    kind = _media_type(headers.get("content-type", ""))
    if not body:
        return True
    return kind is not None and kind[1].lower() in BODIES and _lines(body) is not None


def _read_party(value: str) -> Party | None:
    found = _party(value)
    return Party(found[1] or "", found[2], found[3], found[4] or "") if found else None


def _read_contact(value: str | None) -> str | None:
    if value is None or value == "*":
        return ""
    found = _contact(value)
    return found[1] if found else None


def _read_digest(value: str) -> str | None:
    """For whom a password is proved; None unless it is said once, and nothing is said that is not known."""
    found = [(name, text.strip('"')) for name, text in _digest.findall(value)]
    names = [name for name, _ in found]
    whole = "".join(match[0] for match in _digest.finditer(value)) == value
    if not whole or len(set(names)) != len(names) or not set(names) <= set(DIGEST):
        return None
    return dict(found).get("username")


def _own(speaker: Speaker, user: str) -> bool:
    return user in ("", speaker.user)


def _own_or_opaque(speaker: Speaker, user: str) -> bool:
    """Pages of before name themselves by eight random letters and digits."""
    return _own(speaker, user) or (len(user) == 8 and user.isalnum() and not user.isdigit())
