"""The three things that are tried: a call through the queue, a callback, and a voicemail."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from svarhus.app.tryout.cast import CALLBACK_QUEUE, CALLERS, QUEUE, Cast
from svarhus.app.tryout.client import Callback, FreeTime, LoggedCall, Voicemail
from svarhus.app.tryout.patience import until
from svarhus.app.tryout.report import Report
from svarhus.app.tryout.words import Words, hear, heard
from svarhus.domains.audio.wav import read_wav
from svarhus.domains.hours.category import category_at
from svarhus.domains.numbers.parse import national
from svarhus.kit.clock import SystemClock, instant, to_local
from svarhus.phones import sound
from svarhus.phones.phone import Call, PhoneError
from svarhus.phones.scenarios import Failed, describe_sound
from svarhus.ports.speech import MessagePhrase, RelativeDay, SpokenValue, TemplatePhrase, WallTime

CALLER_TONE, AGENT_TONE = 400, 1000
"""Hertz."""

FULL_SCALE = 32768
"""Of the 16 bit samples that phones speak and hear."""

SPEAKS_FOR = 2.5
"""Seconds."""

_SOUND = (
    "When nothing is heard, something stops the sound, which goes by UDP between the phones and the ports rtp_first "
    "to rtp_last: a firewall on this machine? When something else is heard, was the call flow changed, or was the "
    "application started again meanwhile (its log is in the data folder)? A machine that is too busy loses sound."
)
_FLOW = "Was the call flow changed? See the call's journal: GET /api/calls/{call}/journal."


class Act:
    """What the acts have in common."""

    title: ClassVar[str]

    def __init__(self, cast: Cast, report: Report) -> None:
        self.cast = cast
        self.report = report
        self.rules = cast.installation.rules
        self.language = self.rules.organisation.language
        self.number = cast.installation.notes.numbers[0].number

    async def play(self) -> None:
        """Take all its steps. StepFailed at the first that goes wrong."""
        raise NotImplementedError

    def shown(self, number: str) -> str:
        return national(number, self.rules.organisation.country)

    async def message(self, key: str) -> Words:
        return await self.cast.installation.script.words(MessagePhrase(key, self.language))

    async def told(self, template: str, at: datetime | None = None) -> Words:
        values: dict[str, SpokenValue] = {}
        if at is not None:
            wall = to_local(instant(at), self.rules.zone)
            today = to_local(SystemClock().now(), self.rules.zone).date()
            values = {"day": RelativeDay(wall.date(), today), "time": WallTime(wall.time())}
        return await self.cast.installation.script.words(TemplatePhrase(template, self.language, values))

    async def ring_up(self, caller: str) -> None:
        with self.report.step(f"A caller ({self.shown(caller)}) rings {self.shown(self.number)}", _FLOW) as line:
            call = await self.cast.caller.call(self.number, from_number=caller)
            assert call.answered is not None, "it waits for the answer"
            line.words += f"; answered after {(call.answered - call.started) * 1000:.0f} ms"

    async def hears(self, what: str, wanted: Words, within: float = 8.0) -> None:
        with self.report.step(f"The caller hears {what}: »{wanted.text}«", _SOUND):
            await hear(self.cast.caller, wanted, self.cast.installation.script, within)

    async def presses(self, key: str, why: str) -> None:
        with self.report.step(f"The caller presses {key}: {why}"):
            await self.cast.caller.press(key)

    async def tones(self, one: Call, other: Call, names: tuple[str, str]) -> None:
        """Each hears the other's tone."""
        await self._tone(one, other, names, CALLER_TONE)
        await self._tone(other, one, (names[1], names[0]), AGENT_TONE)

    async def _tone(self, mouth: Call, ear: Call, names: tuple[str, str], tone: int) -> None:
        speaker, listener = names
        with self.report.step(f"{listener} hears the tone of {tone} Hz that {speaker.lower()} sends", _SOUND):
            mouth.play_tone(tone)
            await _hears_tone(ear, tone)
            mouth.silence()


async def _hears_tone(call: Call, tone: int) -> None:
    if not await call.phone.wait_until(lambda: call.heard.tone_present(tone, 0.5), 4.0, poll=0.1):
        raise PhoneError(f"It is not heard, but {describe_sound(call)}.")


