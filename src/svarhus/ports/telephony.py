"""What we ask of a telephony engine, in the field's words.

A call has legs; a leg is one party's connection. The engine tells events and carries out commands.
Every command is idempotent and may come for a leg that has just ended: that is a normal outcome and
never an error. Commands for one leg are carried out in the order in which they are given.

The exchange chooses the ids of legs that it dials, of joins, prompts and recordings; the engine
chooses the id of a leg that comes in.
"""

from collections.abc import Callable, Collection, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import msgspec

from svarhus.kit.clock import Instant
from svarhus.kit.ids import JoinId, LegId, OrganisationId, PromptId, RecordingId


class EndCause(StrEnum):
    """Why a leg ended. From the leg's own point of view."""

    HUNG_UP = "hung_up"
    """The party at the other end of this leg hung up, after the answer or (a caller) before it."""
    WE_HUNG_UP = "we_hung_up"
    """A HangUp command, for whatever reason."""
    BUSY = "busy"
    DECLINED = "declined"
    NO_ANSWER = "no_answer"
    """The time limit of the dial ran out."""
    UNREACHABLE = "unreachable"
    """Not registered, no route, or the number does not exist."""
    REFUSED = "refused"
    """The far end, or a limit, did not let it through."""
    MEDIA_LOST = "media_lost"
    """The other side is silent and does not answer any more: no sound packets of a browser, no answer of a phone."""
    ENGINE_FAILED = "engine_failed"
    """The engine died or lost the leg."""
    FAILED = "failed"


# ------------------------------------------------------------------ events


class CallOffered(msgspec.Struct, frozen=True, tag="call_offered"):
    """A new leg has come in and waits for a decision. It is not answered yet."""

    leg: LegId
    dialled: str
    """What was dialled, as the far end sent it; without parameters."""
    caller: str | None
    """The caller's number as sent; None when withheld."""
    caller_name: str = ""
    trunk: str | None = None
    """The key of the trunk it came by, or None."""
    endpoint: str | None = None
    """The endpoint (a person's own phone) it came from, or None. At most one of the two is set; neither for a
    visitor who calls from a public page."""
    diversion: str | None = None
    """The number that diverted the call (RFC 5806), if any."""


class LegRinging(msgspec.Struct, frozen=True, tag="leg_ringing"):
    """A leg that we dial is ringing."""

    leg: LegId


class LegAnswered(msgspec.Struct, frozen=True, tag="leg_answered"):
    """A leg that we dial has been answered. (Legs that came in are answered by our command.)"""

    leg: LegId


class LegEnded(msgspec.Struct, frozen=True, tag="leg_ended"):
    """A leg is gone. Told exactly once a leg, also for legs that we hung up."""

    leg: LegId
    cause: EndCause
    detail: str = ""
    """The engine's own words, such as the SIP status, for the log."""


class DigitPressed(msgspec.Struct, frozen=True, tag="digit_pressed"):
    """A party pressed a key: 0-9, *, # (or A-D)."""

    leg: LegId
    digit: str
    pressed_at: Instant | None = None
    """By the engine's clock, which may differ from ours: good for the time between two keys."""


class PromptFinished(msgspec.Struct, frozen=True, tag="prompt_finished"):
    """A Play has come to its end. Not told for one that a StopPlaying or a newer Play cut short."""

    leg: LegId
    prompt: PromptId
    failed: bool = False


class RecordingFinished(msgspec.Struct, frozen=True, tag="recording_finished"):
    """A recording is complete, for whatever reason: also when the leg ended meanwhile."""

    leg: LegId
    recording: RecordingId
    seconds: float
    file: str | None
    """Path of the WAV, None when nothing was recorded. Of a RecordTalk, of what the party said (see `talk_files`)."""


class RecordingPaused(msgspec.Struct, frozen=True, tag="recording_paused"):
    """A PauseRecording has been carried out: from here on silence is recorded, or sound again."""

    leg: LegId
    recording: RecordingId
    on: bool


class LegHeld(msgspec.Struct, frozen=True, tag="leg_held"):
    """The party put us on hold."""

    leg: LegId


