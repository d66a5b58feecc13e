"""What can go wrong with a call.

SvarhusError
├── NotFound   CallNotFound
└── Conflict   NotPossibleNow, Engaged, NobodyThere
"""

from svarhus.kit.errors import Conflict, NotFound


class CallNotFound(NotFound):
    id = "call-not-found"
    title = "No such call"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Calls in progress are in the live snapshot; those that are over are in the call log.")


class NotPossibleNow(Conflict):
    id = "not-possible-now"
    title = "The call is not in a state for that"

    def __init__(self, detail: str, remedy: str = "Look at the call as it is now, and try what is possible.") -> None:
        super().__init__(detail, remedy)


class Engaged(Conflict):
    id = "engaged"
    title = "The colleague is in a call"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Choose somebody else, or wait until the colleague is free.")


class NobodyThere(Conflict):
    id = "nobody-there"
    title = "Nobody takes calls there now"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Choose another queue, or a person.")
