"""What must never happen in a queue, each as its sentence, whatever callers, members, those who lead and machines do.

The walk of `walk.py` does everything that a house can do; this one does what queues are about, so that it comes further
into it, and its referee knows nothing but the facts.
"""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from examples import DEEP
from svarhus.domains.calls.supervision import Supervision
from svarhus.domains.calls.talk import Destination
from svarhus.domains.queues.distribution import STRATEGIES
from svarhus.domains.queues.ways import LeftBy
from svarhus.exchange.core.decisions.people.agents import LONGEST_AFTER_CALL
from svarhus.exchange.core.requests import (
    AssignCall,
    BeginPause,
    EndAfterCallWork,
    EndPause,
    HoldCall,
    LogIn,
    LogOut,
    ParkCall,
    PickCall,
    RaiseCall,
    RecordCall,
    Request,
    ResumeCall,
    Supervise,
    TakeParked,
    TransferCall,
)
from svarhus.kit.errors import SvarhusError
from svarhus.kit.ids import CallId, LegId, PauseKey, PersonKey, QueueKey
from unit.exchange.house import CALL_ME, MAIN, STRAIGHT, Changes, Death, House, Party
from unit.exchange.referee import Referee

LINES = (STRAIGHT, MAIN, CALL_ME)
"""To the reception, to the advice, and to the reception before all others."""
PEOPLE = tuple(map(PersonKey, ("anna", "bo", "cia", "dan", "eva")))
RECEPTION, ADVICE = QueueKey("reception"), QueueKey("advice")
MEMBERS = {RECEPTION: ("anna", "bo", "cia", "dan"), ADVICE: ("bo", "cia", "eva")}
WHICH = st.integers(0, 11)
SOMEBODY = st.sampled_from(PEOPLE)
DESTINATIONS = (Destination(queue=ADVICE), Destination(queue=RECEPTION), Destination(person=PersonKey("anna")))


