"""Contacts in vCard 2.1, 3.0 and 4.0 (RFC 2426, RFC 6350), as telephones and mail programs send them."""

import quopri
import re
from collections.abc import Iterator, Mapping

import msgspec

from svarhus.domains.contacts.headings import Meaning, Value, kind_of_number
from svarhus.domains.contacts.model import NumberLabel
from svarhus.kit.errors import Fault


class Card(msgspec.Struct, frozen=True):
    """One of the file's cards."""

    line: int
    """On which it begins, from 1."""
    values: list[Value]
    raw: str
    fault: Fault | None = None


_PROPERTY = re.compile(r"^(?:([A-Za-z0-9-]+)\.)?([A-Za-z0-9-]+)((?:;[^:\"]*(?:\"[^\"]*\"[^:\"]*)*)?):(.*)$", re.DOTALL)
_SPLIT = {separator: re.compile(rf"(?<!\\){separator}") for separator in ";,"}
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_NUMBER = {
    NumberLabel.WORK: Meaning.WORK,
    NumberLabel.MOBILE: Meaning.MOBILE,
    NumberLabel.HOME: Meaning.HOME,
    NumberLabel.OTHER: Meaning.OTHER,
}
_PLAIN = {"FN": Meaning.NAME, "TITLE": Meaning.TITLE, "EMAIL": Meaning.EMAIL, "NOTE": Meaning.NOTES}
_OWN = frozenset({"NICKNAME", "BDAY", "URL", "ROLE", "IMPP", "GENDER", "ANNIVERSARY", "LANG"})
_LABEL = re.compile(r"^_\$!<(.*)>!\$_$")


def is_vcard(text: str) -> bool:
    return text.lstrip()[:20].upper().startswith("BEGIN:VCARD")


def cards_of(text: str) -> Iterator[Card]:
    """The cards of a file, one after the other."""
    begun: int | None = None
    lines: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        word = line.strip().upper()
        if word == "BEGIN:VCARD":
            if begun is not None:
                yield _unclosed(begun, lines)
            begun, lines = number, []
        elif word == "END:VCARD" and begun is not None:
            yield Card(begun, list(_values(lines)), _raw(lines))
            begun, lines = None, []
        elif begun is not None:
            lines.append(line)
    if begun is not None:
        yield _unclosed(begun, lines)


def _unclosed(begun: int, lines: list[str]) -> Card:
    wrong = Fault("card", "the card does not end", "Let it end with END:VCARD.", begun, "contact-card_end")
    return Card(begun, list(_values(lines)), _raw(lines), wrong)


def _raw(lines: list[str]) -> str:
    return "\r\n".join(["BEGIN:VCARD", *lines, "END:VCARD", ""])


def _values(lines: list[str]) -> Iterator[Value]:
    found = [match for each in _unfolded(lines) if (match := _PROPERTY.match(each))]
    labels = {match[1]: _label(match[4]) for match in found if match[1] and match[2].upper() == "X-ABLABEL"}
    named = any(match[2].upper() == "FN" and match[4].strip() for match in found)
    for match in found:
        parameters = _parameters(match[3])
        yield from _of(match[2].upper(), _text(match[4], parameters), parameters, labels.get(match[1], ""), named)


def _unfolded(lines: list[str]) -> Iterator[str]:
    """Whole lines. Quoted-printable ones go on after `=`, others where the next begins with a blank."""
    whole: list[str] = []
    for line in lines:
        if whole and whole[-1].endswith("=") and "QUOTED-PRINTABLE" in whole[0].upper():
            whole[-1] = whole[-1][:-1]
            whole.append(line)
        elif whole and line[:1] in {" ", "\t"}:
            whole.append(line[1:])
        else:
            yield "".join(whole)
            whole = [line]
    yield "".join(whole)


def _parameters(text: str) -> Mapping[str, str]:
    """By upper-case name, several values of one apart by blanks. Those of 2.1 have no name: they are types."""
    found: dict[str, str] = {}
    for each in text.split(";")[1:]:
        name, equals, value = each.partition("=")
        if not equals:
            bare = name.upper()
            name, value = ("ENCODING", bare) if bare in {"QUOTED-PRINTABLE", "BASE64"} else ("TYPE", name)
        value = value.strip('"').replace(",", " ")
        found[name.upper()] = f"{found.get(name.upper(), '')} {value}".strip()
    return found


def _text(value: str, parameters: Mapping[str, str]) -> str:
    if parameters.get("ENCODING", "").upper() != "QUOTED-PRINTABLE":
        return value
    raw = quopri.decodestring(value.encode("latin-1", "replace"))
    for encoding in (parameters.get("CHARSET", "utf-8"), "utf-8", "cp1252"):
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("latin-1")


def _of(name: str, value: str, parameters: Mapping[str, str], label: str, named: bool) -> Iterator[Value]:
    if name in _PLAIN:
        yield _PLAIN[name], name, _plain(value)
    elif name == "TEL":
        yield from _number(value, label or parameters.get("TYPE", ""))
    elif name == "N" and not named:
        family, given, middle, *_ = [*_parts(value), "", "", ""]
        yield Meaning.NAME, name, " ".join(filter(None, (given, middle, family)))
    elif name == "ORG":
        company, *departments = _parts(value)
        yield Meaning.COMPANY, name, company
        yield Meaning.DEPARTMENT, name, ", ".join(filter(None, departments))
    elif name == "ADR":
        yield from _address(_parts(value))
    elif name == "CATEGORIES":
        yield Meaning.TAGS, name, ",".join(_parts(value, ","))
    elif name in _OWN:
        yield Meaning.FIELD, label or name.capitalize(), _plain(value)


def _number(value: str, kind: str) -> Iterator[Value]:
    label, fax = kind_of_number(kind)
    yield (Meaning.FIELD, "Fax", _plain(value)) if fax else (_NUMBER[label], "TEL", value)


def _address(parts: list[str]) -> Iterator[Value]:
    """The town is the place; the whole address is kept beside it."""
    if len(parts) > 3 and parts[3]:
        yield Meaning.PLACE, "ADR", parts[3]
    whole = ", ".join(each.replace("\n", ", ") for each in parts if each)
    if whole and whole != (parts[3] if len(parts) > 3 else ""):
        yield Meaning.FIELD, "Address", whole


def _label(text: str) -> str:
    found = _LABEL.match(text.strip())
    return found[1] if found else text.strip()


def _parts(value: str, separator: str = ";") -> list[str]:
    return [_plain(each) for each in _SPLIT[separator].split(value)]


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text).strip()
