"""What can go wrong with a recorded conversation.

SvarhusError
├── NotFound   RecordingNotFound, RecordingUnreadable
└── Conflict   RecordingNotReady
"""

from svarhus.kit.errors import Conflict, NotFound


class RecordingNotFound(NotFound):
    id = "recording-not-found"
    title = "No such recording"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "It may have been deleted, by somebody or since its time was over.")


class RecordingUnreadable(NotFound):
    id = "recording-unreadable"
    title = "The recording cannot be read"

    def __init__(self, detail: str) -> None:
        super().__init__(
            detail, "The operator should look into the folder of recordings, and at the installation's key."
        )


class RecordingNotReady(Conflict):
    id = "recording-not-ready"
    title = "The recording is not ready"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Try again in a minute.")