class LegResumed(msgspec.Struct, frozen=True, tag="leg_resumed"):
    leg: LegId


class TransferRequested(msgspec.Struct, frozen=True, tag="transfer_requested"):
    """The party asks (SIP REFER) that the one it talks with be sent on.

    Answered with TransferProgress. `other` is the leg of a consultation call, for an attended one.
    """

    leg: LegId
    target: str
    other: LegId | None = None


class EndpointChanged(msgspec.Struct, frozen=True, tag="endpoint_changed"):
    """A person's phone became reachable (registered and answering) or unreachable."""

    endpoint: str
    reachable: bool


class EngineLost(msgspec.Struct, frozen=True, tag="engine_lost"):
    """The connection to the engine is gone. Calls may go on without us."""


class EngineReady(msgspec.Struct, frozen=True, tag="engine_ready"):
    """The connection is back (or there for the first time): take the inventory and reconcile."""


TelephonyEvent = (
    CallOffered
    | LegRinging
    | LegAnswered
    | LegEnded
    | DigitPressed
    | PromptFinished
    | RecordingFinished
    | RecordingPaused
    | LegHeld
    | LegResumed
    | TransferRequested
    | EndpointChanged
    | EngineLost
    | EngineReady
)

# ------------------------------------------------------------------ commands


class PhoneAddress(msgspec.Struct, frozen=True, tag="phone"):
    """A phone that registers with us."""

    endpoint: str


class LineAddress(msgspec.Struct, frozen=True, tag="line"):
    """A number over a trunk."""

    trunk: str
    number: str
    """E.164 with the plus sign."""
    billing: str = ""
    """To what the call is charged, as the organisation names it; empty: nobody said."""


class PbxAddress(msgspec.Struct, frozen=True, tag="pbx"):
    """An extension of a PBX behind a trunk: a call to it stays inside."""

    trunk: str
    extension: str


DialTarget = PhoneAddress | LineAddress | PbxAddress


class Answer(msgspec.Struct, frozen=True, tag="answer"):
    leg: LegId


class Ring(msgspec.Struct, frozen=True, tag="ring"):
    """Let the party hear ringing, until it is joined or something is played to it."""

    leg: LegId


class Play(msgspec.Struct, frozen=True, tag="play"):
    """Play sound files one after the other; PromptFinished with this id at the end of the last.

    A newer Play on the same leg replaces it. Music that is on pauses and goes on afterwards.
    """

    leg: LegId
    prompt: PromptId
    files: tuple[str, ...]
    """Absolute paths of WAV files (8 kHz, 16 bit, mono)."""


class StopPlaying(msgspec.Struct, frozen=True, tag="stop_playing"):
    leg: LegId


RINGING_TONE = "ringing-tone"
"""A playlist that is always there, as `default` is."""


class MusicOn(msgspec.Struct, frozen=True, tag="music_on"):
    """Play a list of sounds, until MusicOff or another list. After a prompt it goes on where it was."""

    leg: LegId
    playlist: str = "default"
    """One that is not there is `default`."""


class MusicOff(msgspec.Struct, frozen=True, tag="music_off"):
    leg: LegId


class Dial(msgspec.Struct, frozen=True, tag="dial"):
    """Make a new leg. Ends in LegAnswered, or in LegEnded with the reason.

    A browser that does not even ring within a few seconds is UNREACHABLE, whatever the time limit.
    """

    leg: LegId
    target: DialTarget
    presented: str | None
    """Number shown to the one called; None withholds it."""
    presented_name: str = ""
    time_limit: int = 30
    """Seconds of ringing before it is given up (LegEnded, NO_ANSWER)."""
    headers: dict[str, str] = {}
    """Extra SIP headers of the INVITE, such as `X-Svarhus-Call`."""


class Join(msgspec.Struct, frozen=True, tag="join"):
    """Let these legs hear each other. Playing and music on them stop.

    Naming an existing join adds the legs that are not in it. A leg in another join leaves that one.
    """

    join: JoinId
    legs: tuple[LegId, ...]


