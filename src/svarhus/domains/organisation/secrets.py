"""Passwords in a document are write-only: they are taken out of it before it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import choice

from svarhus.domains.organisation.model import Configuration
from svarhus.kit.document import Part

_UNMISTAKABLE = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that look like no other, since people type them into phones."""


@dataclass(frozen=True)
class Secrets:
    """Passwords, by key of the person or trunk."""

    sign_in: Mapping[str, str] = field(default_factory=dict, repr=False)
    phones: Mapping[str, str] = field(default_factory=dict, repr=False)
    trunks: Mapping[str, str] = field(default_factory=dict, repr=False)


def taken_out(configuration: Configuration) -> tuple[Configuration, Secrets]:
    """The document without secrets, and the secrets. Parts that gave none are the same objects."""
    people, trunks = configuration.people, configuration.trunks
    secrets = Secrets(
        sign_in={person.key: person.password for person in people if person.password is not None},
        phones={person.key: person.phone_password for person in people if person.phone_password is not None},
        trunks={trunk.key: trunk.password for trunk in trunks if trunk.password},
    )
    given = secrets.sign_in.keys() | secrets.phones.keys()
    lists: dict[str, tuple[Part, ...]] = {}
    if given:
        nothing = {"password": None, "phone_password": None}
        lists["people"] = tuple(each.model_copy(update=nothing) if each.key in given else each for each in people)
    if secrets.trunks:
        lists["trunks"] = tuple(
            each.model_copy(update={"password": ""}) if each.key in secrets.trunks else each for each in trunks
        )
    return configuration.model_copy(update=lists), secrets


def made_up(length: int = 20) -> str:
    """A random password that can be typed."""
    return "".join(choice(_UNMISTAKABLE) for _ in range(length))
