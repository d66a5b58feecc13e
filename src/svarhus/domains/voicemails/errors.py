"""What can go wrong with a voicemail.

SvarhusError
└── NotFound   VoicemailNotFound, SoundGone
"""

from svarhus.kit.errors import NotFound


class VoicemailNotFound(NotFound):
    id = "voicemail-not-found"
    title = "No such voicemail"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "It may have been deleted meanwhile. Read the list anew.")


class SoundGone(NotFound):
    id = "sound-gone"
    title = "The sound is not there"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "The operator should look into the folder of recordings.")
