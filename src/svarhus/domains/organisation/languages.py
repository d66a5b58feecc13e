"""The language that somebody has chosen for themselves is no setting of the organisation: it makes no revision, holds
in whatever revision is in force, and ends when an administrator gives the person another one."""

from collections.abc import Mapping
from typing import NamedTuple

from svarhus.domains.organisation.listed import index_of, with_parts
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.people.model import Person

Chosen = Mapping[str, str]
"""Languages by the key of the person."""


class WithLanguages(NamedTuple):
    """A document, and the same as it holds."""

    written: Configuration
    configuration: Configuration

    @property
    def changed(self) -> Mapping[int, Person]:
        """By the object that was written, the people who have another language."""
        both = zip(self.written.people, self.configuration.people, strict=True)
        return {id(written): person for written, person in both if written is not person}


def in_chosen(document: Configuration, chosen: Chosen, before: WithLanguages | None = None) -> Configuration:
    """The configuration as it holds: everybody has the language that they have chosen.

    `before`: another one, whose people are the same objects here where they are the same there.
    """
    if not chosen or not any(person.key in chosen for person in document.people):
        return document
    return _speaking(document, chosen, before.changed if before else {})


def as_written(wanted: Configuration, before: Configuration, chosen: Chosen) -> Configuration:
    """The document to keep of a wanted configuration: what people chose stays beside it. `before`: as it was kept."""
    still = still_chosen(wanted, chosen)
    if not still:
        return wanted
    index, kept = index_of("people", wanted.people), index_of("people", before.people)
    other = {key: _as_kept(index[key], kept[key]) for key in still if key in kept}
    return wanted.model_copy(update={"people": with_parts("people", wanted.people, other)})


def still_chosen(wanted: Configuration, chosen: Chosen) -> dict[str, str]:
    """What holds on: of who is there, and was not given another language."""
    if not chosen:
        return {}
    return {person.key: person.language for person in wanted.people if chosen.get(person.key) == person.language}


def carried_over(wanted: Configuration, base: Configuration, now: Configuration) -> Configuration:
    """What was wanted of a configuration, when people have chosen languages since it was read: they are left alone."""
    before = {person.key: person.language for person in base.people}
    chosen = {person.key: person.language for person in now.people}
    left = {person.key for person in wanted.people if before.get(person.key) == person.language}
    return in_chosen(wanted, {key: chosen[key] for key in left & chosen.keys()})


def in_languages_of(earlier: Configuration, now: Configuration) -> Configuration:
    """An earlier configuration, with the languages that people have now."""
    return in_chosen(earlier, {person.key: person.language for person in now.people})


def _speaking(document: Configuration, languages: Chosen, known: Mapping[int, Person]) -> Configuration:
    other = {
        person.key: _person(person, languages[person.key], known.get(id(person)))
        for person in document.people
        if person.key in languages
    }
    return document.model_copy(update={"people": with_parts("people", document.people, other)})


def _as_kept(person: Person, kept: Person) -> Person:
    """With the language that is kept; the object that is kept where nothing else differs."""
    written = person.model_copy(update={"language": kept.language})
    return kept if written == kept else written


def _person(person: Person, language: str, known: Person | None) -> Person:
    if person.language == language:
        return person
    return known if known and known.language == language else person.model_copy(update={"language": language})
