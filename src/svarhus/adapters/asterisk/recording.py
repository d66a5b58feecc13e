"""Recording what a party says."""

import asyncio
from pathlib import Path

from svarhus.adapters.asterisk.ari import AriClient, path
from svarhus.adapters.asterisk.configuration import APPLICATION
from svarhus.adapters.asterisk.legs import Leg, Register, RunningRecording
from svarhus.adapters.asterisk.names import SNOOP
from svarhus.adapters.asterisk.playing import Playing, Tell
from svarhus.adapters.asterisk.wire import LiveRecording, Reply
from svarhus.kit.ids import RecordingId
from svarhus.ports.telephony import Record, RecordingFinished

EAR = "record-"
"""Prefix of the channel through which a leg in a join is recorded: Asterisk does not record a channel
that is in a bridge."""

WAV_HEADER, WAV_BYTES_A_SECOND = 44, 16000


class Recorder:
    """Recordings appear in the recordings folder as `ID.wav`."""

    def __init__(self, ari: AriClient, register: Register, playing: Playing, tell: Tell, folder: Path) -> None:
        self._ari = ari
        self._register = register
        self._playing = playing
        self._tell = tell
        self._folder = folder

    def record(self, leg: Leg, record: Record) -> None:
        channel = str(leg.id)
        leg.by_ear = leg.join is not None and not leg.held
        if leg.by_ear:
            channel = f"{EAR}{record.recording}"
            snoop = {"spy": "in", "whisper": "none", "app": APPLICATION, "appArgs": SNOOP}
            self._ari.send("POST", path("channels", leg.id, "snoop", channel), snoop)
        else:
            self._playing.quiet(leg)
        self._register.recordings[record.recording] = RunningRecording(leg.id, leg.organisation)
        leg.recording, leg.unsaved = record.recording, True
        self._playing.save(leg)
        query = {
            "name": record.recording,
            "format": "wav",
            "maxDurationSeconds": str(record.longest),
            "maxSilenceSeconds": str(record.longest_silence),
            "ifExists": "overwrite",
            "beep": str(record.beep).lower(),
            "terminateOn": record.end_on or "none",
        }
        asked = self._ari.send("POST", path("channels", channel, "record"), query)
        asked.add_done_callback(lambda reply: self._refused(record.recording, reply))

    def _refused(self, recording: RecordingId, asked: asyncio.Future[Reply]) -> None:
        if asked.result().status >= 400:
            self.finished(LiveRecording(recording), failed=True)

    def pause(self, recording: RecordingId, on: bool) -> None:
        self._ari.send("POST" if on else "DELETE", path("recordings", "live", recording, "pause"))

    def stop(self, recording: RecordingId) -> None:
        if recording in self._register.recordings:
            self._ari.send("POST", path("recordings", "live", recording, "stop"))

    def leg_ended(self, leg: Leg) -> None:
        """A recording that was asked for as the caller hung up never began, and its end is never told."""
        if leg.recording is not None and not leg.by_ear:
            self.finished(LiveRecording(leg.recording))

    def finished(self, live: LiveRecording, failed: bool = False) -> None:
        """A recording has ended, for whatever reason; told once."""
        recording = RecordingId(live.name)
        recorded = self._register.recordings.pop(recording, None)
        if recorded is None:
            return
        leg = self._register.legs.get(recorded.leg)
        if leg is not None and leg.recording == recording:
            leg.recording = None
            self._playing.remember(leg)
        if live.target_uri == f"channel:{EAR}{recording}":
            self._ari.send("DELETE", path("channels", f"{EAR}{recording}"))
        seconds, file = (0.0, None) if failed else self._outcome(live)
        self._tell(recorded.organisation, RecordingFinished(recorded.leg, recording, seconds, file))

    def _outcome(self, live: LiveRecording) -> tuple[float, str | None]:
        """Asterisk counts whole seconds only; the file says more when we can see it."""
        file = self._folder / f"{live.name}.wav"
        try:
            sound = file.stat().st_size - WAV_HEADER
        except OSError:
            return live.duration, str(file) if live.duration else None
        return (sound / WAV_BYTES_A_SECOND, str(file)) if sound > 0 else (0.0, None)
