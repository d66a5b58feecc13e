"""An organisation on virtual time: the core and the simulated engine, driven by hand, with verbs of the business.

Nothing runs by itself. Each verb hands what happened to the core and carries out what it orders. `waits` lets time
pass, from one due moment to the next: half an hour takes no time.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from svarhus.adapters.simulated.engine import SimulatedEngine
from svarhus.adapters.simulated.time import START, VirtualTime
from svarhus.domains.callbacks.state import Booking
from svarhus.domains.calls.facts import CallClosed, LegBegan, LegGone, PromptStarted, VoicemailLeft
from svarhus.domains.calls.model import PROVEN, Call, CallRecord
from svarhus.domains.numbers.lists import ListedNumbers
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.repository import PhoneSecrets
from svarhus.domains.people.pins import PinAnswer
from svarhus.domains.presence.device import DeviceKind, browser_endpoint
from svarhus.domains.queues.place import Place
from svarhus.exchange.core.commands import CheckPin, Command, FindRecording, SayTo
from svarhus.exchange.core.core import Core, Decided, NumberedFact
from svarhus.exchange.core.decide import Input
from svarhus.exchange.core.facts import Fact
from svarhus.exchange.core.requests import (
    ChooseDevice,
    HearBrowser,
    InventoryTaken,
    LogIn,
    LogOut,
    OpenBrowser,
    PinChecked,
    Request,
    TakeConfiguration,
    TimePassed,
)
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.turn import Ordered
from svarhus.exchange.running.provision import provision
from svarhus.exchange.running.secret_keys import SecretKeys
from svarhus.kit.clock import Instant, seconds_between
from svarhus.kit.errors import SvarhusError
from svarhus.kit.ids import BookingId, CallId, LegId, OrganisationId, PersonKey, QueueKey, RecordingId
from svarhus.ports.speech import Phrase
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
from svarhus.rehearsal.parties import Party, Phone, name_of

F = TypeVar("F", bound=Fact)


class Rehearsal:
    """One organisation, its phones and its callers."""

    def __init__(self, configuration: Configuration, start: Instant = START, core: type[Core] = Core) -> None:
        self.organisation = OrganisationId(configuration.organisation.key)
        self.time = VirtualTime(start)
        self.engine = SimulatedEngine(self.time)
        self.core = core(self.organisation)
        self.secrets = SecretKeys(self.core)
        self.pins: dict[str, str] = {}
        """Of people, by their keys."""
        self.facts: list[Fact] = []
        self.call_of: dict[LegId, CallId] = {}
        self.told: dict[LegId, list[Phrase]] = {}
        self.presented: dict[LegId, Dial] = {}
        self.records: dict[CallId, CallRecord] = {}
        self.causes: dict[LegId, EndCause] = {}
        self.inbox: list[Input] = []
        self.came_in: set[LegId] = set()
        """Legs that came in."""
        self.recorded: dict[RecordingId, RecordingFinished] = {}
        self.lists: dict[str, ListedNumbers] = {}
        """The numbers of lists, by their keys."""
        self.engine.connect()
        self.engine.listen(self.organisation, self._hear)
        self.takes(configuration)
        for person in self.core.rules.people.values():
            if person.extension:
                self.engine.register(person.extension)
        self.settle()

    @property
    def listens(self) -> bool:
        """What happens is heard of."""
        return True

    @property
    def decides(self) -> bool:
        """What has happened is decided at once."""
        return True

    # ------------------------------------------------------------ what people do

    def caller_rings(self, number: str, caller: str | None, trunk: str = "carrier", name: str = "") -> Party:
        leg = self.engine.call_in(self.organisation, number, caller, trunk=trunk, caller_name=name)
        return self.then(Party(self, leg))

    def phone(self, person: str) -> Phone:
        """The phone where the person answers."""
        found = self.core.rules.people[PersonKey(person)]
        at = found.number if found.answers_at == "number" else found.extension
        return Phone(self, str(at))

    def browser(self, person: str) -> Phone:
        """The browser of a person, as its engine knows it."""
        return Phone(self, browser_endpoint(str(self.core.rules.people[PersonKey(person)].extension)))

    def opens_browser(self, person: str, session: str = "page-1") -> Phone:
        """The person opens the console, which becomes the softphone."""
        key = PersonKey(person)
        self.asks(ChooseDevice(key, DeviceKind.BROWSER))
        self.asks(OpenBrowser(key, session))
        browser = self.browser(person)
        browser.comes_on()
        self.asks(HearBrowser(key, session, registered=True))
        return browser

    def outside(self, number: str) -> Phone:
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
        outcome = self.decide([request])
        answer = outcome.answers[0] if outcome else None
        self.settle()
        if isinstance(answer, SvarhusError):
            raise answer
        return answer or ""

    def takes(self, configuration: Configuration) -> None:
        """An administrator saves a new revision."""
        revision = max(self.core.revisions, default=0) + 1
        rules = Rules(revision, configuration)
        self.core.revisions[revision] = rules
        secrets = PhoneSecrets({person.key: "secret" for person in configuration.people}, {})
        self.inbox.append(TakeConfiguration(revision))
        self.engine.provision(provision(rules, secrets))
        self.settle()

    def lists_numbers(self, key: str, *numbers: str) -> None:
        """Somebody keeps another version of a list: all of its numbers."""
        before = self.lists.get(key)
        self.lists[key] = ListedNumbers(before.version + 1 if before else 1, numbers)
        self.core.lists = dict(self.lists)

    # ------------------------------------------------------------ time

    @property
    def now(self) -> Instant:
        return self.time.now()

    def waits(self, seconds: float) -> None:
        """Let so much time pass, doing whatever is due on the way, in order."""
        until = Instant(self.now + timedelta(seconds=seconds))
        self.settle()
        while (due := self.next_due()) is not None and due <= until:
            self.time.advance_to(max(due, self.now))
            self.settle()
        self.time.advance_to(until)
        self.settle()

    def lets_them_talk(self, leg: LegId) -> None:
        """Until a conversation that has just begun is one."""
        call, known = self.core.state.calls.get(self.call_of.get(leg, CallId(""))), self.core.state.legs.get(leg)
        tried, answered = call.tried if call else None, known.answered_at if known and not known.talked else None
        begun = [at for at in (tried.at if tried else None, answered) if at]
        if self.decides and begun:
            self.waits(max(0.0, PROVEN - seconds_between(max(begun), self.now)))

    def waits_until(self, moment: datetime) -> None:
        self.waits(seconds_between(self.now, Instant(moment)))

    def next_due(self) -> Instant | None:
        """When something happens by itself, be it that time is up or that a telephone does something."""
        of_core = self.core.state.next_due() if self.decides else None
        moments = [due for due in (of_core, self.time.next_due) if due is not None]
        return min(moments, default=None)

    # ------------------------------------------------------------ the loop

    def _hear(self, event: TelephonyEvent) -> None:
        match event:
            case CallOffered(leg):
                self.came_in.add(leg)
            case RecordingFinished(_, recording):
                self.recorded[recording] = event
        if not self.listens:
            return
        match event:
            case EngineReady():
                self.take_inventory()
            case EngineLost():
                pass
            case _:
                self.inbox.append(event)

    def take_inventory(self) -> None:
        """Look at what is alive in the engine."""
        prompts = [leg.last_prompt for leg in self.core.state.legs.values() if leg.last_prompt]
        inventory = self.engine.inventory(self.organisation, prompts)
        self.came_in |= {leg.leg for leg in inventory.legs}
        live = {recording for leg in inventory.legs for recording in leg.recordings}
        running = (each.id for call in self.calls for each in call.recordings if each.runs)
        self.inbox += [self.recorded[each] for each in running if each in self.recorded and each not in live]
        self.inbox.append(InventoryTaken(inventory))

    def settle(self) -> None:
        """Decide all that has happened."""
        while self.decides and (self.inbox or self._is_due()):
            inputs, self.inbox = self.inbox, []
            self.decide(self.secrets.hiding([*inputs, TimePassed()]))

    def _is_due(self) -> bool:
        due = self.core.state.next_due()
        return due is not None and due <= self.now

    def decide(self, inputs: Iterable[Input]) -> Decided | None:
        """Decide, keep the facts, and carry out what is ordered. None: nothing came of it."""
        outcome = self.core.decide(inputs, self.now)
        self.commit(outcome.facts)
        self.act(outcome.commands)
        return outcome

    def commit(self, facts: Sequence[NumberedFact]) -> None:
        for numbered in facts:
            self.learn(numbered.fact)

    def learn(self, fact: Fact) -> None:
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

    def act(self, ordered: Sequence[Ordered]) -> None:
        for one in ordered:
            command: Command = one.command
            if isinstance(command, FindRecording):
                found = self.recorded.get(command.recording)
                seconds, file = (found.seconds, found.file) if found else (0.0, None)
                self.inbox.append(RecordingFinished(command.leg, command.recording, seconds, file))
                continue
            if isinstance(command, CheckPin):
                self.inbox.append(PinChecked(command.leg, command.prompt, self._answer_to(command)))
                continue
            if isinstance(command, SayTo):
                command = Play(command.leg, command.prompt, tuple(map(name_of, command.phrases)))
            if isinstance(command, Dial):
                self.presented[command.leg] = command
            self.engine.carry_out(self.organisation, command)

    def _answer_to(self, check: CheckPin) -> PinAnswer:
        keyed = self.secrets.take(check.leg, check.prompt)
        if keyed is None:
            return PinAnswer.UNKNOWN
        return PinAnswer.RIGHT if check.person and self.pins.get(check.person) == keyed.pin else PinAnswer.WRONG

    def then(self, party: Party) -> Party:
        self.settle()
        return party

    # ------------------------------------------------------------ what can be seen

    @property
    def calls(self) -> list[Call]:
        return list(self.core.state.calls.values())

    def waiting_in(self, queue: str) -> list[LegId]:
        """The callers who wait, next first."""
        state = self.core.state
        places = (state.places[place] for place in state.matching.line(QueueKey(queue)))
        return [state.calls[place.call].first_leg for place in places if not place.to_call_back]

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
