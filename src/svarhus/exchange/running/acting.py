"""Carries out what was decided, after it was committed.

Commands of one line (a call) go out in order; lines do not wait for each other.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

import structlog

from svarhus.domains.audio.model import Message
from svarhus.domains.people.pins import PinAnswer
from svarhus.exchange.core.commands import CheckPin, FindRecording, SayTo
from svarhus.exchange.core.requests import PinChecked
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.turn import Ordered
from svarhus.exchange.running.secret_keys import SecretKeys
from svarhus.kit.errors import SvarhusError
from svarhus.kit.ids import OrganisationId, PersonKey, RecordingId
from svarhus.ports.speech import Phrase
from svarhus.ports.telephony import Play, PromptFinished, RecordingFinished, Telephony, TelephonyCommand

log = structlog.get_logger()

SoundOf = Callable[[OrganisationId, Sequence[Phrase], Mapping[str, Message]], Awaitable[tuple[str, ...]]]
"""Finds or makes the sound files of phrases, in order; an empty answer when there are none."""

FinishedRecording = Callable[[RecordingId], tuple[float, str | None]]
"""Seconds and path of a recording that is on the disk."""

PinsFit = Callable[[str, PersonKey | None, str | None, str], Awaitable[PinAnswer]]
"""Looks at a PIN: of whom it should be as keyed, who that is, from which number, and what was keyed."""


async def no_pin_fits(claimed: str, person: PersonKey | None, caller: str | None, pin: str) -> PinAnswer:
    """Where there are no PINs."""
    return PinAnswer.WRONG


WITHOUT_SOUND = 1.0
"""Seconds that a missing sound takes, so that a flow that repeats it does not spin."""


class Acting:
    """The hands of the exchange."""

    def __init__(
        self,
        telephony: Telephony,
        sounds: SoundOf,
        recordings: FinishedRecording,
        tell: Callable[[PromptFinished | RecordingFinished | PinChecked], None],
        secrets: SecretKeys,
        pins: PinsFit,
    ) -> None:
        self._telephony = telephony
        self._sounds = sounds
        self._recordings = recordings
        self._tell = tell
        self._secrets = secrets
        self._pins = pins
        self._checks: set[asyncio.Task[None]] = set()
        self._lines: dict[str, asyncio.Task[None]] = {}

    def carry_out(self, ordered: Sequence[Ordered], revisions: Mapping[int, Rules]) -> None:
        """Begin to carry out the commands; does not wait."""
        by_line: dict[str, list[Ordered]] = {}
        for one in ordered:
            by_line.setdefault(one.line, []).append(one)
        for line, commands in by_line.items():
            before = self._lines.get(line)
            task = asyncio.get_running_loop().create_task(self._one_line(before, commands, revisions))
            self._lines[line] = task
            task.add_done_callback(lambda done, line=line: self._done(line, done))  # type: ignore[misc]

    def _done(self, line: str, task: "asyncio.Task[None]") -> None:
        if self._lines.get(line) is task:
            del self._lines[line]

    async def settle(self) -> None:
        """Wait until all that was begun is carried out."""
        while self._lines or self._checks:
            await asyncio.wait([*self._lines.values(), *self._checks])

    async def _one_line(
        self,
        before: "asyncio.Task[None] | None",
        ordered: Sequence[Ordered],
        revisions: Mapping[int, Rules],
    ) -> None:
        if before is not None:
            await asyncio.wait([before])
        try:
            commands: list[TelephonyCommand] = []
            for one in ordered:
                command = one.command
                match command:
                    case SayTo():
                        if play := await self._play(command, revisions):
                            commands.append(play)
                    case FindRecording(leg, recording):
                        self._tell(RecordingFinished(leg, recording, *self._recordings(recording)))
                    case CheckPin():
                        self._begin_check(command)
                    case _:
                        commands.append(command)
            if commands:
                await self._telephony.carry_out(commands)
        except SvarhusError as error:
            log.warning("command_not_carried_out", line=ordered[0].line, error=error.detail)
        except Exception:
            log.exception("command_failed", line=ordered[0].line)

    def _begin_check(self, check: CheckPin) -> None:
        """It takes its time, which nothing else of the call has to wait for."""
        task = asyncio.get_running_loop().create_task(self._check(check))
        self._checks.add(task)
        task.add_done_callback(self._checks.discard)

    async def _check(self, check: CheckPin) -> None:
        answer, secret = PinAnswer.UNKNOWN, self._secrets.take(check.leg, check.prompt)
        try:
            if secret is not None:
                answer = await self._pins(secret.claimed, check.person, check.caller, secret.pin)
        except Exception:
            log.exception("pin_not_checked", leg=check.leg)
        self._tell(PinChecked(check.leg, check.prompt, answer))

    async def _play(self, say: SayTo, revisions: Mapping[int, Rules]) -> Play | None:
        """The sound of what is to be said. When there is none, the call goes on without it."""
        rules = revisions.get(say.revision)
        try:
            files = await self._sounds(rules.id, say.phrases, rules.messages) if rules else ()
        except Exception:
            # What stands beside it, such as a hang-up, must be carried out all the same.
            log.exception("sounds_failed", leg=say.leg)
            files = ()
        if files:
            return Play(say.leg, say.prompt, files)
        failed = PromptFinished(say.leg, say.prompt, failed=True)
        asyncio.get_running_loop().call_later(WITHOUT_SOUND, self._tell, failed)
        return None