class ThroughTheQueue(Act):
    title = "A call through the queue"

    async def play(self) -> None:
        cast, report, caller = self.cast, self.report, CALLERS[0]
        began = SystemClock().now()
        await self.ring_up(caller)
        await self.hears("the greeting", await self._greeting())
        await self.hears("the choices", await self.message("choices"), within=10)
        await self.presses("1", "to talk to somebody")
        with report.step(f"The phone of {cast.person.name} rings and shows the caller's number", _FLOW):
            await cast.agent.expect_ring(within=6, from_number=caller)
        await self.hears("the place in the queue", await self.told("queue.next"))
        with report.step("Then the caller hears music or a message while waiting", _SOUND):
            await cast.caller.expect_music_or_speech(within=4, window=2.0)
        with report.step(f"{cast.person.name} answers", _FLOW):
            cast.agent.answer()
            await cast.agent.expect_up(within=3)
        await self.tones(cast.caller.current, cast.agent.current, ("The caller", "The agent"))
        with report.step("The caller hangs up, and both phones are free"):
            await cast.caller.hang_up()
            await cast.agent.expect_ended(within=4, by="them")
        with report.step("The call is in the call log") as line:
            call = await self._logged(caller, began)
            line.words += f": {call.outcome} by {cast.person.name}, wait {call.wait:.0f} s, talk {call.talk:.0f} s"

    async def _greeting(self) -> Words:
        now, hours = SystemClock().now(), self.rules.hours.get("reception-hours")
        is_day = hours is not None and category_at(hours, now, self.rules.zone) == "day"
        return await self.message("welcome" if is_day else "evening")

    async def _logged(self, caller: str, began: datetime) -> LoggedCall:
        async def logged() -> LoggedCall | None:
            log = await self.cast.overseer.calls_with(caller)
            return next((call for call in log if call.began_at >= began), None)

        call = await until(logged, "the call is in the log")
        assert call is not None, "it was waited for"
        if (call.outcome, call.person) != ("answered", self.cast.person.key) or call.talk <= 0:
            raise Failed(f"The log says {call.outcome} by {call.person}, talk {call.talk:.0f} s.")
        return call


