"""What must never happen, looked for after every decision."""

from collections import Counter
from collections.abc import Collection, Sequence

from svarhus.adapters.simulated.engine import SimulatedEngine
from svarhus.adapters.simulated.time import START
from svarhus.domains.callbacks.state import Booked, Booking, BookingMoved, BookingStatus, CallbackStood
from svarhus.domains.calls.facts import CallBegan, CallClosed, CallEnding
from svarhus.domains.calls.model import CallKind, LegRole
from svarhus.domains.calls.purpose import CalledBack
from svarhus.domains.cases.model import ChannelName
from svarhus.domains.channels.names import CALL, CALLBACK
from svarhus.domains.presence.device import DeviceKind
from svarhus.domains.queues.offer import How
from svarhus.domains.queues.state import OfferEnded, OfferMade, QueueEntered
from svarhus.domains.schedules.slots import room_at
from svarhus.exchange.core.commands import Command
from svarhus.exchange.core.conversations import join_of
from svarhus.exchange.core.core import Core, Decided
from svarhus.exchange.core.decisions.calls.dialling import device_of, device_reachable, person_reachable
from svarhus.exchange.core.decisions.calls.legs import AUTO_ANSWER
from svarhus.exchange.core.decisions.calls.supervising import sound_of
from svarhus.exchange.core.decisions.promises.fitting import unplaced
from svarhus.exchange.core.decisions.queues import fitting, readiness
from svarhus.exchange.core.facts import (
    AbsenceTimer,
    AlertTimer,
    BookingTimer,
    Fact,
    PauseTimer,
    QueueLookTimer,
    call_of,
)
from svarhus.exchange.core.state import State
from svarhus.exchange.core.turn import Turn
from svarhus.exchange.showing import live
from svarhus.exchange.showing.views import AgentState
from svarhus.kit.clock import Instant
from svarhus.kit.ids import CallId, LegId, OfferId, PersonKey, QueueKey
from svarhus.ports.telephony import Dial, Join

_REASONS = (
    "abandoned",
    "flow_ended",
    "left",
    "ended_by_request",
    "flow_goes_in_circles",
    "not_taken",
    "transferred",
    "said",
)
"""Why a call from outside may come to its end."""


_AT_REST = {AgentState.LOGGED_OUT, AgentState.AVAILABLE, AgentState.UNREACHABLE, AgentState.PAUSED}


