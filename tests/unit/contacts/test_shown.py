"""What the directory answers with is what its documentation describes, although no model stands between."""

import json

import msgspec

from svarhus.app.api.models.contacts import EntryShown
from svarhus.domains.contacts.model import Entry, EntryKind, Numbered, NumberLabel


def test_an_entry_is_told_as_it_is_described() -> None:
    entry = Entry(
        kind=EntryKind.COLLEAGUE,
        key="asa",
        name="Åsa Öberg",
        company="",
        title="Chef",
        department="Ledning",
        place="Luleå",
        email="asa@svarhus.example",
        numbers=(Numbered("2001", NumberLabel.EXTENSION), Numbered("+46701740605", NumberLabel.MOBILE)),
        tags=("jour",),
        fields={"room": "12"},
        units=("Hemtjänst",),
        favourite=True,
    )
    assert json.loads(msgspec.json.encode(entry)) == EntryShown.model_validate(entry).model_dump(mode="json")