def of_queues(strategies: dict[QueueKey, str], call_waiting: bool) -> Changes:
    """Two queues that share members, and three lines that lead straight to them; nobody is sent on from there."""
    queue = {"type": "queue", "settings": {"queue": "reception", "priority": 5, "wait_for_nobody": True}}
    advice = {"settings": {"longest_wait": None}}
    return {
        "queues": {
            key: {
                "distribution": strategies[key],
                "call_waiting": call_waiting and key == ADVICE,
                "most_at_once": 3,
                "members": [{"person": person, "priority": index // 2} for index, person in enumerate(MEMBERS[key])],
                "after_call_work": {"answered": 5, "declined": index, "missed": 2 * index},
                "recording": {"mode": ("all", "on_demand")[index]},
                "callbacks": None,
            }
            for index, key in enumerate(MEMBERS)
        },
        "callflows": {
            "main": {"start": "advice", "elements": {"advice": advice}},
            "call-me": {"start": "queue", "elements": {"queue": queue, "callback": None}},
        },
    }


class Never(RuleBasedStateMachine):
    """Callers, members, those who lead, and machines that die."""

    def __init__(self) -> None:
        super().__init__()
        self.callers: list[Party] = []
        self.hung_up: set[LegId] = set()
        """Callers who left of their own accord, or with the engine."""

    @initialize(
        first=st.sampled_from(sorted(STRATEGIES)),
        second=st.sampled_from(sorted(STRATEGIES)),
        there=st.sets(SOMEBODY, min_size=1),
        call_waiting=st.booleans(),
    )
    def a_day_begins(self, first: str, second: str, there: set[PersonKey], call_waiting: bool) -> None:
        self.house = House(of_queues({RECEPTION: first, ADVICE: second}, call_waiting))
        self.referee, self._seen = Referee(frozenset({ADVICE} if call_waiting else ())), 0
        for person in sorted(there):
            self._asks(LogIn(person))

    # ------------------------------------------------------------ what may happen

    @rule(line=st.sampled_from(LINES))
    def a_caller_rings(self, line: str) -> None:
        self.callers.append(self.house.caller_rings(line, f"+4670123{len(self.callers):04}"))

    @rule(which=WHICH)
    def a_caller_hangs_up(self, which: int) -> None:
        if there := [caller for caller in self.callers if not caller.gone]:
            caller = there[which % len(there)]
            self.hung_up.add(caller.leg)
            caller.is_gone_at_once()

    @rule(which=WHICH, what=st.sampled_from(("answer", "answer", "answer", "decline", "hang_up")))
    def a_phone_is_touched(self, which: int, what: str) -> None:
        if phones := self._phones():
            leg = phones[which % len(phones)]
            getattr(self.house.engine, what)(leg)
            self.house.settle()
            if what == "answer" and leg in self.house.engine.world.legs:
                self.house.engine.press(leg, "1")
                self.house.settle()

    @rule()
    def all_phones_are_picked_up_at_once(self) -> None:
        for leg in self._phones():
            self.house.engine.answer(leg)
        self.house.settle()

    @rule(person=SOMEBODY, queue=st.sampled_from((None, RECEPTION, ADVICE)), comes=st.booleans())
    def a_member_comes_or_goes(self, person: PersonKey, queue: QueueKey | None, comes: bool) -> None:
        queues = (queue,) if queue else ()
        self._asks(LogIn(person, queues) if comes else LogOut(person, queues))

    @rule(person=SOMEBODY, begins=st.booleans())
    def a_member_pauses(self, person: PersonKey, begins: bool) -> None:
        self._asks(BeginPause(person, PauseKey("lunch"), None, None) if begins else EndPause(person, None))

    @rule(person=SOMEBODY)
    def a_member_is_done(self, person: PersonKey) -> None:
        self._asks(EndAfterCallWork(person))

    @rule(extension=st.sampled_from(("1001", "1002", "1003")), on=st.booleans())
    def a_phone_comes_or_goes(self, extension: str, on: bool) -> None:
        (self.house.engine.register if on else self.house.engine.unregister)(extension)
        self.house.settle()

    @precondition(lambda self: self._waiting())
    @rule(which=WHICH, person=SOMEBODY, how=st.sampled_from(("picks", "is given", "raises", "raises no more")))
    def somebody_chooses_a_caller(self, which: int, person: PersonKey, how: str) -> None:
        waiting = self._waiting()
        call = waiting[which % len(waiting)]
        match how:
            case "picks":
                self._asks(PickCall(call, person))
            case "is given":
                self._asks(AssignCall(call, None, person))
            case _:
                self._asks(RaiseCall(call, None, how == "raises"))

    @rule(which=WHICH, what=st.sampled_from(("hold", "resume", "transfer", "transfer", "park", "record")))
    def a_member_steers(self, which: int, what: str) -> None:
        state = self.house.core.state
        talking = [leg for leg in state.legs.values() if leg.person and leg.conversation]
        if not talking:
            return
        leg = talking[which % len(talking)]
        own = leg.call, PersonKey(str(leg.person))
        requests: dict[str, Request] = {
            "hold": HoldCall(*own),
            "resume": ResumeCall(*own),
            "transfer": TransferCall(*own, DESTINATIONS[which % len(DESTINATIONS)], 20),
            "park": ParkCall(*own),
            "record": RecordCall(*own, True, True),
        }
        self._asks(requests[what])

    @rule(person=SOMEBODY)
    def somebody_takes_who_is_parked(self, person: PersonKey) -> None:
        parked = [call.id for call in self.house.calls if call.transfer and call.transfer.parked]
        if parked:
            self._asks(TakeParked(parked[0], person))

    @rule(which=WHICH, person=SOMEBODY, how=st.sampled_from(Supervision))
    def somebody_listens(self, which: int, person: PersonKey, how: Supervision) -> None:
        if calls := sorted(self.house.core.state.calls):
            self._asks(Supervise(calls[which % len(calls)], person, how))

    @rule(seconds=st.sampled_from((0.3, 1.0, 4.0, 11.0, 21.0, 130.0)))
    def time_passes(self, seconds: float) -> None:
        self.house.waits(seconds)

    @rule(which=WHICH, when=st.sampled_from((None, *Death)))
    def the_application_dies_and_begins_anew(self, which: int, when: Death | None) -> None:
        before = self._lines()
        if when is None:
            self.house.application_dies()
            self.house.application_starts()
            assert self._lines() == before, "a restart has changed the order"
            return
        self.house.dies = when
        self.a_phone_is_touched(which, "answer")
        self.house.application_dies()
        self.house.application_starts()
        self._in_the_same_order(before)

    @rule(which=WHICH)
    def the_connection_breaks(self, which: int) -> None:
        self.house.engine.lose()
        self.a_caller_hangs_up(which)
        self.house.engine.connect()
        self.house.settle()

    @rule()
    def the_engine_dies(self) -> None:
        self.hung_up |= {caller.leg for caller in self.callers}
        self.house.engine_dies_and_comes_back()

    @rule()
    def a_snapshot_is_taken(self) -> None:
        self.house.takes_snapshot()

    # ------------------------------------------------------------ what must never be

    @invariant()
    def nobody_is_overtaken_nor_offered_two_nor_rung_while_not_there(self) -> None:
        for fact in self.house.facts[self._seen :]:
            self.referee.sees(fact)
        self._seen = len(self.house.facts)

    @invariant()
    def no_caller_is_lost(self) -> None:
        """Who has not hung up waits, talks, is parked or on the way to somebody, or has talked."""
        state, house = self.house.core.state, self.house
        for caller in self.callers:
            call = house.call_of.get(caller.leg)
            if not caller.gone:
                assert call in state.calls, f"nobody knows {caller.leg}, who is still there"
                leg = state.legs[caller.leg]
                cared_for = state.place_of(call) or leg.conversation or state.calls[call].transfer or leg.prompt
                assert cared_for, f"{caller.leg} is nowhere"
            elif caller.leg not in self.hung_up:
                assert call in house.records, f"{caller.leg} was hung up on, and the call is not over"
                (*_, last) = house.records[call].parts
                assert last.outcome is LeftBy.ANSWERED, f"{caller.leg} waited, and was hung up on"
        assert not self.referee.cut_off

    @invariant()
    def no_two_members_are_joined_to_one_caller(self) -> None:
        """But one who leads and has joined in."""
        state = self.house.core.state
        for legs in self.house.engine.world.joins.values():
            known = [state.legs[leg] for leg in legs if leg in state.legs]
            members = [leg for leg in known if leg.person and leg.id not in state.supervising]
            callers = [leg for leg in known if leg.person is None]
            assert not callers or len(members) <= 1, f"{members} have {callers}"

    @invariant()
    def nobody_rings_who_is_logged_out_or_pauses(self) -> None:
        """Also not on, when it was so when the phone began to ring; but for a caller whom the member has picked."""
        agents = self.house.core.state.agents
        for leg, ringing in self.referee.ringing.items():
            if ringing.how == "distributed" and leg in self.house.engine.world.legs:
                assert ringing.queue in agents[ringing.person].queues, f"{ringing.person} is logged out, and rings"
                assert agents[ringing.person].pause is None, f"{ringing.person} has a pause, and rings"

    @invariant()
    def nothing_outlives_its_call(self) -> None:
        state, world = self.house.core.state, self.house.engine.world
        assert world.legs.keys() == state.legs.keys()
        for leg in state.legs.values():
            assert leg.call in state.calls, f"{leg.id} has outlived {leg.call}"
        for timer, each in state.timers.items():
            assert each.call is None or each.call in state.calls, f"the timer {timer} has outlived {each.call}"
        for place in state.places.values():
            assert place.call in state.calls, f"a place is kept for {place.call}"
        for party in world.legs.values():
            assert party.listens_to is None or party.listens_to in world.legs, f"{party.id} listens to nobody"
            known = state.calls[state.legs[party.id].call].recordings
            assert party.talk is None or any(each.id == party.talk for each in known), f"{party.id} is recorded"

    def teardown(self) -> None:
        """All go home, and the journal tells it all."""
        if not hasattr(self, "house"):
            return
        house = self.house
        house.journal_tells_all()
        for person in PEOPLE:
            self._asks(LogOut(person))
        for _ in range(2):
            while legs := list(house.engine.world.legs):
                house.engine.hang_up(legs[0])
                house.settle()
            house.waits(120)
        house.waits(LONGEST_AFTER_CALL)
        house.everything_is_over()
        house.journal_tells_all()

    # ------------------------------------------------------------ what it needs

    def _asks(self, request: Request) -> None:
        try:
            self.house.asks(request)
        except SvarhusError as refusal:
            assert type(refusal) is not SvarhusError, refusal

    def _phones(self) -> list[LegId]:
        return [leg.id for leg in self.house.engine.world.legs.values() if leg.dialled is not None]

    def _waiting(self) -> list[CallId]:
        return sorted(place.call for place in self.house.core.state.places.values())

    def _lines(self) -> dict[str, list[LegId]]:
        return {key: self.house.waiting_in(key) for key in MEMBERS}

    def _in_the_same_order(self, before: dict[str, list[LegId]]) -> None:
        """Those who still wait where they waited."""
        for queue, line in self._lines().items():
            there = [leg for leg in line if leg in before[queue]]
            assert there == [leg for leg in before[queue] if leg in there], "a restart has changed the order"


Never.TestCase.settings = settings(
    max_examples=40 if DEEP else 25,
    stateful_step_count=2000 if DEEP else 50,
    deadline=None,
    derandomize=not DEEP,
    suppress_health_check=list(HealthCheck),
)
TestNever = pytest.mark.feature("Q-22")(Never.TestCase)