class Invariants:
    """Holds the core, and the engine where it can be reached, to what must always be true."""

    def __init__(self, engine: SimulatedEngine, facts: int = 0) -> None:
        """`facts`: how many there are already."""
        self._engine = engine
        self._seq = facts
        self._of_earlier_version = facts > 0
        self._callers: set[CallId] = set()

    # ------------------------------------------------------------ after every decision

    def decided(self, core: Core, outcome: Decided, legs_before: Collection[LegId]) -> None:
        """Of what one batch decided. `legs_before`: all that anybody knew of until then."""
        for numbered in outcome.facts:
            self._seq += 1
            assert numbered.seq == self._seq, f"fact {numbered.seq} follows {self._seq - 1}"
        dialled = [one.command for one in outcome.commands if isinstance(one.command, Dial)]
        begun = {dial.leg for dial in dialled}
        picked = {dial.leg for dial in dialled if dial.headers.keys() >= AUTO_ANSWER.keys()}
        for one in outcome.commands:
            for leg in _legs_of(one.command):
                assert leg in legs_before or leg in begun, f"nobody knows {leg}: {one.command}"
        _sold_within_capacity(core, [fact.fact for fact in outcome.facts])
        _best_first(core.state, [fact.fact for fact in outcome.facts], picked)
        self._nobody_cut_off([fact.fact for fact in outcome.facts])

    def _nobody_cut_off(self, facts: Sequence[Fact]) -> None:
        """Who rang us leaves by himself, at the end of the flow or of a conversation, or by request."""
        for fact in facts:
            match fact:
                case CallBegan(call=call, kind=CallKind.INCOMING):
                    self._callers.add(call)
                case CallEnding(call=call, reason=reason) if call in self._callers:
                    assert reason in _REASONS, f"{call}: {reason}"

    def hold(self, core: Core) -> None:
        state = core.state
        _one_place_a_caller(state)
        _lines_in_order(state)
        _one_agent_a_caller(state)
        _one_call_an_agent(state)
        _one_call_waits_at_most(core)
        _nobody_paused_is_rung(state)
        _ready_are_those_who_may_be_rung(core)
        _nobody_waits_beside_a_free_member(core)
        _places_within_capacity(core)
        _promises_have_their_time(state)
        _kept_places_are_called_once(state)
        _calls_and_legs_match(state)
        _cases_match(state)
        if not self._of_earlier_version:
            _promises_are_episodes(state)

    def engine_agrees(self, core: Core) -> None:
        """The engine has the legs, joins and sounds that the core believes in."""
        theirs, state = self._engine.world.legs, core.state
        assert set(theirs) == set(state.legs)
        assert not any(call.ending and call.legs for call in state.calls.values()), "somebody was not hung up"
        _phones_ring_for_somebody(state)
        for leg in state.legs.values():
            real = theirs[leg.id]
            running = [each for each in state.calls[leg.call].recordings if each.runs and each.leg == leg.id]
            recorded = [each.id for each in running if not each.of_talk]
            talk = next(((each.id, each.silenced) for each in running if each.of_talk), (None, False))
            assert talk == (real.talk, real.talk_paused if real.talk else False), leg.id
            heard = (leg.answered_at is not None, join_of(state, leg.id), leg.prompt, leg.music)
            ours = (*heard, recorded[0] if recorded else None)
            assert ours == (real.answered, real.join, real.prompt, real.music, real.recording), leg.id
            listens = sound_of(state, leg)
            wanted = (listens.target, listens.whisper) if listens else (None, False)
            assert wanted == (real.listens_to, real.whispers), leg.id
        joined = {join for leg in state.legs if (join := join_of(state, leg))}
        assert set(self._engine.world.joins) == joined

    # ------------------------------------------------------------ at the end

    def nothing_left(self, core: Core, facts: Sequence[Fact]) -> None:
        state = core.state
        assert not state.legs and not state.offers
        standing = {booking.standing for booking in state.bookings.values() if booking.standing}
        assert state.calls.keys() == standing == {place.call for place in state.places.values()}
        lasting = BookingTimer | AbsenceTimer | PauseTimer | AlertTimer | QueueLookTimer
        assert all(isinstance(timer.purpose, lasting) for timer in state.timers.values())
        assert not any(agent.legs or agent.after_call_until for agent in state.agents.values())
        assert not state.outside_legs and not state.supervising
        assert self._engine.empty
        assert not live.calls(core) and not any(queue.waiting for queue in live.queues(core))
        assert {agent.state for agent in live.agents(core)} <= _AT_REST
        _every_call_is_closed_once(facts, but=standing)

    def same(self, core: Core, rebuilt: Core) -> None:
        ours, theirs = core.state, rebuilt.state
        assert ours.stored == theirs.stored
        assert ours.due_bookings == theirs.due_bookings
        assert ours.live_bookings == theirs.live_bookings and _sold(ours) == _sold(theirs)
        assert ours.outside_legs == theirs.outside_legs and ours.supervising == theirs.supervising
        assert _standing(ours) == _standing(theirs)
        assert ours.next_due() == theirs.next_due()


def _legs_of(command: Command) -> tuple[LegId, ...]:
    if isinstance(command, Join):
        return command.legs
    leg: LegId | None = getattr(command, "leg", None)
    return (leg,) if leg else ()


def _sold(state: State) -> dict[tuple[str, Instant], int]:
    return {(schedule, at): count for schedule, places in state.sold.items() for at, count in places.items()}


def _standing(state: State) -> dict[str, list[str]]:
    lines = state.matching.lines()
    return {str(queue): [str(state.places[place].call) for _, place in line] for queue, line in lines.items() if line}