class CalledBack(Act):
    title = "A callback"

    async def play(self) -> None:
        caller = CALLERS[1]
        booking = await self._book(caller)
        await self._ring_again(caller, booking)
        await self._carry_out(booking)

    async def _book(self, caller: str) -> Callback:
        cast, report = self.cast, self.report
        await self.ring_up(caller)
        # Asked first: the time that a caller is being offered is not free for others.
        free = await cast.session.places(CALLBACK_QUEUE)
        await self.presses("2", "to be called back")
        with report.step("The caller hears a time that is free", _SOUND) as line:
            offered, words = await self._offered(free)
            line.words = f"The caller hears a free time: »{words.text}«"
        await self.presses("1", "the time suits")
        await self.hears("the promise", await self.told("callback.booked", offered))
        with report.step("The booking is in the list of callbacks") as line:
            await cast.caller.hang_up()
            (booking,) = await cast.session.callbacks_for(caller)
            if booking.promised_at != offered:
                raise Failed(f"It is for {booking.promised_at}, but {offered} was promised.")
            line.words += f": {self.shown(booking.number)}, {self._clock(booking.promised_at)}"
        return booking

    async def _offered(self, free: Sequence[FreeTime]) -> tuple[datetime, Words]:
        """Which of the next free times the caller hears: minutes pass while it is being said."""
        said = {time.at: await self.told("callback.offer_days", time.at) for time in free}
        call = self.cast.caller.current

        def found() -> datetime | None:
            # The last sound says which keys to press.
            return next((at for at, words in said.items() if heard(call, words.clips[:-1])), None)

        if not await self.cast.caller.wait_until(found, 12.0, poll=0.25):
            times = ", ".join(map(self._clock, said))
            raise PhoneError(f"None of the next free times ({times}) was heard.")
        at = found()
        assert at is not None, "it was heard"
        return at, said[at]

    async def _ring_again(self, caller: str, booking: Callback) -> None:
        await self.ring_up(caller)
        await self.presses("2", "to be called back")
        words = await self.told("callback.already", booking.promised_at)
        await self.hears("the time that is booked already", words.shortened(len(words.clips) - 1), within=10)
        with self.report.step("No second time is given"):
            await self.cast.caller.hang_up()
            if await self.cast.session.callbacks_for(caller) != (booking,):
                raise Failed("The list of callbacks has changed.")

    async def _carry_out(self, booking: Callback) -> None:
        cast, report, name = self.cast, self.report, self.cast.person.name
        with report.step("A carrier registers, to take calls to the outside", "Is the demo's trunk unchanged?"):
            await self._register_carrier()
        with report.step(f"{name} starts the callback: the own phone rings first", _FLOW):
            await cast.session.start_callback(booking.id)
            await cast.agent.expect_ring(within=6, from_number=booking.number)
            cast.agent.answer()
        with report.step("Then the customer's phone rings, and shows our number", _FLOW):
            customer = await cast.carrier.expect_ring(within=8, from_number=self.rules.organisation.outgoing.presented)
            if customer.number != booking.number:
                raise Failed(f"{customer.number} was rung.")
            customer.answer()
        await self.tones(customer, cast.agent.current, ("The customer", "The agent"))
        with report.step(f"{name} hangs up and marks the customer as reached"):
            await cast.agent.hang_up()
            await cast.carrier.expect_ended(within=4, by="them", call=customer)
            await self._mark(booking)
        await cast.carrier.unregister()

    async def _register_carrier(self) -> None:
        trunk = self.rules.trunks[self.rules.organisation.outgoing.trunk or ""]
        await self.cast.carrier.register(
            trunk.username, self.cast.installation.secrets.trunks[trunk.key], expires=60, keep=False
        )

    async def _mark(self, booking: Callback) -> None:
        async def can_be_marked() -> bool:
            return (await self.cast.session.callback(booking.id)).status == "to_mark"

        await until(can_be_marked, "the attempt is over")
        marked = await self.cast.session.mark_callback(booking.id, answered=True)
        if marked.status != "reached" or not marked.connected:
            raise Failed(f"The booking is {marked.status}.")

    def _clock(self, at: datetime) -> str:
        return f"{to_local(instant(at), self.rules.zone):%H:%M}"


class LeftAMessage(Act):
    title = "A voicemail"

    async def play(self) -> None:
        cast, report, caller = self.cast, self.report, CALLERS[2]
        await self.ring_up(caller)
        await self.presses("3", "to leave a message")
        greeting = await self.message("leave-message")
        await self.hears("what to do", greeting, within=10)
        with report.step("After the tone the caller speaks, and hangs up") as line:
            spoken = await self._speak(len(greeting.clips[0]) / sound.RATE)
            line.words = f"After the tone the caller says »{spoken.text}« and hangs up"
            await cast.caller.hang_up()
        with report.step("The message is in the list of voicemails") as line:
            message = await self._voicemail(caller)
            line.words += f", {message.seconds:.1f} s long"
        with report.step("Its sound is what was spoken", _SOUND) as line:
            kept, _ = read_wav(await cast.overseer.voicemail_sound(message.id))
            score, _ = sound.find_clip(kept * FULL_SCALE, spoken.clips[0])
            if score < 0.7:
                raise Failed(f"The likeness is {score:.0%}; it should be near 100 %.")
            line.words += f": {score:.0%} alike"
        with report.step("It is deleted again, with its sound"):
            await cast.overseer.delete_voicemail(message.id)

    async def _speak(self, greeting: float) -> Words:
        """Words in the house's own voice, once nothing is heard any more but the end of the tone."""
        caller = self.cast.caller
        await caller.expect_silence(within=8, window=0.6)
        words = await self.message("goodbye")
        await asyncio.wait_for(caller.play(words.clips[0]), SPEAKS_FOR + 3)
        return words

    async def _voicemail(self, caller: str) -> Voicemail:
        found = await until(lambda: self.cast.overseer.voicemails_from(QUEUE, caller), "the message is in the list")
        return found[0]


ACTS = (ThroughTheQueue, CalledBack, LeftAMessage)
