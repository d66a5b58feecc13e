"""What can be wrong with an uploaded recording.

Invalid
├── NotAWav          422  not a WAV file at all
├── CompressedWav    422  a WAV with a codec in it
├── BrokenWav        422  damaged, truncated, or of a form that nobody uses
├── SilentUpload     422  nothing in it
├── Inaudible        422  so quiet that callers would hear nothing; may be meant
├── TooLong          422
├── TooLarge         413
├── UnknownSound     422  no message or fragment has such a key
└── TooManyTracks    422  the playlist is full

NotFound
└── NoRecording      404
"""

from svarhus.kit.errors import Invalid, NotFound

EXPORT = "Save it as WAV, PCM 16 bit, and upload that."


class NotAWav(Invalid):
    id = "audio-not-wav"
    title = "The file is not a WAV"


class CompressedWav(Invalid):
    id = "audio-compressed"
    title = "The sound in the file is compressed"


class BrokenWav(Invalid):
    id = "audio-broken"
    title = "The file is damaged"


class SilentUpload(Invalid):
    id = "audio-empty"
    title = "There is no sound in the file"


class Inaudible(Invalid):
    """It can be used when somebody says so."""

    id = "audio-inaudible"
    title = "Callers would hear nothing"


class TooLong(Invalid):
    id = "audio-too-long"
    title = "The recording is too long"


class TooLarge(Invalid):
    id = "audio-too-large"
    status = 413
    title = "The file is too large"


class UnknownSound(Invalid):
    id = "audio-unknown-key"
    title = "Nothing that is said has this key"


class TooManyTracks(Invalid):
    id = "playlist-full"
    title = "The playlist is full"


class NoRecording(NotFound):
    id = "audio-no-recording"
    title = "There is no such recording"
