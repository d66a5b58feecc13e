"""What can go wrong at the noticeboard.

SvarhusError
├── NotFound   NoNotice, NoUnit
└── Invalid    NothingWritten, TooLong
"""

from svarhus.kit.errors import Invalid, NotFound


class NoNotice(NotFound):
    id = "no-such-notice"
    title = "There is no such notice"


class NoUnit(NotFound):
    """Also for a unit that is not the reader's own: what others write is theirs."""

    id = "no-such-unit"
    title = "There is no such unit"


class NothingWritten(Invalid):
    id = "nothing-written"
    title = "Nothing is written"


class TooLong(Invalid):
    id = "notice-too-long"
    title = "The notice is too long"
