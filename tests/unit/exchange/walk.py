"""Anything at any time: what callers, staff, administrators and machines may do, in any order."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from svarhus.domains.callbacks.state import BookingKind, WhyMoved
from svarhus.domains.calls.supervision import Supervision
from svarhus.domains.calls.talk import Destination
from svarhus.domains.cases.model import CaseRef
from svarhus.domains.cases.requests import (
    DeleteCase,
    HandleCase,
    Known,
    NoteCase,
    ReleaseCase,
    ReopenCase,
    TagCase,
    TakeCase,
    UntagCase,
)
from svarhus.domains.cases.state import Episode, own_case
from svarhus.domains.channels.names import CALL, VOICEMAIL
from svarhus.domains.presence.absence import AbsenceKind
from svarhus.domains.presence.device import DeviceKind
from svarhus.exchange.core.decisions.people.agents import LONGEST_AFTER_CALL
from svarhus.exchange.core.requests import (
    AssignCall,
    BeginAbsence,
    BeginConsult,
    BeginPause,
    BookCallback,
    CallNow,
    CancelCallback,
    CancelConsult,
    ChooseCallWaiting,
    ChooseDevice,
    CloseQueue,
    CompleteConsult,
    Confer,
    DialFor,
    EndAbsence,
    EndAfterCallWork,
    EndCall,
    EndPause,
    ExtendAfterCallWork,
    HangUpOwn,
    HearBrowser,
    HoldCall,
    KeepCallback,
    LogIn,
    LogOut,
    MarkCallback,
    MoveCallback,
    OpenBrowser,
    OpenQueue,
    ParkCall,
    PauseRecordingOf,
    PickCall,
    RaiseCall,
    RecordCall,
    Request,
    ResumeCall,
    StartCallback,
    Supervise,
    SwapConsult,
    TakeParked,
    TransferCall,
)
from svarhus.kit.clock import after
from svarhus.kit.errors import SvarhusError
from svarhus.kit.ids import CallId, LegId, PauseKey, PersonKey, QueueKey
from svarhus.ports.telephony import EndCause
from unit.exchange.house import CALL_ME, HOUSE, KARIN, LARS, MAIN, MONA, STRAIGHT, Changes, Death, House

CALLERS = (KARIN, LARS, MONA, None, "anonymous", "+4915112345678")
PEOPLE = ("anna", "bo", "cia", "dan", "eva")
DIGITS = "1234567890*#"
WHICH = st.integers(0, 30)
DEEDS = st.lists(
    st.sampled_from(
        (
            "a caller rings",
            "a caller hangs up",
            "a caller presses",
            "a phone is picked up",
            "a phone hangs up",
            "a phone goes off",
            "time passes",
        )
    ),
    min_size=1,
    max_size=4,
)
DIALLED = (
    "*61",
    "*60",
    "*602001",
    "*62",
    "*63",
    "*64",
    "*71",
    "*72",
    "2001",
    "1001",
    "1005",
    "0812345678",
    MAIN,
    "112",
    "00449",
    "x",
)
SECONDS = (0.0, 0.5, 3.0, 7.0, 16.0, 61.0, 300.0, 1900.0)

DESTINATIONS = (
    Destination(person=PersonKey("bo")),
    Destination(person=PersonKey("dan")),
    Destination(person=PersonKey("eva")),
    Destination(queue=QueueKey("advice")),
    Destination(queue=QueueKey("reception")),
    Destination(number="1003"),
    Destination(number="0812345678"),
    Destination(number=CALL_ME),
)
Steering = (
    type[HoldCall] | type[ResumeCall] | type[CompleteConsult] | type[CancelConsult] | type[SwapConsult] | type[Confer]
)

KEEPS = {"key": "1", "after": 0, "from_position": 1, "confirm_number": False, "attempts": 2, "retry_minutes": 5}
LIVELY: Changes = {
    "organisation": {"outgoing": {"trunk": "carrier", "presented": "+46846500400", "simultaneous": 3, "daily": 40}},
    "queues": {
        "reception": {
            "after_call_work": {"answered": 5},
            "alerts": [
                {"on": "waiting", "limit": 1},
                {"on": "wait", "limit": 20, "minutes": 1, "hours": "daytime"},
                {"on": "members", "limit": 1, "minutes": 1},
            ],
            "recording": {"mode": "all", "notice": True},
            "call_waiting": True,
            "keeps_places": KEEPS,
        },
        "advice": {"recording": {"mode": "on_demand", "notice": True}},
    },
    "schedules": {"nurses": {"notice_minutes": 0}},
}
CONFIGURATIONS: tuple[Changes, ...] = (
    LIVELY,
    {},
    {"people": {"bo": None}, "queues": {"reception": {"members": [{"person": "anna"}]}, "advice": {"members": []}}},
    {
        "queues": {"reception": None},
        "callflows": {
            "straight": {"start": "queue", "elements": {"queue": {"type": "queue", "settings": {"queue": "advice"}}}},
            "main": {
                "elements": {
                    "reception": {"settings": {"queue": "advice"}},
                    "urgent": {"settings": {"queue": "advice", "priority": 5}},
                    "voicemail": {"settings": {"queue": "advice"}},
                }
            },
        },
    },
    {"callflows": {"main": {"start": "menu"}}, "queues": {"advice": {"callbacks": None}}},
    {
        "organisation": {"several_callbacks": True},
        "schedules": {
            "nurses": {
                "notice_minutes": 0,
                "periods": [{"days": ["mon", "tue"], "from": "08:30", "to": "12:00", "calls_per_hour": 2}],
            }
        },
    },
    {
        "queues": {
            "reception": {
                "waiting_sound": "music_until_ringing",
                "entry": {"no_waiting": True, "longest_wait": 40},
                "returned_message": "welcome",
            },
            "advice": {
                "pace": "nurses",
                "waiting_sound": "ringing_only",
                "entry": {"most_waiting": 1, "way_on": "number", "number": "1003"},
            },
        },
        "callflows": {"straight": {"elements": {"queue": {"settings": {"music": "default", "ring_time": 7}}}}},
    },
    {
        "queues": {
            "reception": {
                "distribution": "escalating",
                "members": [{"person": "anna", "priority": 0}, {"person": "bo"}, {"person": "dan", "priority": 2}],
            },
            "advice": {
                "distribution": "ring_all",
                "call_waiting": True,
                "most_at_once": 2,
                "members": [{"person": person} for person in ("anna", "bo", "cia", "dan")],
                "outside": [{"number": "+46701000077", "name": "On duty"}],
                "after_call_work": {"declined": 0, "missed": 0},
            },
        },
        "callflows": {
            "main": {
                "elements": {"advice": {"settings": {"queue": "advice", "most_rounds": 2, "precedence": "medium"}}}
            }
        },
    },
    {
        "queues": {
            "reception": {
                "distribution": "round_robin",
                "after_call_work": {"missed": 0},
                "needs": {"skills": [{"skill": "Wounds", "level": 3}], "caller_language": True, "widens_after": 60},
            },
            "advice": {"distribution": "ring_best", "needs": {"skills": [{"skill": "Wounds"}]}},
        },
        "people": {
            "bo": {"skills": [{"skill": "Wounds", "level": 9}], "languages": [{"language": "sv", "level": 2}]},
            "cia": {"skills": [{"skill": "wounds", "level": 1}]},
        },
    },
    {
        "queues": {
            "reception": {
                "callbacks": {"carried_out": "automatic", "attempts": 0, "greeting": "welcome", "abandoned_after": 3}
            },
            "advice": {
                "distribution": "ring_all",
                "callbacks": {"carried_out": "automatic", "after_last": "new_time", "after_unanswered": 9},
            },
        },
    },
)


class Walk(RuleBasedStateMachine):
    """A house in which everything happens. What must never be is looked for after every step."""

    def __init__(self) -> None:
        super().__init__()
        self.house = House(LIVELY)

    def _legs(self, dialled: bool) -> list[LegId]:
        return [leg.id for leg in self.house.engine.world.legs.values() if (leg.dialled is not None) == dialled]

    # ------------------------------------------------------------ callers

    @rule(number=st.sampled_from((MAIN, STRAIGHT, CALL_ME)), caller=st.sampled_from(CALLERS))
    def a_caller_rings(self, number: str, caller: str | None) -> None:
        self.house.caller_rings(number, caller)

    @rule(caller=st.sampled_from(CALLERS), keys=st.sampled_from(("1", "2", "3", "4", "8", "9", "21", "22", "8211")))
    def a_hurried_caller_rings(self, caller: str | None, keys: str) -> None:
        party = self.house.caller_rings(MAIN, caller)
        self.house.waits(1)
        for key in keys:
            party.presses(key)

    @rule(caller=st.sampled_from((KARIN, LARS, MONA)), again=st.sampled_from(("", "1", "21", "2*")))
    def a_caller_keeps_the_place(self, caller: str, again: str) -> None:
        """And may call again about it."""
        for keys in ("1", again):
            party = self.house.caller_rings(STRAIGHT, caller)
            for key in keys:
                self.house.waits(3)
                if not party.gone:
                    party.presses_at_once(key)
            if not party.gone:
                self.house.engine.hang_up(party.leg)
                self.house.settle()

    @rule(keys=st.lists(st.sampled_from("1112"), min_size=2, max_size=4))
    def callers_compete_for_a_place(self, keys: list[str]) -> None:
        """All are offered the same time, and answer one after the other."""
        parties = [self.house.caller_rings(CALL_ME, f"+4670999000{index}") for index in range(len(keys))]
        for party, key in zip(parties, keys, strict=True):
            party.presses(key)
        for party in parties:
            party.presses("1")

    @rule(which=WHICH, digit=st.sampled_from(DIGITS))
    def a_key_is_pressed(self, which: int, digit: str) -> None:
        if legs := self._legs(dialled=False):
            self.house.engine.press(legs[which % len(legs)], digit)
            self.house.settle()

    @rule(which=WHICH)
    def a_caller_hangs_up(self, which: int) -> None:
        if legs := self._legs(dialled=False):
            self.house.engine.hang_up(legs[which % len(legs)])
            self.house.settle()

    # ------------------------------------------------------------ those whom we ring

    @rule(which=WHICH)
    def a_phone_is_picked_up(self, which: int) -> None:
        if legs := self._legs(dialled=True):
            self.house.engine.answer(legs[which % len(legs)])
            self.house.settle()

    @rule(which=WHICH, seconds=st.sampled_from((0.0, 0.2)))
    def a_phone_is_picked_up_and_gone_at_once(self, which: int, seconds: float) -> None:
        if legs := self._legs(dialled=True):
            leg = legs[which % len(legs)]
            self.house.engine.answer(leg)
            self.house.settle()
            self.house.waits(seconds)
            self.house.engine.hang_up(leg)
            self.house.settle()

    @rule()
    def all_phones_are_picked_up(self) -> None:
        for leg in self._legs(dialled=True):
            self.house.engine.answer(leg)
            self.house.settle()
            self.house.engine.press(leg, "1")
            self.house.settle()

    @rule(which=WHICH, digit=st.sampled_from("1112"))
    def a_phone_presses(self, which: int, digit: str) -> None:
        if legs := self._legs(dialled=True):
            self.house.engine.press(legs[which % len(legs)], digit)
            self.house.settle()

    @rule(which=WHICH)
    def a_phone_declines(self, which: int) -> None:
        if legs := self._legs(dialled=True):
            self.house.engine.decline(legs[which % len(legs)])
            self.house.settle()

    @rule(which=WHICH)
    def a_phone_hangs_up(self, which: int) -> None:
        if legs := self._legs(dialled=True):
            self.house.engine.hang_up(legs[which % len(legs)])
            self.house.settle()

    @rule(
        extension=st.sampled_from(("1001", "1002", "1003", "1005", "1001-browser")),
        dialled=st.sampled_from(
            (
                "*61",
                "*60",
                "*602001",
                "*62",
                "*63",
                "*64",
                "*71",
                "*72",
                "2001",
                "1001",
                "1005",
                "0812345678",
                MAIN,
                "112",
                "00449",
                "x",
            )
        ),
    )
    def a_phone_dials(self, extension: str, dialled: str) -> None:
        if extension in self.house.engine.world.registered:
            self.house.engine.call_in(HOUSE, dialled, extension, endpoint=extension)
            self.house.settle()

    @rule(extension=st.sampled_from(("1001", "1002", "1003", "1001-browser")), on=st.booleans())
    def a_phone_comes_or_goes(self, extension: str, on: bool) -> None:
        (self.house.engine.register if on else self.house.engine.unregister)(extension)
        self.house.settle()

    # ------------------------------------------------------------ staff

    def _asks(self, request: Request) -> None:
        try:
            self.house.asks(request)
        except SvarhusError as refusal:
            assert type(refusal) is not SvarhusError, refusal

    @initialize(people=st.sets(st.sampled_from(PEOPLE[:4]), min_size=1))
    def some_begin_their_day(self, people: set[str]) -> None:
        for person in sorted(people):
            self._asks(LogIn(PersonKey(person)))

    @rule(person=st.sampled_from(PEOPLE))
    def somebody_logs_in(self, person: str) -> None:
        self._asks(LogIn(PersonKey(person)))

    @rule(person=st.sampled_from(PEOPLE), queue=st.sampled_from(("reception", "advice", None)))
    def somebody_logs_out(self, person: str, queue: str | None) -> None:
        self._asks(LogOut(PersonKey(person), (QueueKey(queue),) if queue else ()))

    @rule(
        queue=st.sampled_from(("reception", "advice")),
        seconds=st.none() | st.floats(1, 300),
        message=st.sampled_from((None, "welcome")),
    )
    def a_queue_is_closed(self, queue: str, seconds: float | None, message: str | None) -> None:
        until = None if seconds is None else after(self.house.now, timedelta(seconds=seconds))
        self._asks(CloseQueue(QueueKey(queue), until, message, PersonKey("anna")))

    @rule(queue=st.sampled_from(("reception", "advice")))
    def a_queue_is_opened(self, queue: str) -> None:
        self._asks(OpenQueue(QueueKey(queue), None))

    @rule(person=st.sampled_from(PEOPLE))
    def somebody_is_done(self, person: str) -> None:
        self._asks(EndAfterCallWork(PersonKey(person)))

    @rule(person=st.sampled_from(PEOPLE), seconds=st.sampled_from((5, 60, 900)))
    def somebody_needs_more_time(self, person: str, seconds: int) -> None:
        self._asks(ExtendAfterCallWork(PersonKey(person), seconds))

    @rule(person=st.sampled_from(PEOPLE), seconds=st.sampled_from((None, -1.0, 5.0, 900.0)))
    def somebody_goes_away(self, person: str, seconds: float | None) -> None:
        until = after(self.house.now, timedelta(seconds=seconds)) if seconds else None
        self._asks(BeginAbsence(PersonKey(person), AbsenceKind.LUNCH, until, "", PersonKey("anna")))

    @rule(person=st.sampled_from(PEOPLE))
    def somebody_comes_back(self, person: str) -> None:
        self._asks(EndAbsence(PersonKey(person)))

    @rule(person=st.sampled_from(PEOPLE), seconds=st.sampled_from((None, -1.0, 5.0, 900.0)))
    def somebody_pauses(self, person: str, seconds: float | None) -> None:
        until = after(self.house.now, timedelta(seconds=seconds)) if seconds else None
        self._asks(BeginPause(PersonKey(person), PauseKey("lunch"), until, PersonKey("anna")))

    @rule(person=st.sampled_from(PEOPLE))
    def somebody_ends_the_pause(self, person: str) -> None:
        self._asks(EndPause(PersonKey(person), None))

    @rule(
        number=st.sampled_from(("0701234567", "0701234568", "08-1")),
        queue=st.sampled_from(("advice", "reception")),
        kind=st.sampled_from((BookingKind.TIMED, BookingKind.UNTIMED)),
    )
    def somebody_books(self, number: str, queue: str, kind: BookingKind) -> None:
        self._asks(BookCallback(QueueKey(queue), number, PersonKey("anna"), kind=kind))

    @precondition(lambda self: self.house.bookings)
    @rule(which=WHICH, person=st.sampled_from(PEOPLE))
    def a_callback_is_started(self, which: int, person: str) -> None:
        booking = self.house.bookings[which % len(self.house.bookings)]
        self._asks(StartCallback(booking.id, PersonKey(person)))

    @precondition(lambda self: self.house.bookings)
    @rule(which=WHICH, person=st.sampled_from(("bo", "cia", "dan")), reached=st.booleans())
    def a_callback_is_carried_out(self, which: int, person: str, reached: bool) -> None:
        """As far as nothing stands in the way."""
        booking = self.house.bookings[which % len(self.house.bookings)]
        self._asks(StartCallback(booking.id, PersonKey(person)))
        self.all_phones_are_picked_up()
        if reached:
            self.all_phones_are_picked_up()
        self.house.waits(20)

    @precondition(lambda self: self.house.bookings)
    @rule(which=WHICH, answered=st.booleans())
    def a_callback_is_marked(self, which: int, answered: bool) -> None:
        booking = self.house.bookings[which % len(self.house.bookings)]
        self._asks(MarkCallback(booking.id, PersonKey("cia"), answered))

    @precondition(lambda self: self.house.bookings)
    @rule(
        which=WHICH,
        minutes=st.sampled_from((None, 0, 45, 90, 1440)),
        queue=st.sampled_from((None, QueueKey("reception"), QueueKey("advice"))),
    )
    def a_callback_is_moved(self, which: int, minutes: int | None, queue: QueueKey | None) -> None:
        booking = self.house.bookings[which % len(self.house.bookings)]
        at = None if minutes is None else after(booking.promised_at or booking.due_at, timedelta(minutes=minutes))
        self._asks(MoveCallback(booking.id, PersonKey("anna"), at, queue))

    @precondition(lambda self: self.house.bookings)
    @rule(which=WHICH, how=st.integers(0, 2))
    def a_callback_without_a_place_is_settled(self, which: int, how: int) -> None:
        booking = self.house.bookings[which % len(self.house.bookings)].id
        anna = PersonKey("anna")
        settlings = (
            MoveCallback(booking, anna, why=WhyMoved.NO_PLACE),
            KeepCallback(booking, anna),
            CallNow(booking, anna),
        )
        self._asks(settlings[how])

    @precondition(lambda self: self.house.bookings)
    @rule(which=WHICH)
    def a_callback_is_cancelled(self, which: int) -> None:
        booking = self.house.bookings[which % len(self.house.bookings)]
        self._asks(CancelCallback(booking.id, PersonKey("cia")))

    @precondition(lambda self: self.house.calls)
    @rule(which=WHICH)
    def a_call_is_ended_by_request(self, which: int) -> None:
        self._asks(EndCall(self.house.calls[which % len(self.house.calls)].id))

    @rule(configuration=st.sampled_from(CONFIGURATIONS))
    def an_administrator_saves(self, configuration: Changes) -> None:
        self.house.takes_configuration(configuration)

    # ------------------------------------------------------------ cases

    def _case(self, which: int) -> Known:
        """A call, a callback or a message; now and then one that is over, as the tables would have it."""
        state = self.house.core.state
        calls = [CaseRef(CALL, call) for call in state.calls]
        over = [CaseRef(CALL, f"house-{which}"), CaseRef(VOICEMAIL, "house-1-over")]
        refs = [*(episode.ref for episode in state.episodes.values()), *calls, *over]
        ref = refs[which % len(refs)]
        known = state.episodes.get(ref.key)
        return Known(known or Episode(ref, own_case(ref), self.house.now, queue=QueueKey("advice")), known is not None)

    @rule(which=WHICH, by=st.sampled_from(PEOPLE))
    def somebody_writes_a_note(self, which: int, by: str) -> None:
        self._asks(NoteCase(self._case(which), f"n{len(self.house.facts)}", "Wants to be rung at noon.", by))

    @rule(which=WHICH, by=st.sampled_from(PEOPLE), other=st.none() | st.sampled_from(PEOPLE), lets_go=st.booleans())
    def somebody_takes_a_case(self, which: int, by: str, other: str | None, lets_go: bool) -> None:
        case = self._case(which)
        self._asks(TakeCase(case, PersonKey(by), PersonKey(other) if other else None))
        if lets_go:
            self._asks(ReleaseCase(case, PersonKey(by)))

    @rule(which=WHICH, tag=st.sampled_from(("prescription", "referral")), on=st.booleans())
    def somebody_tags_a_case(self, which: int, tag: str, on: bool) -> None:
        self._asks((TagCase if on else UntagCase)(self._case(which), tag, "anna"))

    @rule(which=WHICH, what=st.sampled_from((HandleCase, ReopenCase, DeleteCase)))
    def somebody_is_done_with_a_message(self, which: int, what: type[HandleCase | ReopenCase | DeleteCase]) -> None:
        messages = [each for each in self.house.core.state.episodes.values() if each.ref.kind == VOICEMAIL]
        known = Known(messages[which % len(messages)], kept=True) if messages else self._case(-1)
        self._asks(what(known, "anna"))

    @rule(which=WHICH)
    def a_case_goes_on_as_a_callback(self, which: int) -> None:
        self._asks(BookCallback(QueueKey("advice"), LARS, PersonKey("anna"), known=self._case(which)))

    # ------------------------------------------------------------ own phones and own calls

    def _person_in(self, which: int) -> tuple[CallId, PersonKey] | None:
        """Somebody of ours in a call."""
        legs = [leg for leg in self.house.core.state.legs.values() if leg.person]
        leg = legs[which % len(legs)] if legs else None
        return (leg.call, PersonKey(str(leg.person))) if leg else None

    @rule(which=WHICH, to=st.sampled_from(DESTINATIONS), return_after=st.sampled_from((20, None)))
    def somebody_hands_over(self, which: int, to: Destination, return_after: int | None) -> None:
        if found := self._person_in(which):
            self._asks(TransferCall(*found, to, return_after))

    @rule(which=WHICH, to=st.sampled_from(DESTINATIONS), picked_up=st.booleans())
    def somebody_asks_a_third_party(self, which: int, to: Destination, picked_up: bool) -> None:
        if found := self._person_in(which):
            self._asks(BeginConsult(*found, to))
            if picked_up:
                self.all_phones_are_picked_up()

    @rule(
        which=WHICH, what=st.sampled_from((HoldCall, ResumeCall, CompleteConsult, CancelConsult, SwapConsult, Confer))
    )
    def somebody_steers_a_call(self, which: int, what: Steering) -> None:
        if found := self._person_in(which):
            self._asks(what(*found))

    @rule(which=WHICH, on=st.booleans(), by_right=st.booleans(), pause=st.booleans())
    def somebody_decides_what_is_recorded(self, which: int, on: bool, by_right: bool, pause: bool) -> None:
        if found := self._person_in(which):
            self._asks(PauseRecordingOf(*found, on) if pause else RecordCall(*found, on, by_right))

    @rule(which=WHICH)
    def somebody_hangs_up_by_request(self, which: int) -> None:
        if found := self._person_in(which):
            self._asks(HangUpOwn(*found))

    @rule(person=st.sampled_from(PEOPLE), to=st.sampled_from(DESTINATIONS), picked_up=st.booleans())
    def somebody_asks_for_a_call(self, person: str, to: Destination, picked_up: bool) -> None:
        self._asks(DialFor(PersonKey(person), to))
        if picked_up:
            self.all_phones_are_picked_up()

    @rule(which=WHICH, holds=st.booleans())
    def a_phone_holds(self, which: int, holds: bool) -> None:
        if legs := list(self.house.engine.world.legs):
            (self.house.engine.hold if holds else self.house.engine.resume)(legs[which % len(legs)])
            self.house.settle()

    @rule(which=WHICH, other=st.none() | WHICH, number=st.sampled_from(("1002", "1003", "2001", "0812345678", "x")))
    def a_phone_asks_for_a_transfer(self, which: int, other: int | None, number: str) -> None:
        if legs := list(self.house.engine.world.legs):
            second = legs[other % len(legs)] if other is not None else None
            self.house.engine.ask_transfer(legs[which % len(legs)], number, second)
            self.house.settle()

    @rule(person=st.sampled_from(("anna", "bo")), kind=st.sampled_from(DeviceKind))
    def somebody_chooses_a_phone(self, person: str, kind: DeviceKind) -> None:
        self._asks(ChooseDevice(PersonKey(person), kind, LARS))

    @rule(person=st.sampled_from(("anna", "bo")), wanted=st.booleans())
    def somebody_chooses_call_waiting(self, person: str, wanted: bool) -> None:
        self._asks(ChooseCallWaiting(PersonKey(person), wanted))

    @rule(person=st.sampled_from(("anna", "bo")), page=st.integers(1, 3), registered=st.booleans())
    def a_page_is_opened(self, person: str, page: int, registered: bool) -> None:
        endpoint = {"anna": "1001-browser", "bo": "1002-browser"}[person]
        self.house.engine.unregister(endpoint)
        self._asks(ChooseDevice(PersonKey(person), DeviceKind.BROWSER))
        self._asks(OpenBrowser(PersonKey(person), f"page-{page}"))
        if registered:
            self.house.engine.register(endpoint)
            self._asks(HearBrowser(PersonKey(person), f"page-{page}", registered=True))

    @rule(person=st.sampled_from(("anna", "bo")), page=st.integers(1, 3), registered=st.booleans())
    def a_page_tells(self, person: str, page: int, registered: bool) -> None:
        self._asks(HearBrowser(PersonKey(person), f"page-{page}", registered))

    @rule(which=WHICH, person=st.sampled_from(PEOPLE[:4]))
    def somebody_picks_a_caller(self, which: int, person: str) -> None:
        if calls := sorted(place.call for place in self.house.core.state.places.values()):
            self._asks(PickCall(calls[which % len(calls)], PersonKey(person)))

    @rule(
        which=WHICH,
        person=st.sampled_from(("anna", "bo", "dan", "eva")),
        how=st.sampled_from(Supervision),
        picked_up=st.booleans(),
    )
    def somebody_leads(self, which: int, person: str, how: Supervision, picked_up: bool) -> None:
        if calls := sorted(self.house.core.state.calls):
            self._asks(Supervise(calls[which % len(calls)], PersonKey(person), how))
            if picked_up:
                self.all_phones_are_picked_up()

    @rule(which=WHICH, how=st.sampled_from(Supervision))
    def who_leads_goes_over(self, which: int, how: Supervision) -> None:
        if legs := sorted(self.house.core.state.supervising):
            leg = self.house.core.state.legs[legs[which % len(legs)]]
            self._asks(Supervise(leg.call, PersonKey(str(leg.person)), how))

    @rule(which=WHICH)
    def somebody_parks(self, which: int) -> None:
        if found := self._person_in(which):
            self._asks(ParkCall(*found))

    @rule(which=WHICH, person=st.sampled_from(PEOPLE), picked_up=st.booleans())
    def somebody_takes_who_is_parked(self, which: int, person: str, picked_up: bool) -> None:
        parked = [call.id for call in self.house.calls if call.transfer and call.transfer.parked]
        if parked:
            self._asks(TakeParked(parked[which % len(parked)], PersonKey(person)))
            if picked_up:
                self.all_phones_are_picked_up()

    @rule(which=WHICH, raised=st.booleans())
    def somebody_raises_a_caller(self, which: int, raised: bool) -> None:
        if calls := sorted(place.call for place in self.house.core.state.places.values()):
            self._asks(RaiseCall(calls[which % len(calls)], None, raised))

    @rule(which=WHICH, person=st.sampled_from(PEOPLE))
    def somebody_assigns_a_caller(self, which: int, person: str) -> None:
        calls = sorted(place.call for place in self.house.core.state.places.values())
        if calls and PersonKey(person) in self.house.core.rules.people:
            self._asks(AssignCall(calls[which % len(calls)], None, PersonKey(person)))

    @rule(which=WHICH)
    def sound_is_lost(self, which: int) -> None:
        if legs := list(self.house.engine.world.legs):
            self.house.engine.fail(legs[which % len(legs)], EndCause.MEDIA_LOST)
            self.house.settle()

    # ------------------------------------------------------------ time and machines

    @rule(seconds=st.sampled_from(SECONDS))
    def time_passes(self, seconds: float) -> None:
        self.house.waits(seconds)

    def _meanwhile(self, deeds: list[str], which: int) -> None:
        """What people do, whether the application hears of it or not."""
        house = self.house
        callers, phones = self._legs(dialled=False), self._legs(dialled=True)
        for deed in deeds:
            match deed:
                case "a caller rings":
                    house.caller_rings(STRAIGHT, KARIN)
                case "a caller hangs up" if callers:
                    house.engine.hang_up(callers.pop(which % len(callers)))
                case "a caller presses" if callers:
                    house.engine.press(callers[which % len(callers)], "1223*#"[which % 6])
                case "a phone is picked up" if phones:
                    house.engine.answer(phones[which % len(phones)])
                case "a phone hangs up" if phones:
                    house.engine.hang_up(phones.pop(which % len(phones)))
                case "a phone goes off":
                    house.engine.unregister("1001")
                case "time passes":
                    house.waits(SECONDS[which % len(SECONDS)])
            house.settle()

    @rule(deeds=DEEDS, which=WHICH)
    def the_application_is_slow(self, deeds: list[str], which: int) -> None:
        self.house.busy = True
        self._meanwhile(deeds, which)
        self.house.catches_up()

    @rule(deeds=DEEDS, which=WHICH, when=st.sampled_from((None, *Death)))
    def the_application_dies_and_starts(self, deeds: list[str], which: int, when: Death | None) -> None:
        if when is None:
            self.house.application_dies()
        else:
            self.house.dies = when
        self._meanwhile(deeds, which)
        self.house.application_dies()
        self.house.application_starts()

    @rule()
    def a_snapshot_is_taken(self) -> None:
        self.house.takes_snapshot()

    @rule(deeds=DEEDS, which=WHICH)
    def the_connection_to_the_engine_breaks(self, deeds: list[str], which: int) -> None:
        self.house.engine.lose()
        self._meanwhile(deeds, which)
        self.house.engine.connect()
        self.house.settle()

    @rule(deeds=DEEDS, which=WHICH)
    def the_engine_dies(self, deeds: list[str], which: int) -> None:
        self.house.engine.die()
        self._meanwhile(deeds, which)
        self.house.engine.connect()
        self.house.settle()

    # ------------------------------------------------------------ the end

    def teardown(self) -> None:
        """All hang up. Nothing may be left behind."""
        house = self.house
        for person in PEOPLE[:4]:
            self._asks_if_there(person)
        while house.engine.world.legs:
            house.engine.hang_up(next(iter(house.engine.world.legs)))
            house.settle()
        house.waits(120)
        while house.engine.world.legs:
            house.engine.hang_up(next(iter(house.engine.world.legs)))
            house.settle()
        for booking in [booking for booking in house.bookings if booking.kept]:
            house.asks(CancelCallback(booking.id, PersonKey("anna")))
        house.waits(LONGEST_AFTER_CALL)
        house.everything_is_over()
        house.journal_tells_all()

    def _asks_if_there(self, person: str) -> None:
        if PersonKey(person) in self.house.core.rules.people:
            self.house.logs_out(person)
