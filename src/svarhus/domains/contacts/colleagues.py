"""Searches colleagues, who stand in the organisation's document, in the same way as contacts are searched."""

from collections.abc import Collection, Iterable, Mapping

import msgspec

from svarhus.domains.contacts.folding import folded, number_forms, sort_key, spellings
from svarhus.domains.contacts.model import Entry, EntryKind, Found, Numbered, NumberLabel, Position
from svarhus.domains.contacts.search import Wanted
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.people.model import Person

_COLLEAGUE = 0


class Colleagues:
    """Everybody who is shown in the directory, made ready once for each revision of the document."""

    def __init__(self, configuration: Configuration, *, whole: bool) -> None:
        """`whole`: with the organisation's own fields, for those who may see everybody's whole card."""
        country = configuration.organisation.country
        units = {unit.key: unit.name for unit in configuration.units}
        shown = (person for person in configuration.people if not person.hidden)
        self._cards = {
            person.key: _Card(_entry(person, units, person.fields if whole else {}), country) for person in shown
        }
        self._by_number = {
            each.number: card.entry for card in reversed(self._cards.values()) for each in card.entry.numbers
        }

    def entry(self, key: str) -> Entry | None:
        card = self._cards.get(key)
        return card.entry if card else None

    def with_number(self, number: str) -> Entry | None:
        """Whose extension or number it is."""
        return self._by_number.get(number)

    def search(self, wanted: Wanted, favourites: Collection[str]) -> list[Found]:
        """The best first, and one more than the limit when there are more."""
        found = sorted(self._matching(wanted, favourites), key=lambda each: each.position)
        return [each for each in found if wanted.after is None or each.position > wanted.after][: wanted.limit + 1]

    def _matching(self, wanted: Wanted, favourites: Collection[str]) -> Iterable[Found]:
        query = folded(wanted.query)
        for key, card in self._cards.items():
            favourite = key in favourites
            if (favourite or not wanted.favourites_only) and all(term in card.searched for term in wanted.terms):
                yield card.found(query, wanted.terms, favourite)


class _Card:
    """A colleague's line, and how it is compared."""

    def __init__(self, entry: Entry, country: str) -> None:
        self.entry = entry
        self._name = folded(entry.name)
        self._sort = sort_key(entry.name)
        texts = (entry.name, entry.title, entry.department, entry.email, *entry.tags, *entry.units)
        found = [spellings(text) for text in (*texts, *entry.fields.values()) if text]
        self.searched = "\n".join((*found, *(number_forms(each.number, country) for each in entry.numbers)))

    def found(self, query: str, terms: tuple[str, ...], favourite: bool) -> Found:
        common = 0 if favourite else 1
        position = Position(self._rank(query, terms), common, _COLLEAGUE, self._sort, self.entry.key)
        return Found(_as_favourite(self.entry) if favourite else self.entry, position)

    def _rank(self, query: str, terms: tuple[str, ...]) -> int:
        if self._name.startswith(query) or not terms:
            return 0
        spaced = " " + self._name
        if all(" " + term in spaced for term in terms):
            return 1
        return 2 if all(term in self._name for term in terms) else 3


def _as_favourite(entry: Entry) -> Entry:
    return msgspec.structs.replace(entry, favourite=True)


def _entry(person: Person, units: dict[str, str], fields: Mapping[str, str]) -> Entry:
    return Entry(
        kind=EntryKind.COLLEAGUE,
        key=person.key,
        name=person.name,
        company="",
        title=person.title,
        department=person.department,
        place="",
        email=person.email,
        numbers=_numbers(person),
        tags=person.tags,
        fields=dict(fields),
        units=tuple(units[key] for key in person.units if key in units),
        favourite=False,
    )


def _numbers(person: Person) -> tuple[Numbered, ...]:
    found = []
    if person.extension:
        found.append(Numbered(person.extension, NumberLabel.EXTENSION))
    if person.mobile:
        found.append(Numbered(person.mobile, NumberLabel.MOBILE))
    if person.number and person.number != person.mobile:
        found.append(Numbered(person.number, NumberLabel.WORK))
    return tuple(found)
