"""Whether roles, fields and what people's cards say fit together."""

from collections.abc import Iterable, Iterator

from svarhus.domains.organisation.draft import Draft
from svarhus.domains.organisation.reading import Path
from svarhus.domains.organisation.shape import Finding
from svarhus.domains.people.common import is_listed
from svarhus.domains.people.errors import WeakPassword
from svarhus.domains.people.model import OwnField, OwnRole, Person
from svarhus.domains.people.passwords import check_strength
from svarhus.domains.people.rights import Role
from svarhus.domains.people.unnamed import UNNAMED


def incoherent_staff(draft: Draft) -> Iterator[Finding]:
    """Roles that take a system role's key, and values that their fields do not accept."""
    for path, role in draft.each("roles", OwnRole):
        if role.key in set(Role):
            yield Finding(
                (*path, "key"),
                f"`{role.key}` is one of the system's roles",
                "Choose another key.",
                reason="system-role",
                values=(role.key,),
            )
        for index, right in _twice(role.rights):
            yield Finding(
                (*path, "rights", index),
                f"`{right}` is named twice",
                "Name each right once.",
                reason="named-twice",
                values=(right,),
            )
    for path, person in draft.each("people", Person):
        yield from _values(path, person, draft)
        yield from _weak(path, person)
        if person.key == UNNAMED:
            yield Finding(
                (*path, "key"),
                f"`{person.key}` stands for people who are not named",
                "Choose another key.",
                reason="key-of-the-unnamed",
                values=(person.key,),
            )
        for index, tag in _twice(person.tags):
            yield Finding(
                (*path, "tags", index),
                f"`{tag}` is named twice",
                "Name each tag once.",
                reason="named-twice",
                values=(tag,),
            )


def _twice(words: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Those that were there before, in whatever case, and their places."""
    seen: set[str] = set()
    for index, word in enumerate(words):
        if word.casefold() in seen:
            yield index, word
        seen.add(word.casefold())


def _values(path: Path, person: Person, draft: Draft) -> Iterator[Finding]:
    for key, value in person.fields.items():
        place = (*path, "fields", key)
        field = draft.find("fields", key, OwnField)
        if field is None:
            if not draft.has("fields", key):
                yield Finding(
                    place, f"there is no field `{key}`", "Add it under `fields`.", reason="no-field", values=(key,)
                )
        elif not field.accepts(value):
            yield Finding(
                place,
                f"`{value}` is not possible in the field `{key}`",
                _remedy(field),
                reason="not-in-field",
                values=(value, key),
            )


def _weak(path: Path, person: Person) -> Iterator[Finding]:
    if person.password is not None:
        try:
            check_strength(person.password, person.key, person.name, person.email.partition("@")[0])
        except WeakPassword as weak:
            for fault in weak.faults:
                yield Finding(
                    (*path, fault.path), fault.message, fault.remedy, reason=fault.reason, values=fault.values
                )
    if person.phone_password is not None and is_listed(person.phone_password):
        yield Finding(
            (*path, "phone_password"),
            "the password is one of those that are tried first",
            "Leave it out: a good one is made up then.",
            reason="phone-password-common",
        )


def _remedy(field: OwnField) -> str:
    match field.kind:
        case "number":
            return "Write a number."
        case "date":
            return "Write it as year-month-day, such as 2027-12-24."
        case "choice":
            return f"Possible are {', '.join(f'`{choice}`' for choice in field.choices)}."
        case _:
            return "Write yes or no."
