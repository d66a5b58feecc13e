"""What must be unique in an organisation, and who administrates it: known of a configuration without faults, so that a
change of it is checked without going through all of it."""

from collections.abc import Iterable, Iterator

import msgspec

from svarhus.domains.numbers.model import Trunk
from svarhus.domains.organisation.difference import Difference
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.people.model import Person
from svarhus.domains.people.rights import Role
from svarhus.domains.presence.device import browser_endpoint
from svarhus.domains.queues.model import Queue
from svarhus.kit.buckets import Buckets
from svarhus.kit.document import DocumentPart

NAMING = ("people", "queues", "trunks")
"""Lists whose parts have names that are told apart by SIP."""


def phone_names(part: DocumentPart) -> Iterator[str]:
    """Extensions and the user names of trunks that register: all are SIP user names with us."""
    match part:
        case Person() if part.extension:
            yield part.extension
            yield browser_endpoint(part.extension)
        case Queue() if part.extension:
            yield part.extension
        case Trunk() if part.accepts_registration:
            yield part.username


class Register(msgspec.Struct, frozen=True):
    """Of one configuration without faults."""

    names: Buckets[None]
    """By SIP."""
    emails: Buckets[None]
    """In lower case."""
    administrators: Buckets[Person]

    def after(self, difference: Difference) -> "Register":
        """Of the configuration that differs so from this one."""
        people = difference.of("people")
        old = [part for name in NAMING for part in difference.of(name).old.values()]
        new = [part for name in NAMING for part in difference.of(name).new.values()]
        return Register(
            self.names.changed(_names(old), dict.fromkeys(_names(new))),
            self.emails.changed(_emails(people.old.values()), dict.fromkeys(_emails(people.new.values()))),
            self.administrators.changed(
                people.old, {person.key: person for person in _administrators(people.new.values())}
            ),
        )

    def allows(self, difference: Difference) -> bool:
        """Whether each name is still there once, and somebody is administrator."""
        people = difference.of("people")
        old = [part for name in NAMING for part in difference.of(name).old.values()]
        new = [part for name in NAMING for part in difference.of(name).new.values()]
        return (
            _free(self.names, [*_names(old)], [*_names(new)])
            and _free(self.emails, [*_emails(people.old.values())], [*_emails(people.new.values())])
            and (
                any(True for _ in _administrators(people.new.values()))
                or len(self.administrators) > sum(key in self.administrators for key in people.old)
            )
        )


def registered(configuration: Configuration) -> Register:
    """It takes its time where there are many people."""
    parts = [part for name in NAMING for part in getattr(configuration, name)]
    return Register(
        Buckets.of((name, None) for name in _names(parts)),
        Buckets.of((email, None) for email in _emails(configuration.people)),
        Buckets.of((person.key, person) for person in _administrators(configuration.people)),
    )


def _free(taken: Buckets[None], gone: list[str], come: list[str]) -> bool:
    given_up = set(gone)
    return len(set(come)) == len(come) and all(name in given_up or name not in taken for name in come)


def _names(parts: Iterable[DocumentPart]) -> Iterator[str]:
    return (name for part in parts for name in phone_names(part))


def _emails(parts: Iterable[DocumentPart]) -> Iterator[str]:
    return (part.email.lower() for part in parts if isinstance(part, Person))


def _administrators(parts: Iterable[DocumentPart]) -> Iterator[Person]:
    return (part for part in parts if isinstance(part, Person) and part.role == Role.ADMINISTRATOR)
