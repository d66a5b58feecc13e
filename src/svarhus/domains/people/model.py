"""People who work here, their roles, and the units that they belong to."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from svarhus.domains.people.rights import RIGHTS, Right, Role
from svarhus.domains.people.skills import PersonLanguage, PersonSkill
from svarhus.kit.document import E164, BillingId, DocumentPart, Key, Keyed, Language
from svarhus.kit.unfit import Unfit

Extension = Annotated[str, Field(pattern=r"^[0-9]{3,6}$", description="Three to six digits.")]

RoleKey = Annotated[
    str,
    Field(
        pattern=r"^[a-z][a-z0-9_-]{0,47}$",
        description="administrator, team_leader, user, or the key of a role of your own.",
    ),
]

Tag = Annotated[str, Field(min_length=1, max_length=40, description="Something that a person can, in a word or two.")]

FieldValue = Annotated[str, Field(max_length=500)]


class SignInRules(DocumentPart):
    """How people sign in."""

    second_factor: Literal["optional", "required"] = Field(
        default="optional", description="A code from an app on the phone, besides the password."
    )
    pin_digits: int = Field(
        default=4,
        ge=4,
        le=8,
        description="So many digits a PIN has at least, by which members log in and out at any telephone. It holds for "
        "those that are set from now on.",
    )


class OwnRole(Keyed):
    """A role of the organisation's own: a copy of one of the system's, with rights of its own choice."""

    copied_from: Role = Field(default=Role.USER, description="The system's role that it began as.")
    description: str = Field(default="", max_length=300)
    rights: tuple[Right, ...] = ()


class OwnField(Keyed):
    """A field on people's cards that the organisation has added."""

    kind: Literal["text", "number", "date", "choice", "yes_no"] = "text"
    choices: tuple[Annotated[str, Field(min_length=1, max_length=100)], ...] = Field(
        default=(), description="Of kind choice: what can be chosen."
    )
    help: str = Field(default="", max_length=300, description="Shown beside the field.")

    @model_validator(mode="after")
    def _choices_fit(self) -> Self:
        if self.kind == "choice" and len(set(self.choices)) < max(1, len(self.choices)):
            raise Unfit("a field of kind choice needs choices that differ", "choices-needed")
        if self.kind != "choice" and self.choices:
            raise Unfit("only a field of kind choice has choices", "choices-only")
        return self

    def accepts(self, value: str) -> bool:
        """Whether it can be the field's value. Dates are YYYY-MM-DD; yes_no is `yes` or `no`."""
        match self.kind:
            case "number":
                return _is_number(value)
            case "date":
                return _is_date(value)
            case "choice":
                return value in self.choices
            case "yes_no":
                return value in {"yes", "no"}
            case _:
                return True


def _is_number(value: str) -> bool:
    digits = value.removeprefix("-").replace(",", ".", 1).replace(".", "", 1)
    return digits.isascii() and digits.isdigit()


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


class Unit(Keyed):
    """A part of the organisation with its own staff: a switchboard, a customer service."""

    outgoing_trunk: Key | None = Field(
        default=None, description="The trunk of its calls to the outside, in place of the organisation's."
    )
    billing_id: BillingId | None = Field(
        default=None, description="To what its calls to the outside are charged, in place of the organisation's."
    )


class Person(Keyed):
    """Somebody who signs in and may take calls."""

    email: str = Field(pattern=r"^[^@\s]+@[^@\s]+$", max_length=254, description="Also the name to sign in with.")
    role: RoleKey = Role.USER.value
    units: tuple[Key, ...] = ()
    language: Language = "sv"
    title: str = Field(default="", max_length=100, description="Such as case officer.")
    department: str = Field(default="", max_length=100)
    mobile: E164 | None = Field(default=None, description="Shown on the card; calls do not ring there by themselves.")
    tags: tuple[Tag, ...] = Field(default=(), max_length=30, description="Skills, languages, tasks.")
    skills: tuple[PersonSkill, ...] = Field(
        default=(), max_length=30, description="With levels, by which queues choose whom to ring."
    )
    languages: tuple[PersonLanguage, ...] = Field(
        default=(), max_length=10, description="In which the person takes calls, with levels."
    )
    fields: Mapping[Key, FieldValue] = Field(default={}, description="Values of the organisation's own `fields`.")
    hidden: bool = Field(default=False, description="Not shown to colleagues in the directory.")
    presented: E164 | None = Field(
        default=None, description="Number shown to those whom the person calls, when it is not the organisation's."
    )
    extension: Extension | None = Field(
        default=None, description="Internal number; a phone registers under it as its SIP user name."
    )
    phone: Literal["sip", "browser"] = Field(
        default="sip",
        description="Which phone rings until the person chooses: a SIP phone or program, or the browser.",
    )
    number: E164 | None = Field(default=None, description="A mobile or other number outside.")
    answers_at: Literal["extension", "number"] = Field(
        default="extension", description="Where calls to this person ring."
    )
    password: str | None = Field(
        default=None,
        min_length=10,
        max_length=200,
        description="For sign-in. Write-only: an export leaves it out.",
    )
    phone_password: str | None = Field(
        default=None,
        min_length=6,
        max_length=64,
        pattern=r"^[!-~]+$",
        description="For the phone's registration. Write-only; made up when left out.",
    )

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if self.answers_at == "number" and self.number is None:
            raise Unfit("answers_at is number, but no number is given", "no-answer-number")
        return self


class OwnCard(DocumentPart):
    """What people may change of their own card."""

    language: Language
    mobile: E164 | None = None
    presented: E164 | None = Field(default=None, description="One of the organisation's own numbers.")


def leads(person: Person, own: tuple[OwnRole, ...]) -> bool:
    """Whether the person's role makes a supervisor: it lets others be logged in to queues."""
    return Right.LOG_OTHERS_IN in rights_of(person.role, own)


def rights_of(role: str, own: tuple[OwnRole, ...]) -> frozenset[Right]:
    """What a role gives. One that is not there any more gives what the role user gives."""
    for each in own:
        if each.key == role:
            return frozenset(each.rights)
    return RIGHTS[Role(role)] if role in set(Role) else RIGHTS[Role.USER]
