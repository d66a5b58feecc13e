"""Passwords in a document are write-only: they are taken out of it before it is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from secrets import choice

from svarhus.domains.numbers.model import Trunk
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.people.model import Person
from svarhus.kit.document import DocumentPart

_UNMISTAKABLE = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that look like no other, since people type them into phones."""


@dataclass(frozen=True)
class Secrets:
    """Passwords, by key of the person or trunk."""

    sign_in: Mapping[str, str] = field(default_factory=dict, repr=False)
    phones: Mapping[str, str] = field(default_factory=dict, repr=False)
    trunks: Mapping[str, str] = field(default_factory=dict, repr=False)


def secrets_in(parts: Iterable[DocumentPart]) -> Secrets:
    """Those that people and trunks among the parts give."""
    given = [*parts]
    people = [part for part in given if isinstance(part, Person)]
    return Secrets(
        sign_in={person.key: person.password for person in people if person.password is not None},
        phones={person.key: person.phone_password for person in people if person.phone_password is not None},
        trunks={part.key: part.password for part in given if isinstance(part, Trunk) and part.password},
    )


def without_secrets(part: DocumentPart) -> DocumentPart:
    match part:
        case Person() if part.password is not None or part.phone_password is not None:
            return part.model_copy(update={"password": None, "phone_password": None})
        case Trunk() if part.password:
            return part.model_copy(update={"password": ""})
    return part


def taken_out(configuration: Configuration) -> tuple[Configuration, Secrets]:
    """The document without secrets, and the secrets. Parts that gave none are the same objects."""
    lists = {name: tuple(map(without_secrets, getattr(configuration, name))) for name in ("people", "trunks")}
    return configuration.model_copy(update=lists), secrets_in((*configuration.people, *configuration.trunks))


def made_up(length: int = 20) -> str:
    """A random password that can be typed."""
    return "".join(choice(_UNMISTAKABLE) for _ in range(length))
