"""A house in virtual time: the core and the simulated engine, driven by hand, with verbs of the business.

Nothing runs by itself. Each verb hands what happened to the core, carries out what it orders, and
checks everything that must never happen. `waits` lets time pass, from one due moment to the next.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TypeVar, cast

import msgspec
import yaml
from pydantic import JsonValue

from svarhus.adapters.simulated.engine import SimulatedEngine
from svarhus.adapters.simulated.time import START, VirtualTime
from svarhus.adapters.simulated.world import Heard, Reaction, SimulatedLeg
from svarhus.domains.callbacks.state import Booking
from svarhus.domains.calls.facts import CallClosed, LegBegan, LegGone, PromptStarted, VoicemailLeft
from svarhus.domains.calls.model import PROVEN, Call, CallRecord
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.repository import PhoneSecrets
from svarhus.domains.presence.device import DeviceKind, browser_endpoint
from svarhus.domains.queues.place import Place
from svarhus.exchange.core.commands import Command, FindRecording, SayTo
from svarhus.exchange.core.core import Core, Numbered, Outcome
from svarhus.exchange.core.decide import Input
from svarhus.exchange.core.facts import Fact, decode, encode
from svarhus.exchange.core.requests import (
    ChooseDevice,
    HearBrowser,
    InventoryTaken,
    LogIn,
    LogOut,
    OpenBrowser,
    Request,
    TakeConfiguration,
    TimePassed,
)
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.snapshots import freeze, thaw
from svarhus.exchange.core.turn import Ordered, Turn
from svarhus.exchange.running.provision import provision
from svarhus.kit.clock import Instant, seconds_between
from svarhus.kit.errors import SvarhusError
from svarhus.kit.ids import BookingId, CallId, LegId, OrganisationId, PersonKey, QueueKey, RecordingId
from svarhus.ports.speech import Phrase, Recorded
from svarhus.ports.telephony import (
    CallOffered,
    Dial,
    EndCause,
    EngineLost,
    EngineReady,
    Play,
    RecordingFinished,
    TelephonyEvent,
)
from unit.exchange.invariants import Invariants

HOUSE = OrganisationId("house")
MAIN, STRAIGHT, CALL_ME = "+46846500400", "+46846500401", "+46846500402"
KARIN, LARS, MONA = "+46701234567", "+46701234568", "+46701234569"

Changes = Mapping[str, object]
F = TypeVar("F", bound=Fact)


@cache
def _base() -> JsonValue:
    return cast(JsonValue, yaml.safe_load(Path(__file__).with_name("house.yaml").read_text()))


def document(changes: Changes | None = None) -> Configuration:
    """The house's configuration. Keyed parts are changed by key: {"queues": {"advice": {"ring_time": 9}}};
    None takes a part away."""
    return Configuration.model_validate(_changed(_base(), cast(JsonValue, changes or {})))


def _changed(value: JsonValue, change: JsonValue) -> JsonValue:
    if isinstance(value, list) and isinstance(change, dict):
        keyed = {str(part["key"]): part for part in value if isinstance(part, dict)}
        changed = {key: _changed(keyed.get(key, {"key": key}), part) for key, part in change.items()}
        return [part for part in {**keyed, **changed}.values() if part is not None]
    if isinstance(value, dict) and isinstance(change, dict):
        changed = {**value, **{key: _changed(value.get(key), part) for key, part in change.items()}}
        return {key: part for key, part in changed.items() if part is not None}
    return change


class Death(StrEnum):
    """When the application dies."""

    BEFORE_COMMIT = "before_commit"
    """What was decided last is in no journal."""
    BEFORE_ACTING = "before_acting"
    """What was decided last is in the journal, but was never done."""


class StrictCore(Core):
    """A fault in a decision is a fault of the test."""

    def _give_up_call(self, turn: Turn, input: Input) -> None:
        raise


class House:
    """One organisation, its phones and its callers."""

    def __init__(self, changes: Changes | None = None, start: Instant = START) -> None:
        self.time = VirtualTime(start)
        self.engine = SimulatedEngine(self.time)
        self.core: Core = StrictCore(HOUSE)
        self.core.revisions[1] = Rules(1, document(changes))
        self.journal: list[tuple[int, Instant, bytes]] = []
        self.facts: list[Fact] = []
        self.snapshot: tuple[int, bytes] | None = None
        """Its format, and what it says."""
        self.call_of: dict[LegId, CallId] = {}
        self.told: dict[LegId, list[Phrase]] = {}
        self.presented: dict[LegId, Dial] = {}
        self.records: dict[CallId, CallRecord] = {}
        self.causes: dict[LegId, EndCause] = {}
        self.alive = True
        self.busy = False
        """The application is slow: what happens collects, and is decided together."""
        self.dies: Death | None = None
        self._inbox: list[Input] = []
        self._seen: set[LegId] = set()
        """Legs that came in."""
        self._recorded: dict[RecordingId, RecordingFinished] = {}
        self._invariants = Invariants(self.engine)
        self.engine.connect()
        self.engine.listen(HOUSE, self._hear)
        self.takes_configuration(changes)
        for person in self.core.rules.people.values():
            if person.extension:
                self.engine.register(person.extension)
        self.settle()

    # ------------------------------------------------------------ what people do

    def caller_rings(
        self, number: str = MAIN, caller: str | None = KARIN, trunk: str = "carrier", name: str = ""
    ) -> "Party":
        leg = self.engine.call_in(HOUSE, number, caller, trunk=trunk, caller_name=name)
        return self.then(Party(self, leg))

    def phone(self, person: str) -> "Phone":
        """The phone where the person answers."""
        found = self.core.rules.people[PersonKey(person)]
        at = found.number if found.answers_at == "number" else found.extension
        return Phone(self, str(at))

    def browser(self, person: str) -> "Phone":
        """The browser of a person, as its engine knows it."""
        return Phone(self, browser_endpoint(str(self.core.rules.people[PersonKey(person)].extension)))

    def opens_browser(self, person: str, session: str = "page-1") -> "Phone":
        """The person opens the console, which becomes the softphone."""
        key = PersonKey(person)
        self.asks(ChooseDevice(key, DeviceKind.BROWSER))
        self.asks(OpenBrowser(key, session))
        browser = self.browser(person)
        browser.comes_on()
        self.asks(HearBrowser(key, session, registered=True))
        return browser

    def outside(self, number: str) -> "Phone":
        """A telephone outside that we may dial."""
        return Phone(self, number)

    def logs_in(self, *people: str, queue: str | None = None) -> None:
        for person in people:
            self.asks(LogIn(PersonKey(person), (QueueKey(queue),) if queue else ()))

    def logs_out(self, *people: str, queue: str | None = None) -> None:
        for person in people:
            self.asks(LogOut(PersonKey(person), (QueueKey(queue),) if queue else ()))

    def asks(self, request: Request) -> str:
        """Have a request decided. Raises its refusal."""
        outcome = self._decide([request])
        answer = outcome.answers[0] if outcome else None
        self.settle()
        if isinstance(answer, SvarhusError):
            raise answer
        return answer or ""

    def takes_configuration(self, changes: Changes | None) -> None:
        """An administrator saves a new revision."""
        revision = max(self.core.revisions) if self.core.state.stored.revision else 0
        rules = Rules(revision + 1, document(changes))
        self.core.revisions[rules.revision] = rules
        secrets = PhoneSecrets({person.key: "secret" for person in rules.document.people}, {})
        self._inbox.append(TakeConfiguration(rules.revision))
        self.engine.provision(provision(rules, secrets))
        self.settle()

    # ------------------------------------------------------------ time

    @property
    def now(self) -> Instant:
        return self.time.now()

    def waits(self, seconds: float) -> None:
        """Let so much time pass, doing whatever is due on the way, in order."""
        until = Instant(self.now + _seconds(seconds))
        self.settle()
        while (due := self._next_due()) is not None and due <= until:
            self.time.advance_to(max(due, self.now))
            self.settle()
        self.time.advance_to(until)
        self.settle()

    def lets_them_talk(self, leg: LegId) -> None:
        """Until a conversation that has just begun is one."""
        call, known = self.core.state.calls.get(self.call_of.get(leg, CallId(""))), self.core.state.legs.get(leg)
        tried, answered = call.tried if call else None, known.answered_at if known and not known.talked else None
        begun = [at for at in (tried.at if tried else None, answered) if at]
        if self.alive and not self.busy and begun:
            self.waits(max(0.0, PROVEN - seconds_between(max(begun), self.now)))

    def waits_until(self, moment: datetime) -> None:
        self.waits(seconds_between(self.now, Instant(moment)))

    def _next_due(self) -> Instant | None:
        of_core = self.core.state.next_due() if self.alive and not self.busy else None
        moments = [due for due in (of_core, self.time.next_due) if due is not None]
        return min(moments, default=None)

    # ------------------------------------------------------------ the loop

    def _hear(self, event: TelephonyEvent) -> None:
        match event:
            case CallOffered(leg):
                self._seen.add(leg)
            case RecordingFinished(_, recording):
                self._recorded[recording] = event
        if not self.alive:
            return
        match event:
            case EngineReady():
                self._take_inventory()
            case EngineLost():
                pass
            case _:
                self._inbox.append(event)

    def _take_inventory(self) -> None:
        prompts = [leg.last_prompt for leg in self.core.state.legs.values() if leg.last_prompt]
        inventory = self.engine.inventory(HOUSE, prompts)
        self._seen |= {leg.leg for leg in inventory.legs}
        live = {recording for leg in inventory.legs for recording in leg.recordings}
        running = (each.id for call in self.calls for each in call.recordings if each.runs)
        self._inbox += [self._recorded[each] for each in running if each in self._recorded and each not in live]
        self._inbox.append(InventoryTaken(inventory))

    def catches_up(self) -> None:
        """The application is busy no more."""
        self.busy = False
        self.settle()

    def settle(self) -> None:
        """Decide all that has happened, unless the application is dead or busy."""
        while self.alive and not self.busy and (self._inbox or self._is_due()):
            inputs, self._inbox = self._inbox, []
            self._decide([*inputs, TimePassed()])
        if self.alive and not self.busy:
            self._invariants.hold(self.core)
            if self.engine.connected:
                self._invariants.engine_agrees(self.core)

    def _is_due(self) -> bool:
        due = self.core.state.next_due()
        return due is not None and due <= self.now

    def _decide(self, inputs: Sequence[Input]) -> Outcome | None:
        known = self._seen | self.call_of.keys()
        outcome = self.core.decide(inputs, self.now)
        if self.dies is Death.BEFORE_COMMIT:
            self._die()
            return None
        self._commit(outcome.facts)
        self._invariants.decided(self.core, outcome, known)
        if self.dies is Death.BEFORE_ACTING:
            self._die()
            return None
        self._act(outcome.commands)
        return outcome

    def _commit(self, facts: Sequence[Numbered]) -> None:
        for numbered in facts:
            self.journal.append((numbered.seq, numbered.at, encode(numbered.fact)))
            self._learn(numbered.fact)

    def _learn(self, fact: Fact) -> None:
        self.facts.append(fact)
        match fact:
            case LegBegan(call=call, leg=leg):
                self.call_of[leg] = call
            case PromptStarted(leg=leg, phrases=phrases):
                self.told.setdefault(leg, []).extend(phrases)
            case LegGone(leg=leg, cause=cause):
                self.causes[leg] = cause
            case CallClosed(record=record):
                self.records[record.call] = record

    def _act(self, ordered: Sequence[Ordered]) -> None:
        for one in ordered:
            command: Command = one.command
            if isinstance(command, FindRecording):
                found = self._recorded.get(command.recording)
                seconds, file = (found.seconds, found.file) if found else (0.0, None)
                self._inbox.append(RecordingFinished(command.leg, command.recording, seconds, file))
                continue
            if isinstance(command, SayTo):
                command = Play(command.leg, command.prompt, tuple(map(name_of, command.phrases)))
            if isinstance(command, Dial):
                self.presented[command.leg] = command
            self.engine.carry_out(HOUSE, command)

    def then(self, party: "Party") -> "Party":
        self.settle()
        return party

    # ------------------------------------------------------------ deaths

    def _die(self) -> None:
        self.alive, self.busy, self.dies = False, False, None
        self._inbox = []

    def application_dies(self) -> None:
        """kill -9."""
        self._die()

    def takes_snapshot(self) -> None:
        self.snapshot = freeze(self.core.state.stored)

    def application_starts(self) -> None:
        """A new process: the journal, then the inventory."""
        self.core = self.rebuilt(self.snapshot)
        self.alive = True
        if self.engine.connected:
            self._take_inventory()
        self.settle()

    def takes_over(
        self,
        journal: Sequence[tuple[int, Instant, bytes]],
        snapshot: tuple[int, bytes] | None,
        on_the_line: Sequence[SimulatedLeg],
        registered: Collection[str],
    ) -> None:
        """A data folder with calls in progress is gone on with, perhaps one of an earlier version."""
        self.application_dies()
        self.journal, self.snapshot, self.facts = list(journal), snapshot, []
        for _, _, body in journal:
            self._learn(decode(body))
        world = self.engine.world
        world.registered = set(registered)
        for leg in on_the_line:
            world.legs[leg.id] = leg
            if leg.join:
                world.joins.setdefault(leg.join, set()).add(leg.id)
            if leg.dialled:
                self.presented[leg.id] = leg.dialled
        self._invariants = Invariants(self.engine, facts=len(journal))
        self.application_starts()

    def is_left_on_the_disk(self, call: CallId, seconds: float) -> None:
        """What was recorded when the engine died, whose end nobody told."""
        found = next(each for each in self.core.state.calls[call].recordings if each.runs)
        file = f"/recordings/{found.id}.wav"
        self._recorded[found.id] = RecordingFinished(found.leg, found.id, seconds, file)

    def rebuilt(self, snapshot: tuple[int, bytes] | None = None) -> Core:
        """A core from the journal alone, or from a snapshot and the journal after it."""
        core = StrictCore(HOUSE, thaw(*snapshot) if snapshot else None)
        core.revisions = dict(self.core.revisions)
        for seq, at, body in self.journal:
            if seq > core.state.stored.seq:
                core.replay(Numbered(seq, at, decode(body)))
        core.caught_up()
        return core

    def engine_dies_and_comes_back(self) -> None:
        self.engine.die()
        self.engine.connect()
        self.settle()

    # ------------------------------------------------------------ what can be seen

    @property
    def calls(self) -> list[Call]:
        return list(self.core.state.calls.values())

    def waiting_in(self, queue: str) -> list[LegId]:
        """The callers who wait, next first."""
        state = self.core.state
        places = (state.places[place] for place in state.matching.line(QueueKey(queue)))
        return [state.calls[place.call].first_leg for place in places]

    def place(self, call: CallId) -> Place:
        """Where the call waits."""
        found = self.core.state.place_of(call)
        assert found is not None, f"{call} waits nowhere"
        return found

    @property
    def bookings(self) -> list[Booking]:
        return list(self.core.state.bookings.values())

    def booking(self, booking: BookingId) -> Booking:
        return self.core.state.bookings[booking]

    @property
    def voicemails(self) -> list[VoicemailLeft]:
        return self.facts_of(VoicemailLeft)

    def facts_of(self, kind: type[F]) -> list[F]:
        return [fact for fact in self.facts if isinstance(fact, kind)]

    def everything_is_over(self) -> None:
        """Nothing of any call is left anywhere, and every call has its one record."""
        self._invariants.nothing_left(self.core, self.facts)

    def journal_tells_all(self) -> None:
        """The journal, with a snapshot and without, gives the very state that is."""
        for snapshot in (None, self.snapshot):
            self._invariants.same(self.core, self.rebuilt(snapshot))


class Party:
    """Somebody at the far end of a leg."""

    def __init__(self, house: House, leg: LegId) -> None:
        self.house = house
        self.leg = leg
        self._last_key = ""

    def holds(self) -> None:
        """By the phone's own key."""
        self.house.engine.hold(self.leg)
        self.house.settle()

    def resumes(self) -> None:
        self.house.engine.resume(self.leg)
        self.house.settle()

    def refers(self, target: str, other: "Party | None" = None) -> bool:
        """A transfer by the phone's own key; how it went, as the phone is told."""
        self.house.engine.ask_transfer(self.leg, target, other.leg if other else None)
        self.house.settle()
        return self.house.engine.told_of_transfers[self.leg][-1]

    def presses(self, digits: str) -> None:
        """One after the other, each once the question before it can have been heard."""
        for digit in digits:
            if not self.house.busy:
                self.house.waits(0.3 if digit != self._last_key else 0.6)
            self._last_key = digit
            self.presses_at_once(digit)

    def presses_at_once(self, digits: str) -> None:
        self.house.engine.press(self.leg, digits)
        self.house.settle()

    def hangs_up(self) -> None:
        """After so long at least that whoever was joined has been heard."""
        self.house.lets_them_talk(self.leg)
        self.is_gone_at_once()

    def is_gone_at_once(self) -> None:
        self.house.engine.hang_up(self.leg)
        self.house.settle()

    def loses_sound(self) -> None:
        self.house.lets_them_talk(self.leg)
        self.house.engine.fail(self.leg, EndCause.MEDIA_LOST)
        self.house.settle()

    def hears(self, heard: Heard) -> bool:
        return self.house.engine.hears(self.leg) is heard

    def hears_voice_of(self, other: "Party") -> bool:
        return self.house.engine.talking(self.leg, other.leg)

    @property
    def gone(self) -> bool:
        return self.leg not in self.house.engine.world.legs

    @property
    def told(self) -> list[str]:
        """What has been said to the party so far: templates of the product, messages of the house."""
        return [name_of(phrase) for phrase in self.house.told.get(self.leg, [])]

    @property
    def last_told(self) -> Phrase:
        return self.house.told[self.leg][-1]

    @property
    def answered(self) -> bool:
        return self.house.engine.world.legs[self.leg].answered

    @property
    def refused_with(self) -> EndCause:
        """What the party was told when we hung up."""
        return self.house.engine.hang_ups[self.leg]

    @property
    def shown(self) -> str | None:
        """The number that the phone of this party showed when we rang it."""
        return self.house.presented[self.leg].presented

    @property
    def call(self) -> Call:
        return self.house.core.state.calls[self.house.call_of[self.leg]]

    @property
    def record(self) -> CallRecord:
        return self.house.records[self.house.call_of[self.leg]]


