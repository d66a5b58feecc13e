"""What a newcomer needs to know of the demo organisation: sign-ins and numbers, as made at the first start."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from svarhus.kit.errors import NotFound


@dataclass(frozen=True)
class DemoPerson:
    """Somebody of the demo organisation, with what they sign in and register a phone with."""

    name: str
    role: str
    email: str
    password: str
    extension: str
    phone_password: str


@dataclass(frozen=True)
class DemoNumber:
    """A number to call."""

    number: str
    name: str


@dataclass(frozen=True)
class DemoNotes:
    """The notes. Passwords are those of the first start; whoever changed theirs knows better."""

    people: Sequence[DemoPerson]
    numbers: Sequence[DemoNumber]


def write_notes(data: Path, notes: DemoNotes) -> None:
    """Keep the notes in the data folder, for its owner alone."""
    with open(os.open(_path(data), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(asdict(notes), file, ensure_ascii=False, indent=1)


def read_notes(data: Path) -> DemoNotes:
    """The notes. NotFound when the demo organisation was never loaded here."""
    try:
        kept = json.loads(_path(data).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotFound(
            f"The demo organisation was not loaded into {data}.",
            "Start with an empty data folder: ./svarhus up --data DIR.",
        ) from None
    return DemoNotes(
        tuple(DemoPerson(**person) for person in kept["people"]),
        tuple(DemoNumber(**number) for number in kept["numbers"]),
    )


def _path(data: Path) -> Path:
    return data / "demo.json"