# ------------------------------------------------------------------ one by one


def _one_place_a_caller(state: State) -> None:
    for call in state.calls.values():
        place = state.place_of(call.id)
        to_be_called = place is not None and (place.kept_for is not None or place.to_call_back)
        filled = call.legs or to_be_called or any(each.runs for each in call.recordings)
        assert filled, f"{call.id} is empty and not closed"
        waits = place is not None
        talks = any(state.legs[leg].conversation for leg in call.legs) or call.transfer is not None
        if call.ending:
            assert not waits and call.position is None
        elif call.kind is CallKind.INCOMING and call.legs:
            walks = call.position is not None and not waits
            first = state.legs.get(call.first_leg)
            told = not (waits or talks or walks) and first is not None and first.prompt is not None
            places = {"waits": waits, "talks": talks, "walks": walks, "is told that nobody is left": told}
            assert sum(places.values()) == 1, f"{call.id}: {places}"
        assert call.talk >= 0 and all(part.wait >= 0 for part in call.parts)


def _lines_in_order(state: State) -> None:
    lines = state.matching.lines()
    standing = [place for line in lines.values() for _, place in line]
    assert sorted(standing) == sorted(state.places)
    for queue, line in lines.items():
        assert line == sorted(line)
        for rank in line:
            place = state.places[rank[1]]
            assert (place.queue, place.rank) == (queue, rank)
            assert state.place_of(place.call) == place


def _one_agent_a_caller(state: State) -> None:
    for id, offer in state.offers.items():
        assert offer.leg and id == offer.id == OfferId(offer.leg)
        assert id in state.places[offer.place].offers
        assert state.legs[LegId(offer.id)].person == offer.person
    for place in state.places.values():
        assert state.offers.keys() >= set(place.offers)
    joined = Counter(join for leg in state.legs if (join := join_of(state, leg)))
    assert all(count <= 3 for count in joined.values())


def _phones_ring_for_somebody(state: State) -> None:
    """A member's phone that was let go does not ring on."""
    for leg in state.legs.values():
        if leg.role is LegRole.MEMBER and not leg.conversation and not leg.replaces:
            assert state.offer_at(leg.id) or leg.id == state.calls[leg.call].first_leg, leg.id


def _one_call_an_agent(state: State) -> None:
    ringing = (leg for leg in state.legs.values() if not leg.talked and not leg.replaces and not leg.released)
    rung = Counter(leg.person for leg in ringing if leg.person and leg.role is not LegRole.CALLER)
    assert all(count == 1 for count in rung.values()), rung
    for agent in state.agents.values():
        assert agent.legs == {leg.id for leg in state.legs.values() if leg.person == agent.person}
        assert (f"after-call:{agent.person}" in state.timers) == (agent.after_call_until is not None)
        ends = agent.absence is not None and agent.absence.until is not None
        assert (f"absence:{agent.person}" in state.timers) == ends
        assert agent.queues or agent.pause is None
        pause_ends = agent.pause is not None and agent.pause.until is not None
        assert (f"pause:{agent.person}" in state.timers) == pause_ends


def _one_call_waits_at_most(core: Core) -> None:
    """Beside a conversation one phone call rings at most, where the queue has it so, and only while nobody free can be
    asked; otherwise who is rung has nothing else to do."""
    state = core.state
    for offer in state.offers.values():
        legs = [state.legs[leg] for leg in state.agents[offer.person].legs if leg != offer.leg]
        talks = [leg for leg in legs if leg.conversation and not leg.released and leg.replaces is None]
        beside = state.places[offer.place].beside
        assert beside == (offer.during is not None) and len({leg.call for leg in talks}) <= 1
        assert not talks or beside or offer.how is not How.DISTRIBUTED, f"{offer.person} is rung beside {talks}"