class Phone:
    """A telephone that we may ring: a person's, or a number outside."""

    def __init__(self, house: House, name: str) -> None:
        self.house = house
        self.name = name

    @property
    def rings(self) -> bool:
        return self._ringing() is not None

    def _ringing(self) -> LegId | None:
        for leg in self.house.engine.world.legs.values():
            if leg.dialled and self.name in _name_of_target(leg.dialled) and not leg.answered:
                return leg.id
        return None

    def answers(self) -> Party:
        leg = self._ringing()
        assert leg is not None, f"{self.name} does not ring"
        self.house.engine.answer(leg)
        return self.house.then(Party(self.house, leg))

    def declines(self) -> None:
        leg = self._ringing()
        assert leg is not None, f"{self.name} does not ring"
        self.house.engine.decline(leg)
        self.house.settle()

    def dials(self, number: str) -> Party:
        leg = self.house.engine.call_in(HOUSE, number, self.name, endpoint=self.name)
        return self.house.then(Party(self.house, leg))

    def always(self, reaction: Reaction, after: float = 0.0) -> None:
        """From now on it answers, declines, is busy ... whenever it is rung."""
        self.house.engine.when_called(self.name, reaction, after)

    def goes_off(self) -> None:
        self.house.engine.unregister(self.name)
        self.house.settle()

    def comes_on(self) -> None:
        self.house.engine.register(self.name)
        self.house.settle()

    @property
    def headers(self) -> Mapping[str, str]:
        """Of the call that rings."""
        leg = self._ringing()
        assert leg is not None, f"{self.name} does not ring"
        return self.house.presented[leg].headers


def name_of(phrase: Phrase) -> str:
    return phrase.message if isinstance(phrase, Recorded) else phrase.template


def _name_of_target(dial: Dial) -> tuple[str, ...]:
    return tuple(msgspec.to_builtins(dial.target).values())


def _seconds(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)
