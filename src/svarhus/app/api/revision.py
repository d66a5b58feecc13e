"""Revisions as entity tags (RFC 9110, 8.8.3), so that nobody overwrites what somebody else changed."""

from hashlib import blake2b
from typing import Annotated

from fastapi import Header, Response

from svarhus.domains.organisation.choices import CHOSEN
from svarhus.domains.organisation.errors import Outdated
from svarhus.domains.people.model import Person
from svarhus.kit.document import DocumentPart
from svarhus.kit.errors import Invalid

IfMatch = Annotated[
    str | None,
    Header(description="The ETag of what you have seen. When it is no longer in force: 412, and nothing changes."),
]


class WrongTag(Invalid):
    id = "wrong-tag"
    title = "The ETag is not one of ours"


def expected(if_match: str | None) -> int | None:
    """The revision that must be in force, None when any may be. WrongTag."""
    if if_match is None or if_match.strip() == "*":
        return None
    number, _, _ = _tag(if_match).partition("-")
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        raise WrongTag("If-Match must be an ETag of the organisation.", 'Send it as you got it, such as "12".')
    return int(number)


def tag(response: Response, revision: int, part: DocumentPart | None = None) -> None:
    """`part`: what is shown; of a person the tag also says what that person has chosen, which makes no revision."""
    chosen = f"-{_mark(part)}" if isinstance(part, Person) else ""
    response.headers["ETag"] = f'"{revision}{chosen}"'


def refuse_overwriting(if_match: str | None, part: DocumentPart) -> None:
    """Outdated when it is a person who has chosen something else since the tag was given."""
    _, _, seen = _tag(if_match or "").partition("-")
    if seen and isinstance(part, Person) and seen != _mark(part):
        raise Outdated("The person has changed the own card.", "Look at what was changed, and try again on top of it.")


def _tag(if_match: str) -> str:
    return if_match.strip().removeprefix("W/").strip('"')


def _mark(person: Person) -> str:
    chosen = "\n".join(f"{getattr(person, name)}" for name in CHOSEN)
    return blake2b(chosen.encode(), digest_size=4).hexdigest()
