"""Contacts from a file with comma-separated values (RFC 4180), as spreadsheets and other systems write them.

Any of the usual separators and encodings is understood. Columns are known by their headings in Swedish, English,
Norwegian, Danish and Finnish; a column that is not known becomes an own field, so that nothing is lost.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from svarhus.domains.contacts.checking import checked
from svarhus.domains.contacts.errors import UnreadableFile
from svarhus.domains.contacts.folding import folded
from svarhus.domains.contacts.model import ContactCard, ContactId, NumberLabel
from svarhus.kit.errors import Fault

MOST_LINES = 50_000
_SAMPLE = 10_000
"""Characters in which the separator is looked for."""

_HEADINGS: Mapping[str, str] = {
    "id": "id",
    **dict.fromkeys(("name", "namn", "navn", "nimi", "full name", "display name", "visningsnamn"), "name"),
    **dict.fromkeys(("first name", "fornamn", "fornavn", "etunimi", "given name"), "first_name"),
    **dict.fromkeys(("last name", "efternamn", "etternavn", "efternavn", "sukunimi", "surname"), "last_name"),
    **dict.fromkeys(("company", "foretag", "firma", "bedrift", "virksomhed", "yritys", "organisation"), "company"),
    **dict.fromkeys(("title", "titel", "tittel", "stilling", "titteli", "job title", "befattning"), "title"),
    **dict.fromkeys(("department", "avdelning", "avdeling", "afdeling", "osasto", "enhet"), "department"),
    **dict.fromkeys(("place", "ort", "stad", "sted", "by", "paikkakunta", "city", "plats"), "place"),
    **dict.fromkeys(("email", "e mail", "e post", "epost", "sahkoposti", "mail", "e postadress"), "email"),
    **dict.fromkeys(("tags", "taggar", "etiketter", "tagit", "tunnisteet", "tagg"), "tags"),
    **dict.fromkeys(("notes", "anteckningar", "anteckning", "notater", "noter", "muistiinpanot", "note"), "notes"),
    **dict.fromkeys(
        ("number", "nummer", "numero", "telefon", "phone", "telefonnummer", "puhelin", "work", "arbete", "telephone"),
        NumberLabel.WORK.value,
    ),
    **dict.fromkeys(
        ("mobile", "mobil", "mobiltelefon", "matkapuhelin", "cell", "mobilnummer"), NumberLabel.MOBILE.value
    ),
    **dict.fromkeys(("home", "hem", "hjem", "koti", "hemtelefon", "home phone"), NumberLabel.HOME.value),
    **dict.fromkeys(("other", "annat", "annan", "annen", "andet", "muu", "other number"), NumberLabel.OTHER.value),
}
_NUMBERS = (NumberLabel.WORK, NumberLabel.MOBILE, NumberLabel.HOME, NumberLabel.OTHER)


class Line(msgspec.Struct, frozen=True):
    """A line of the file that can be kept."""

    line: int
    """From 1, the headings included."""
    id: ContactId | None
    card: ContactCard


class Read(msgspec.Struct, frozen=True):
    """What a file says."""

    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]
    """Each with its line."""
    columns: tuple[tuple[str, str], ...]
    """The headings, and what each was taken for: `name`, `mobile`, ... or `field`."""
    faulty: str
    """The lines with faults as they are, with the headings: to be mended and sent again."""


def read_contacts(file: bytes, country: str) -> Read:
    """The contacts of a file. UnreadableFile when it is none."""
    rows = list(_rows(_text(file)))
    if not rows:
        raise UnreadableFile("The file is empty.", "The first line holds the headings of the columns.")
    headings = _headings(rows[0][1])
    kinds = _kinds(headings)
    if not {"name", "first_name", "last_name", "company"} & set(kinds):
        raise UnreadableFile(
            "No column has the names.", "Let the first line hold headings such as Namn;Företag;Telefon;E-post."
        )
    if len(rows) - 1 > MOST_LINES:
        raise UnreadableFile(f"There are {len(rows) - 1:,} lines.", f"Send at most {MOST_LINES:,} at a time.")
    lines, faults, faulty = [], [], [rows[0][1]]
    for number, row in rows[1:]:
        line, wrong = _line(number, row, headings, kinds, country)
        if wrong:
            faults += wrong
            faulty.append(row)
        elif line is not None:
            lines.append(line)
    columns = tuple((heading, kind or "field") for heading, kind in zip(headings, kinds, strict=True))
    return Read(tuple(lines), tuple(faults), columns, _written(faulty) if len(faulty) > 1 else "")


def _text(file: bytes) -> str:
    """UTF-8 with or without a mark, UTF-16 with one, else what Windows writes in Western Europe."""
    marked = file.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ("utf-16",) if marked else ("utf-8-sig", "cp1252", "latin-1")
    for encoding in encodings:
        try:
            text = file.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableFile("The file is not text.", "Save it as CSV with UTF-8 in the spreadsheet.")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty, with the number of the line on which each ends."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    try:
        for row in reader:
            if any(value.strip() for value in row):
                yield reader.line_num, row
    except csv.Error as error:
        raise UnreadableFile(
            f"Line {reader.line_num} cannot be read: {error}.", "Save the file as CSV anew."
        ) from error


def _separator(text: str) -> str:
    first = text[:_SAMPLE].lstrip().partition("\n")[0]
    return max(";,\t|", key=first.count)


def _headings(row: Sequence[str]) -> list[str]:
    """The headings; the second of two that are alike and not known gets a number, so that both columns are kept."""
    found: list[str] = []
    for heading in (each.strip() for each in row):
        number = 2
        shown = heading
        while heading and shown in found and not _kind(heading):
            shown, number = f"{heading} {number}", number + 1
        found.append(shown)
    return found


def _kind(heading: str) -> str:
    return _HEADINGS.get(folded(heading).rstrip(" 1."), "")


def _kinds(headings: Sequence[str]) -> list[str]:
    """What each column is; empty for one that is not known. Of two of a kind, the second is an own field."""
    found: list[str] = []
    for heading in headings:
        kind = _kind(heading)
        many = kind in {label.value for label in _NUMBERS}
        found.append(kind if many or kind not in found else "")
    return found


def _line(
    number: int, row: Sequence[str], headings: Sequence[str], kinds: Sequence[str], country: str
) -> tuple[Line | None, list[Fault]]:
    if len(row) > len(headings) and any(value.strip() for value in row[len(headings) :]):
        few = f"there are {len(row)} values, but {len(headings)} headings"
        return None, [Fault("line", few, "Put values that hold the separator in quotation marks.", number)]
    values = [(kind, heading, _plain(value)) for kind, heading, value in zip(kinds, headings, row, strict=False)]
    one = {kind: value for kind, _, value in values if kind}
    fields = {heading: value for kind, heading, value in values if not kind and value}
    if any(not heading for heading in fields):
        return None, [Fault("line", "a column with values has no heading", "Give it one.", number)]
    name = one.get("name") or " ".join(filter(None, (one.get("first_name"), one.get("last_name"))))
    card, faults = checked(
        name=name or one.get("company", ""),
        texts={key: one.get(key, "") for key in ("company", "title", "department", "place", "email", "notes")},
        numbers=[(value, NumberLabel(kind)) for kind, _, value in values if kind in _NUMBERS and value],
        tags=one.get("tags", "").split(","),
        fields=fields,
        country=country,
    )
    if card is None:
        return None, [Fault(fault.path, fault.message, fault.remedy, number) for fault in faults]
    return Line(number, ContactId(one["id"]) if one.get("id") else None, card), []


# ------------------------------------------------------------------ writing

_COLUMNS = ("id", "name", "company", "title", "department", "place", "email")
"""First headings of an export; numbers, tags, notes and own fields follow."""


def write_contacts(contacts: Iterable[tuple[str, ContactCard]]) -> str:
    """A file that `read_contacts` understands, as spreadsheets in Europe open it: semicolons, UTF-8 with a mark."""
    cards = list(contacts)
    labels = sorted({label for _, card in cards for label in card.fields}, key=str.casefold)
    most = max([1, *(_of(card, label) for _, card in cards for label in _NUMBERS)])
    columns = [*_COLUMNS, *(label.value for label in _NUMBERS for _ in range(most)), "tags", "notes", *labels]
    return _written([columns, *(_row(id, card, most, labels) for id, card in cards)])


def _of(card: ContactCard, label: NumberLabel) -> int:
    return sum(each.label is label for each in card.numbers)


def _row(id: str, card: ContactCard, most: int, labels: Sequence[str]) -> list[str]:
    numbers = []
    for label in _NUMBERS:
        of = [each.written for each in card.numbers if each.label is label]
        numbers += of + [""] * (most - len(of))
    own = [card.fields.get(label, "") for label in labels]
    texts = [id, card.name, card.company, card.title, card.department, card.place, card.email]
    return [*texts, *numbers, ",".join(card.tags), card.notes, *own]


def _written(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    text.write("\ufeff")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([[_safe(value) for value in row] for row in rows])
    return text.getvalue()


def _safe(value: str) -> str:
    """A value that a spreadsheet would carry out as a formula is made text (OWASP, CSV injection)."""
    return f"'{value}" if value[:1] in {"=", "@", "\t"} or (value[:1] in {"+", "-"} and not _numeric(value)) else value


def _plain(value: str) -> str:
    """What `_safe` has made text is taken as it was."""
    value = value.strip()
    return value[1:] if value[:1] == "'" and value[1:2] in {"=", "@", "+", "-", "\t"} else value


def _numeric(value: str) -> bool:
    return value[1:].replace(" ", "").replace("-", "").isdigit()
