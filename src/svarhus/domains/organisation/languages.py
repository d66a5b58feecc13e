"""The language that somebody has chosen for themselves is no setting of the organisation: it makes no revision, holds
in whatever revision is in force, and ends when an administrator gives the person another one."""

from collections.abc import Mapping

from svarhus.domains.organisation.model import Configuration

Chosen = Mapping[str, str]
"""Languages by the key of the person."""


def in_chosen(document: Configuration, chosen: Chosen) -> Configuration:
    """The configuration as it holds: everybody has the language that they have chosen."""
    return _speaking(document, chosen) if any(person.key in chosen for person in document.people) else document


def as_written(wanted: Configuration, before: Configuration, chosen: Chosen) -> Configuration:
    """The document to keep of a wanted configuration: what people chose stays beside it. `before`: as it was kept."""
    written = {person.key: person.language for person in before.people}
    still = still_chosen(wanted, chosen)
    return in_chosen(wanted, {key: written[key] for key in still.keys() & written.keys()})


def still_chosen(wanted: Configuration, chosen: Chosen) -> dict[str, str]:
    """What holds on: of who is there, and was not given another language."""
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


def _speaking(document: Configuration, languages: Chosen) -> Configuration:
    people = tuple(
        person.model_copy(update={"language": languages[person.key]}) if person.key in languages else person
        for person in document.people
    )
    return document.model_copy(update={"people": people})
