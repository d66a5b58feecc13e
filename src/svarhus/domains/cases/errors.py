"""What can stand in the way of work on a case.

SvarhusError
├── NotFound   CaseNotFound, NoteNotFound
├── Conflict   CaseTaken, CannotHandle
├── Refused    NotYourNote
└── Invalid    TagNotPossible
"""

from svarhus.kit.errors import Conflict, Invalid, NotFound, Refused


class CaseNotFound(NotFound):
    id = "case-not-found"
    title = "No such case"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "It may have been deleted meanwhile. Read the list anew.")


class NoteNotFound(NotFound):
    id = "note-not-found"
    title = "No such note"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Read the case anew.")


class CaseTaken(Conflict):
    id = "case-taken"
    title = "Somebody has taken it"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Choose another case, or agree with the colleague and take it over.")


class CannotHandle(Conflict):
    id = "cannot-be-handled"
    title = "It cannot be marked as handled"


class NotYourNote(Refused):
    id = "not-your-note"
    title = "The note is somebody else's"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Add a note of your own.")


class TagNotPossible(Invalid):
    id = "tag-not-possible"
    title = "The case cannot have this tag"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Choose one of `possible_tags`.")
