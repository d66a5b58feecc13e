"""What can go wrong with the rows of lists.

SvarhusError
├── NotFound   NoList, NoListRow, NoListVersion
├── Invalid    WrongListRow, FaultyListLines
└── Conflict   ListRowExists, ListFull
"""

from svarhus.kit.errors import Conflict, Invalid, NotFound


class NoList(NotFound):
    id = "no-list"
    title = "No such list"

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no list `{key}`.", "It may have been deleted meanwhile. Look at the lists anew.")


class NoListRow(NotFound):
    id = "no-list-row"
    title = "The number is not on the list"

    def __init__(self, number: str) -> None:
        super().__init__(f"`{number}` is not on the list.", "It may have been taken off meanwhile. Search for it anew.")


class NoListVersion(NotFound):
    id = "no-list-version"
    title = "No such version of the list"

    def __init__(self, version: int) -> None:
        super().__init__(f"There is no version {version}.", "Only so many versions are kept. Look at those that are.")


class WrongListRow(Invalid):
    id = "wrong-list-row"
    title = "The row is not right"


class FaultyListLines(Invalid):
    """Some lines of a file cannot be kept as rows."""

    id = "faulty-list-lines"
    title = "Some lines are not right"


class ListRowExists(Conflict):
    id = "list-row-exists"
    title = "The number is on the list already"

    def __init__(self, number: str) -> None:
        super().__init__(f"`{number}` is on the list already.", "Change that row.")


class ListFull(Conflict):
    id = "list-full"
    title = "There is no room for more rows"