def _ready_are_those_who_may_be_rung(core: Core) -> None:
    """What is kept by queue is what looking at everybody would find."""
    state, staff = core.state, Counter[QueueKey]()
    ready: dict[QueueKey, set[PersonKey]] = {}
    talking: dict[QueueKey, set[PersonKey]] = {}
    for agent in state.agents.values():
        staff.update(agent.queues)
        if agent.free and person_reachable(state, core.rules, agent.person):
            for queue in agent.queues:
                ready.setdefault(queue, set()).add(agent.person)
        if readiness.talks_in(state, agent) and readiness.takes_another(state, core.rules, agent):
            for queue in agent.queues & core.rules.call_waiting:
                talking.setdefault(queue, set()).add(agent.person)
    for queue in {*staff, *state.staff, *core.rules.queues}:
        assert state.staff[queue] == staff[queue], queue
        assert set(state.matching.ready(queue)) == ready.get(queue, set()), queue
        assert set(state.matching.talking(queue)) == talking.get(queue, set()), queue


def _nobody_paused_is_rung(state: State) -> None:
    """For a queue, but who picked a caller while in a pause."""
    for offer in state.offers.values():
        agent = state.agents.get(offer.person)
        assert offer.how is How.PICKED or agent is None or agent.pause is None, f"{offer.person} has paused"


def _nobody_waits_beside_a_free_member(core: Core) -> None:
    """A caller who is not being rung for has no free member whose phone can be reached."""
    rules, state = core.rules, core.state
    for place in state.places.values():
        queue = rules.queues.get(place.queue)
        held = queue is not None and queue.pace is not None and not place.let_through
        served = place.offers and not place.beside
        if served or held or not fitting.able(Turn(state, core.revisions, START), place):
            continue
        for agent in state.agents.values():
            person = rules.people.get(agent.person)
            if agent.free and place.queue in agent.queues and person:
                device = device_of(state, person)
                outside = device.kind is DeviceKind.NUMBER
                assert outside or not device_reachable(state, rules, person, device), (
                    f"{place.call} beside {agent.person}"
                )


def _best_first(state: State, facts: Sequence[Fact], picked: Collection[LegId]) -> None:
    """When a phone begins to ring for a caller, one rings already for whoever stands before, unless a member has
    picked that caller or somebody has chosen the two for each other."""
    for index, fact in enumerate(facts):
        if not isinstance(fact, OfferMade) or not state.offer_at(fact.leg) or fact.leg in picked:
            continue
        if fact.how is How.ASSIGNED:
            continue
        mine, later = state.place_of(fact.call), facts[index:]
        assert mine is not None
        came_or_was_let_down_later = {
            each.call for each in later if isinstance(each, QueueEntered | CallbackStood | OfferEnded)
        }
        for place in state.places.values():
            may_go_before = place.queue == fact.queue and place.rank < mine.rank and not place.offers
            if may_go_before and place.id not in state.matching.nobody_fits(place.queue):
                assert place.call in came_or_was_let_down_later, f"{fact.call} overtook {place.call}"


def _places_within_capacity(core: Core) -> None:
    booked = core.state.bookings.values()
    sold = Counter((each.schedule, each.promised_at) for each in booked if each.promised_at)
    assert sold == _sold(core.state)
    known = {booking.id for booking in unplaced(core.state, core.rules, START)}
    settled = (each for each in booked if each.id in known or each.above_capacity or not each.waits_for_its_time)
    listed = Counter((each.schedule, each.promised_at) for each in settled)
    for (schedule, at), count in sold.items():
        if schedule in core.rules.schedules:
            excess = count - room_at(core.rules.schedules[schedule], at, core.rules.zone)
            assert excess <= listed[schedule, at], "somebody has no place, and nobody knows"


def _sold_within_capacity(core: Core, facts: Sequence[Fact]) -> None:
    """A slot was never sold to more than it had room for by some revision that held."""
    sold = _sold(core.state)
    for fact in facts:
        if isinstance(fact, Booked | BookingMoved):
            rooms = [
                room_at(rules.schedules[fact.schedule], fact.at, rules.zone)
                for rules in core.revisions.values()
                if fact.schedule in rules.schedules
            ]
            assert sold.get((fact.schedule, fact.at), 0) <= max(rooms, default=0), f"{fact.booking} was sold twice"


