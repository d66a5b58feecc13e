"""Revisions as entity tags (RFC 9110, 8.8.3), so that nobody overwrites what somebody else changed."""

from typing import Annotated

from fastapi import Header, Response

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
    number = if_match.strip().removeprefix("W/").strip('"')
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        raise WrongTag("If-Match must be an ETag of the organisation.", 'Send it as you got it, such as "12".')
    return int(number)


def tag(response: Response, revision: int) -> None:
    response.headers["ETag"] = f'"{revision}"'
