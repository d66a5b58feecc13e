"""What can go wrong in the directory.

SvarhusError
├── NotFound   ContactNotFound, EntryNotFound
├── Invalid    WrongContact, WrongNumber, UnreadableFile, FaultyLines
└── Conflict   TooManyContacts
"""

from svarhus.kit.errors import Conflict, Fault, Invalid, NotFound


class ContactNotFound(NotFound):
    id = "contact-not-found"
    title = "No such contact"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "It may have been deleted meanwhile. Search for it anew.")


class EntryNotFound(NotFound):
    id = "entry-not-found"
    title = "Nobody of that kind in the directory"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Search for it anew.")


class WrongContact(Invalid):
    id = "wrong-contact"
    title = "The contact is not right"


class WrongNumber(Invalid):
    id = "wrong-number"
    title = "It is no telephone number"


class UnreadableFile(Invalid):
    id = "unreadable-file"
    title = "The file cannot be read"


def unreadable(reason: str, detail: str, remedy: str) -> UnreadableFile:
    """With the id of the text that says so: `file-` and the reason."""
    return UnreadableFile(detail, remedy, [Fault("file", detail, remedy, reason=f"file-{reason}")])


class FaultyLines(Invalid):
    """Some lines of a file cannot be kept as contacts."""

    id = "faulty-lines"
    title = "Some lines are not right"


class TooManyContacts(Conflict):
    id = "too-many-contacts"
    title = "There is no room for more contacts"