def _promises_have_their_time(state: State) -> None:
    for booking in state.bookings.values():
        assert state.live_bookings[booking.queue, booking.number] == booking.id
        assert (booking.id in state.due_bookings.get(booking.queue, ())) == booking.is_to_stand
        place = state.place_of(booking.standing) if booking.standing else None
        assert booking.standing is None or (place is not None and place.to_call_back), f"{booking.id} stands nowhere"
        if booking.status is BookingStatus.BOOKED and not _is_in_turn(state, booking):
            assert f"booking:{booking.id}" in state.timers, f"{booking.id} is forgotten"
        if booking.status is BookingStatus.IN_ATTEMPT:
            assert booking.attempt_call in state.calls, f"{booking.id} is attempted by nobody"
    assert len(state.live_bookings) == len(state.bookings)
    assert all(state.due_bookings.values())
    assert {id for ids in state.due_bookings.values() for id in ids} <= state.bookings.keys()


def _is_in_turn(state: State, booking: Booking) -> bool:
    """It stands in the queue, or will as soon as the customer's own call is over."""
    own = state.calls.get(booking.call) if booking.call else None
    place = state.place_of(booking.attempt_call) if booking.attempt_call else None
    stands = place is not None and place.kept_for == booking.id
    return booking.kept is not None and (stands or (own is not None and own.keeps == booking.id))


def _kept_places_are_called_once(state: State) -> None:
    """A customer's phone rings only while one member is on the line for that, and never two at a time."""
    rung = [leg for leg in state.legs.values() if isinstance(leg.purpose, CalledBack) and not leg.talked]
    numbers = Counter(leg.party for leg in rung if not leg.released and not state.calls[leg.call].ending)
    assert all(count == 1 for count in numbers.values()), numbers
    for place in state.places.values():
        taken = [offer for id in place.offers if (offer := state.offers[id]).taken]
        assert not taken or len(place.offers) == 1, f"{place.id}: {place.offers}"
        if place.kept_for and not taken:
            assert state.calls[place.call].first_leg not in state.legs, f"{place.call} is called for nobody"
        if place.kept_for:
            assert state.bookings[place.kept_for].attempt_call == place.call


def _calls_and_legs_match(state: State) -> None:
    of_calls = [leg for call in state.calls.values() for leg in call.legs]
    assert sorted(of_calls) == sorted(state.legs)
    assert state.outside_legs == {leg.id for leg in state.legs.values() if leg.outside}
    for timer in state.timers.values():
        assert timer.call is None or timer.call in state.calls


def _cases_match(state: State) -> None:
    """Whatever is open belongs to one open case, and its notes are counted once."""
    by_case = {(case.id, key, case.notes) for case in state.cases.values() for key in case.open}
    assert by_case == {(each.case, key, each.marks.notes) for key, each in state.episodes.items()}
    assert all(case.open for case in state.cases.values())
    assert _open_in(state, CALL) <= state.calls.keys()
    assert _open_in(state, CALLBACK) <= state.bookings.keys()


def _promises_are_episodes(state: State) -> None:
    """Those of a version before become it when its cases are taken over."""
    assert _open_in(state, CALLBACK) == state.bookings.keys()


def _open_in(state: State, channel: ChannelName) -> set[str]:
    return {episode.ref.id for episode in state.episodes.values() if episode.ref.kind == channel}


def _every_call_is_closed_once(facts: Sequence[Fact], but: Collection[str]) -> None:
    closed: set[str] = set()
    begun: set[str] = set()
    for fact in facts:
        call = call_of(fact)
        match fact:
            case CallBegan(call=began):
                assert began not in begun
                begun.add(began)
            case CallClosed(call=over, record=record):
                assert over not in closed and record.call == over
                assert record.talk >= 0 and record.wait >= 0
                closed.add(over)
            case _ if call is not None:
                assert call not in closed or not isinstance(fact, CallBegan)
    assert begun - set(but) == closed
