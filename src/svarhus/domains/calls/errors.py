"""What can go wrong with a call."""

from svarhus.kit.errors import NotFound


class CallNotFound(NotFound):
    id = "call-not-found"
    title = "No such call"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Calls in progress are in the live snapshot; those that are over are in the call log.")
