"""What each command does to simulated legs."""

from collections.abc import Callable
from pathlib import Path

from svarhus.adapters.simulated.time import VirtualTime
from svarhus.adapters.simulated.world import CAUSE_OF, Behaviour, Reaction, SimulatedLeg, World
from svarhus.kit.clock import seconds_between
from svarhus.kit.ids import JoinId, LegId, OrganisationId, RecordingId
from svarhus.ports.talk_files import talk_files
from svarhus.ports.telephony import (
    Answer,
    Dial,
    DialTarget,
    EndCause,
    HangUp,
    Hold,
    Join,
    Leave,
    LegAnswered,
    LegEnded,
    LegRinging,
    LineAddress,
    Listen,
    MusicOff,
    MusicOn,
    Mute,
    PauseRecording,
    PbxAddress,
    PhoneAddress,
    Play,
    PromptFinished,
    Record,
    RecordingFinished,
    RecordingPaused,
    RecordTalk,
    Resume,
    Ring,
    SendDigits,
    Separate,
    StopPlaying,
    StopRecording,
    TelephonyCommand,
    TransferProgress,
)

REACTION = 6.0
"""Seconds in which a browser must ring."""

PromptLength = Callable[[tuple[str, ...]], float]
"""Seconds that playing these files takes."""


class SimulatedCommands:
    """Every command is idempotent, and nothing happens for a leg that is gone."""

    def __init__(self, world: World, time: VirtualTime, prompt_length: PromptLength, recordings: Path) -> None:
        self._world = world
        self._time = time
        self._prompt_length = prompt_length
        self._recordings = recordings

    def perform(self, organisation: OrganisationId, command: TelephonyCommand, connected: bool) -> None:
        match command:
            case Dial():
                self._dial(organisation, command, connected)
            case _ if not connected:
                pass
            case Join(key, legs):
                self._join(organisation, key, legs)
            case Separate(key):
                self._part(organisation, key)
            case PauseRecording(recording, on):
                self._pause_recording(organisation, recording, on)
            case StopRecording(recording):
                self._stop_recording(organisation, recording)
            case _:
                leg = self._leg(organisation, command.leg)
                if leg is not None:
                    self._perform_on(leg, command)

    def _leg(self, organisation: OrganisationId, leg_id: LegId) -> SimulatedLeg | None:
        leg = self._world.legs.get(leg_id)
        return leg if leg is not None and leg.organisation == organisation else None

    def _perform_on(self, leg: SimulatedLeg, command: TelephonyCommand) -> None:
        match command:
            case Answer():
                leg.answered = True
            case Ring():
                self._ring(leg)
            case Play():
                self._play(leg, command)
            case StopPlaying():
                self._cut_prompt(leg)
            case MusicOn(_, playlist):
                if leg.join is None or leg.held:
                    leg.music, leg.ring_tone = playlist, False
            case MusicOff():
                leg.music = None
            case Leave() if leg.join is not None or leg.listens_to is not None:
                self._leave(leg)
            case Hold():
                self._hold(leg)
            case Resume():
                self._resume(leg)
            case Mute(_, on):
                leg.muted = on
            case Record():
                self._record(leg, command)
            case RecordTalk(_, recording):
                self._record_talk(leg, recording)
            case SendDigits(_, digits):
                leg.digits += digits
            case Listen(_, target, whisper):
                self._listen(leg, target, whisper)
            case TransferProgress(_, succeeded):
                leg.transfers.append(succeeded)
            case HangUp():
                self.end(leg.id, EndCause.WE_HUNG_UP)

    def _ring(self, leg: SimulatedLeg) -> None:
        if leg.answered:
            leg.music, leg.ring_tone = None, True
        else:
            leg.ringing = True

    # ------------------------------------------------------------ dialling

    def _dial(self, organisation: OrganisationId, dial: Dial, connected: bool) -> None:
        if dial.leg in self._world.legs:
            return
        if not connected:
            self._world.tell(organisation, LegEnded(dial.leg, EndCause.ENGINE_FAILED, "no connection"))
            return
        leg = SimulatedLeg(dial.leg, organisation, dialled=dial)
        self._world.legs[dial.leg] = leg
        target = dial.target
        name = _called(target)
        behaviour = self._world.behaviours.get(name, Behaviour())
        if isinstance(target, PhoneAddress) and name not in self._world.registered:
            behaviour = Behaviour(Reaction.UNREACHABLE)
        self._set(leg, "limit", dial.time_limit, lambda: self.end(leg.id, EndCause.NO_ANSWER))
        if name in self._world.browsers and behaviour.reaction is Reaction.IGNORE:
            self._set(leg, "reaction", REACTION, lambda: self.end(leg.id, EndCause.UNREACHABLE))
        if behaviour.reaction not in (Reaction.IGNORE, Reaction.UNREACHABLE):
            leg.ringing = True
            self._world.tell(organisation, LegRinging(leg.id))
        if behaviour.reaction in (Reaction.RING, Reaction.IGNORE):
            return
        if behaviour.after:
            self._set(leg, "reaction", behaviour.after, lambda: self.react(leg.id, behaviour.reaction))
        else:
            self.react(leg.id, behaviour.reaction)

    def react(self, leg_id: LegId, reaction: Reaction) -> None:
        """The far end of a leg that we dialled decides."""
        leg = self._world.legs.get(leg_id)
        if leg is None or leg.dialled is None or leg.answered:
            return
        if reaction is Reaction.ANSWER:
            leg.answered = True
            self._cancel(leg, "limit")
            self._world.tell(leg.organisation, LegAnswered(leg_id))
        else:
            self.end(leg_id, CAUSE_OF[reaction])

    def end(self, leg_id: LegId, cause: EndCause) -> None:
        leg = self._world.legs.get(leg_id)
        if leg is None:
            return
        self._finish_recording(leg)
        del self._world.legs[leg_id]
        for timer in leg.timers.values():
            self._time.cancel(timer)
        self._leave(leg)
        for other in self._world.legs.values():
            if other.listens_to == leg_id:
                other.listens_to, other.whispers = None, False
        self._world.tell(leg.organisation, LegEnded(leg_id, cause))
        self._finish_talk(leg)

    # ------------------------------------------------------------ prompts

    def _play(self, leg: SimulatedLeg, play: Play) -> None:
        leg.prompt, leg.files, leg.ring_tone = play.prompt, play.files, False
        self._set(leg, "prompt", self._prompt_length(play.files), lambda: self._prompt_ended(leg))

    def _prompt_ended(self, leg: SimulatedLeg) -> None:
        prompt, leg.prompt, leg.files = leg.prompt, None, ()
        if prompt is not None:
            self._world.tell(leg.organisation, PromptFinished(leg.id, prompt))

    def _cut_prompt(self, leg: SimulatedLeg) -> None:
        leg.prompt, leg.files = None, ()
        self._cancel(leg, "prompt")

    # ------------------------------------------------------------ joins

    def _join(self, organisation: OrganisationId, key: JoinId, legs: tuple[LegId, ...]) -> None:
        for leg_id in legs:
            leg = self._leg(organisation, leg_id)
            if leg is None or leg.join == key:
                continue
            self._leave(leg)
            self._cut_prompt(leg)
            leg.music, leg.ring_tone = None, False
            leg.join = key
            self._world.joins.setdefault(key, set()).add(leg_id)

    def _part(self, organisation: OrganisationId, key: JoinId) -> None:
        for leg_id in list(self._world.joins.get(key, ())):
            leg = self._leg(organisation, leg_id)
            if leg is not None:
                self._leave(leg)

    def _leave(self, leg: SimulatedLeg) -> None:
        leg.listens_to, leg.whispers = None, False
        if leg.held:
            leg.held, leg.music = False, None
        if leg.join is None:
            return
        members = self._world.joins[leg.join]
        members.discard(leg.id)
        if not members:
            del self._world.joins[leg.join]
        leg.join = None

    def _hold(self, leg: SimulatedLeg) -> None:
        if leg.join is not None and not leg.held:
            self._cut_prompt(leg)
            leg.held, leg.music = True, "default"

    def _resume(self, leg: SimulatedLeg) -> None:
        if leg.held:
            self._cut_prompt(leg)
            leg.held, leg.music = False, None

    def _listen(self, leg: SimulatedLeg, target: LegId, whisper: bool) -> None:
        if self._leg(leg.organisation, target) is not None:
            self._leave(leg)
            self._cut_prompt(leg)
            leg.music, leg.ring_tone, leg.listens_to, leg.whispers = None, False, target, whisper

    # ------------------------------------------------------------ recordings

    def _record(self, leg: SimulatedLeg, record: Record) -> None:
        self._finish_recording(leg)
        leg.recording, leg.recorded_since, leg.end_on = record.recording, self._time.now(), record.end_on
        # Nobody says anything here, so silence ends it as soon as it may.
        limits = [limit for limit in (record.longest, record.longest_silence) if limit]
        if limits:
            self._set(leg, "recording", min(limits), lambda: self._finish_recording(leg))

    def digit(self, leg: SimulatedLeg, digit: str) -> None:
        """A key that may end the recording."""
        if leg.recording is not None and digit in leg.end_on:
            self._finish_recording(leg)

    def _stop_recording(self, organisation: OrganisationId, recording: RecordingId) -> None:
        for leg in list(self._world.legs.values()):
            if leg.organisation != organisation:
                continue
            if leg.recording == recording:
                self._finish_recording(leg)
            if leg.talk == recording:
                self._finish_talk(leg)

    def _finish_recording(self, leg: SimulatedLeg) -> None:
        recording, since = leg.recording, leg.recorded_since
        if recording is None or since is None:
            return
        leg.recording = leg.recorded_since = None
        self._cancel(leg, "recording")
        seconds = seconds_between(since, self._time.now())
        file = str(self._recordings / f"{recording}.wav") if seconds else None
        self._world.tell(leg.organisation, RecordingFinished(leg.id, recording, seconds, file))

    def _record_talk(self, leg: SimulatedLeg, recording: RecordingId) -> None:
        if leg.talk != recording:
            self._finish_talk(leg)
            leg.talk, leg.talk_since, leg.talk_paused = recording, self._time.now(), False

    def _pause_recording(self, organisation: OrganisationId, recording: RecordingId, on: bool) -> None:
        """Of a message nothing is told."""
        for leg in list(self._world.legs.values()):
            if leg.talk == recording and leg.organisation == organisation:
                leg.talk_paused = on
                self._world.tell(organisation, RecordingPaused(leg.id, recording, on))

    def _finish_talk(self, leg: SimulatedLeg) -> None:
        recording, since = leg.talk, leg.talk_since
        if recording is None or since is None:
            return
        leg.talk = leg.talk_since = None
        seconds = seconds_between(since, self._time.now())
        file = str(talk_files(self._recordings, recording)[0]) if seconds else None
        self._world.tell(leg.organisation, RecordingFinished(leg.id, recording, seconds, file))

    # ------------------------------------------------------------ timers

    def _set(self, leg: SimulatedLeg, name: str, seconds: float, action: Callable[[], None]) -> None:
        self._cancel(leg, name)

        def due() -> None:
            del leg.timers[name]
            action()

        leg.timers[name] = self._time.after(seconds, due)

    def _cancel(self, leg: SimulatedLeg, name: str) -> None:
        timer = leg.timers.pop(name, None)
        if timer is not None:
            self._time.cancel(timer)


def _called(target: DialTarget) -> str:
    """By which name the far end's behaviour is kept."""
    match target:
        case PhoneAddress(endpoint):
            return endpoint
        case LineAddress(number=number) | PbxAddress(extension=number):
            return number
