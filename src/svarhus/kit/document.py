"""What the parts of an organisation's configuration document have in common."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from svarhus.kit.ids import PersonKey

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,47}$", description="Lower-case letters, digits and hyphens.")]
"""The name by which parts of the document refer to each other. It does not change when the shown name does."""

PersonRef = Annotated[
    PersonKey, Field(pattern=r"^[a-z][a-z0-9-]{0,47}$", description="Lower-case letters, digits and hyphens.")
]
"""By its type it is known where people stand, see `people.unnamed`."""

ShownName = Annotated[str, Field(min_length=1, max_length=100)]

UnitRef = Annotated[Key | None, Field(description="The unit to which it belongs. None: the whole organisation.")]
"""What people in one unit look after is told from the rest by it."""

E164 = Annotated[
    str,
    Field(pattern=r"^\+[1-9][0-9]{4,14}$", description="Number in international form, such as +4684650040."),
]

TimeOfDay = Annotated[
    str,
    Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$", description="Local time HH:MM; 24:00 ends a day."),
]

Language = Annotated[str, Field(pattern=r"^(sv|en|nb|da|fi)$", description="sv, en, nb, da or fi.")]


BillingId = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,31}$",
        description="To what calls to the outside are charged: a cost centre, a project.",
    ),
]


class DocumentPart(BaseModel):
    """A piece of the document: immutable, and with no unknown settings.

    Spelled out, because a part alone is a stay in a queue.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Keyed(DocumentPart):
    """A part with a key and a name that people see."""

    key: Key
    name: ShownName