class Separate(msgspec.Struct, frozen=True, tag="part"):
    """Take a join apart. Its legs live on and hear silence."""

    join: JoinId


class Leave(msgspec.Struct, frozen=True, tag="leave"):
    """Take one leg out of its join, in which the others hear each other on, or let it listen to nobody any more. It
    lives on and hears silence."""

    leg: LegId


class Hold(msgspec.Struct, frozen=True, tag="hold"):
    """This leg neither hears nor is heard in its join, and hears music."""

    leg: LegId


class Resume(msgspec.Struct, frozen=True, tag="resume"):
    leg: LegId


class Mute(msgspec.Struct, frozen=True, tag="mute"):
    """What this party says is not heard."""

    leg: LegId
    on: bool = True


class Record(msgspec.Struct, frozen=True, tag="record"):
    """Record what this party says into a WAV. Ends in RecordingFinished."""

    leg: LegId
    recording: RecordingId
    longest: int = 180
    """Seconds."""
    longest_silence: int = 6
    """Seconds of silence after which it ends; 0 for never."""
    end_on: str = "#"
    """Key that ends it; empty for none."""
    beep: bool = True


class RecordTalk(msgspec.Struct, frozen=True, tag="record_talk"):
    """Record what this party says and what it hears, each by itself, into the two files of `talk_files`.

    It goes on through joins, holds and whatever is played, until StopRecording or the end of the leg, and ends in
    RecordingFinished: at once and without a file when it cannot begin. A leg has one at a time.
    """

    leg: LegId
    recording: RecordingId


class PauseRecording(msgspec.Struct, frozen=True, tag="pause_recording"):
    """Of a Record, leave out what comes. Of a RecordTalk, write silence in its place, so that time stays right; told by
    RecordingPaused."""

    recording: RecordingId
    on: bool = True


class StopRecording(msgspec.Struct, frozen=True, tag="stop_recording"):
    recording: RecordingId


class SendDigits(msgspec.Struct, frozen=True, tag="send_digits"):
    leg: LegId
    digits: str


class Listen(msgspec.Struct, frozen=True, tag="listen"):
    """`leg` hears all that `target` says and hears, unheard; with `whisper` only `target` hears it.

    It leaves the join in which it is. Said again with something else, it goes over to that. When the target is gone,
    it hears silence. Several may listen to one, each by itself.
    """

    leg: LegId
    target: LegId
    whisper: bool = False


class TransferProgress(msgspec.Struct, frozen=True, tag="transfer_progress"):
    """Tell the party that asked for a transfer how it went."""

    leg: LegId
    succeeded: bool


class HangUp(msgspec.Struct, frozen=True, tag="hang_up"):
    leg: LegId
    cause: EndCause = EndCause.WE_HUNG_UP
    """BUSY, DECLINED, UNREACHABLE and REFUSED choose the SIP status towards a caller that is not answered."""
    elsewhere: bool = False
    """Of a leg that we dialled: another phone has the call, and this one is told so (RFC 3326, cause 200), so that it
    counts no missed call."""


TelephonyCommand = (
    Answer
    | Ring
    | Play
    | StopPlaying
    | MusicOn
    | MusicOff
    | Dial
    | Join
    | Separate
    | Leave
    | Hold
    | Resume
    | Mute
    | Record
    | RecordTalk
    | PauseRecording
    | StopRecording
    | SendDigits
    | Listen
    | TransferProgress
    | HangUp
)

# ------------------------------------------------------------------ inventory


class LiveLeg(msgspec.Struct, frozen=True):
    """A leg that is alive in the engine."""

    leg: LegId
    answered: bool
    join: JoinId | None
    offered: CallOffered | None
    """For legs that came in: how. None for legs that we dialled."""
    prompts: frozenset[PromptId] = frozenset()
    """Prompts that are playing on it now."""
    recordings: frozenset[RecordingId] = frozenset()
    """Recordings that run on it now, of either kind."""
    listens_to: LegId | None = None
    whispers: bool = False
    """It is heard by the one to whom it listens."""


