"""One base class for what can go wrong in a way that a reader can mend.

SvarhusError
├── NotFound        404  it is not there, or not yours to see
├── Invalid         422  the input is not right; `faults` name each place
├── Conflict        409  right in itself, but not in the present state
├── Refused         403  you may not
├── NotSignedIn     401
├── TooMany         429
└── Unavailable     503  an engine that is needed does not answer
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Fault:
    """One thing wrong in an input: where, what, and what to do."""

    path: str
    """Dotted path in the document, such as `queues[2].members[0].person`."""
    message: str
    remedy: str = ""
    line: int | None = None
    """Line in the file, from 1, when the input was a file."""
    reason: str = ""
    """Stable id of what is wrong, for who tells it in another language; empty where there is none."""
    values: tuple[str, ...] = ()
    """What the message names, in the order of the message: for the same."""


class SvarhusError(Exception):
    """An error with a stable id, an HTTP status, and a remedy that tells the reader what to do."""

    id: ClassVar[str] = "internal-error"
    status: ClassVar[int] = 500
    title: ClassVar[str] = "Something went wrong"

    def __init__(self, detail: str, remedy: str = "", faults: Sequence[Fault] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.remedy = remedy
        self.faults = tuple(faults)


class NotFound(SvarhusError):
    id = "not-found"
    status = 404
    title = "Not found"


class Invalid(SvarhusError):
    id = "invalid"
    status = 422
    title = "The input is not right"


class Conflict(SvarhusError):
    id = "conflict"
    status = 409
    title = "Not possible in the present state"


class Refused(SvarhusError):
    id = "not-allowed"
    status = 403
    title = "Not allowed"


class NotSignedIn(SvarhusError):
    id = "not-signed-in"
    status = 401
    title = "Not signed in"


class TooMany(SvarhusError):
    id = "too-many"
    status = 429
    title = "Too many attempts"


class Unavailable(SvarhusError):
    id = "unavailable"
    status = 503
    title = "Not available just now"
