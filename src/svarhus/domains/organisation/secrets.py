"""Passwords in a document are write-only: they are taken out of it before it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import choice

from svarhus.domains.organisation.model import Configuration

_UNMISTAKABLE = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that look like no other, since people type them into phones."""


@dataclass(frozen=True)
class Secrets:
    """Passwords, by key of the person or trunk."""

    sign_in: Mapping[str, str] = field(default_factory=dict, repr=False)
    phones: Mapping[str, str] = field(default_factory=dict, repr=False)
    trunks: Mapping[str, str] = field(default_factory=dict, repr=False)


def taken_out(configuration: Configuration) -> tuple[Configuration, Secrets]:
    """The document without secrets, and the secrets."""
    people, trunks = configuration.people, configuration.trunks
    secrets = Secrets(
        sign_in={person.key: person.password for person in people if person.password is not None},
        phones={person.key: person.phone_password for person in people if person.phone_password is not None},
        trunks={trunk.key: trunk.password for trunk in trunks if trunk.password},
    )
    without = configuration.model_copy(
        update={
            "people": tuple(person.model_copy(update={"password": None, "phone_password": None}) for person in people),
            "trunks": tuple(trunk.model_copy(update={"password": ""}) for trunk in trunks),
        }
    )
    return without, secrets


def made_up(length: int = 20) -> str:
    """A random password that can be typed."""
    return "".join(choice(_UNMISTAKABLE) for _ in range(length))