class Inventory(msgspec.Struct, frozen=True):
    """All that is alive for one organisation."""

    legs: tuple[LiveLeg, ...]
    reachable: frozenset[str] = frozenset()
    """Endpoints that are registered and answer."""


# ------------------------------------------------------------------ provisioning


class Transport(StrEnum):
    UDP = "udp"
    TCP = "tcp"
    TLS = "tls"


class Endpoint(msgspec.Struct, frozen=True):
    """A person's phone, which registers with us by digest."""

    name: str
    """SIP user name, unique in the installation."""
    password: str
    display: str
    number: str
    """What it presents inside the organisation, usually the extension."""
    language: str = "sv"
    webrtc: bool = False


class Trunk(msgspec.Struct, frozen=True):
    """A connection to a carrier or a PBX."""

    key: str
    host: str | None = None
    """`host` or `host:port` to which calls go out. None: only where it registers with us."""
    addresses: tuple[str, ...] = ()
    """Addresses or networks (CIDR) from which its calls come; they need no password."""
    transport: Transport = Transport.UDP
    username: str = ""
    password: str = ""
    register: bool = False
    """We register with the carrier at `host`."""
    accepts_registration: bool = False
    """The carrier or PBX registers with us by `username` and `password`."""
    encrypted: bool = False
    """SRTP (SDES) always. Without it, SRTP is used where the other side offers it."""
    dialled_in: str = ""
    """Header in which the number that was dialled stands; empty for the request URI."""


class Provision(msgspec.Struct, frozen=True):
    """All endpoints and trunks that one organisation should have; what else it had is removed."""

    organisation: OrganisationId
    endpoints: tuple[Endpoint, ...]
    trunks: tuple[Trunk, ...]


class Reprovision(msgspec.Struct, frozen=True):
    """What an organisation should have that it had not when it was provisioned last."""

    organisation: OrganisationId
    endpoints: tuple[Endpoint, ...] = ()
    """New ones, and those that are no longer as they were."""
    gone: frozenset[str] = frozenset()
    """Names of endpoints that are removed."""
    trunks: tuple[Trunk, ...] | None = None
    """All that there should be; None: those that there are."""

    @property
    def empty(self) -> bool:
        return not self.endpoints and not self.gone and self.trunks is None


class Playlist(msgspec.Struct, frozen=True):
    """Music of an organisation: its files are played whole, in any order."""

    key: str
    files: tuple[str, ...]
    """Absolute paths of WAV files (8 kHz, 16 bit, mono)."""


Listener = Callable[[TelephonyEvent], None]
"""Called for each event, in order, never concurrently. Must not block."""


class Telephony(Protocol):
    """A telephony engine, as one organisation sees it."""

    async def carry_out(self, commands: Sequence[TelephonyCommand]) -> None:
        """Carry out commands. Returns when the engine has taken them; outcomes come as events."""

    async def inventory(self, prompts: Collection[PromptId] = ()) -> Inventory:
        """What is alive now. `prompts` are those whose playing should be looked up.

        Unavailable when the engine does not answer.
        """

    async def provision(self, wanted: Provision) -> None:
        """Make the engine's endpoints and trunks be as wanted; running calls are not touched."""

    async def reprovision(self, change: Reprovision) -> None:
        """The same, where the organisation was provisioned before and not much is different."""

    async def let_play(self, playlists: Sequence[Playlist]) -> None:
        """Let the organisation have these playlists, and no others; who hears one goes on hearing it."""

    def listen(self, organisation: OrganisationId, listener: Listener) -> None:
        """Hand this organisation's events to the listener, from now on. EngineReady comes first
        when the engine is there already."""


class TelephonyEngine(Protocol):
    """The engine's connection as a whole."""

    async def start(self) -> None: ...

    async def stop(self) -> None:
        """Close the connection. Calls in the engine go on."""

    def of(self, organisation: OrganisationId) -> Telephony:
        """The engine as this organisation sees it."""

    @property
    def connected(self) -> bool: ...

    @property
    def in_calls(self) -> frozenset[OrganisationId]:
        """Organisations that have legs, as far as is known without asking anew."""

    @property
    def recordings_folder(self) -> Path: ...
