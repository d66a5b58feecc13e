"""What is kept by queue finds the same turns as looking at everybody would."""

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svarhus.adapters.simulated.time import START
from svarhus.domains.queues.matching import Matching
from svarhus.domains.queues.place import OnTheLine, Place
from svarhus.domains.queues.precedence import Precedence
from svarhus.kit.clock import Instant
from svarhus.kit.ids import CallId, OfferId, PersonKey, PlaceId, QueueKey

QUEUES = [QueueKey(key) for key in ("advice", "back", "care")]
PEOPLE = [PersonKey(key) for key in ("anna", "bo", "cia", "dan")]


def place(number: int, queue: QueueKey, priority: int = 0, at: Instant = START) -> Place:
    subject = OnTheLine(CallId(f"call-{number}"))
    return Place(id=PlaceId(number), queue=queue, entered_at=at, priority=priority, subject=subject)


class World:
    """Everything as it is, told to the matching as it changes."""

    def __init__(self) -> None:
        self.matching = Matching()
        self.places: dict[PlaceId, Place] = {}
        self.ready: dict[PersonKey, frozenset[QueueKey]] = {}
        self.arrivals = 0

    def arrives(self, queue: QueueKey, priority: int) -> None:
        self.arrivals += 1
        new = place(self.arrivals, queue, priority)
        self.places[new.id] = new
        self.matching.stand(new)

    def goes(self, which: int) -> None:
        if self.places:
            gone = self.places.pop(sorted(self.places)[which % len(self.places)])
            self.matching.leave(gone)

    def is_let_down(self, which: int) -> None:
        """Nobody takes the one for whom somebody was asked."""
        if asked := sorted(id for id, each in self.places.items() if each.offers):
            self._offer(asked[which % len(asked)], ())

    def is_ready(self, person: PersonKey, queues: frozenset[QueueKey]) -> None:
        self.ready[person] = queues
        self.matching.is_ready(person, queues)

    def _offer(self, id: PlaceId, offers: tuple[OfferId, ...]) -> None:
        before = self.places[id]
        self.places[id] = after = msgspec.structs.replace(before, offers=offers)
        self.matching.changed(before, after)

    def serve(self) -> None:
        """Everybody who can be served is, in the order in which looking at everybody would do it."""
        while (found := self.matching.next(START)) is not None:
            assert found == self._next_of_all()
            queue = self.places[found].queue
            person = min(self.matching.ready(queue))
            assert queue in self.ready[person]
            self._offer(found, (OfferId(f"{found}-{person}"),))
            self.is_ready(person, frozenset())
        assert self._next_of_all() is None

    def _next_of_all(self) -> PlaceId | None:
        served = {queue for queues in self.ready.values() for queue in queues}
        turns = [each.rank for each in self.places.values() if not each.offers and each.queue in served]
        return min(turns)[1] if turns else None


_queue = st.sampled_from(QUEUES)
_deed = st.one_of(
    st.tuples(st.just("arrives"), _queue, st.integers(0, 2)),
    st.tuples(st.just("goes"), st.integers(0, 9)),
    st.tuples(st.just("is_let_down"), st.integers(0, 9)),
    st.tuples(st.just("is_ready"), st.sampled_from(PEOPLE), st.frozensets(_queue)),
)


@given(st.lists(st.lists(_deed, max_size=5), max_size=12))
def test_turns_come_as_if_everybody_were_looked_at(rounds: list[list[tuple[object, ...]]]) -> None:
    world = World()
    for deeds in rounds:
        for deed, *rest in deeds:
            getattr(world, str(deed))(*rest)
        world.serve()


def test_a_queue_that_is_passed_over_is_looked_at_again_only_when_told() -> None:
    matching = Matching()
    matching.stand(place(1, QUEUES[0]))
    matching.stand(place(2, QUEUES[1]))
    matching.is_ready(PEOPLE[0], frozenset(QUEUES))
    assert matching.next(START) == 1
    matching.pass_over(QUEUES[0])
    assert matching.next(START) == 2
    matching.pass_over(QUEUES[1])
    assert matching.next(START) is None
    matching.look_again(QUEUES)
    assert matching.next(START) == 1


def test_positions_count_those_whom_somebody_is_asked_to_take() -> None:
    matching = Matching()
    first, second, urgent = place(1, QUEUES[0]), place(2, QUEUES[0]), place(3, QUEUES[0], priority=5)
    for each in (first, second, urgent):
        matching.stand(each)
    matching.changed(urgent, msgspec.structs.replace(urgent, offers=(OfferId("leg"),)))
    assert [matching.position(each) for each in (urgent, first, second)] == [1, 2, 3]
    assert matching.line(QUEUES[0]) == [3, 1, 2]
    assert matching.next_position(QUEUES[0], (0, PlaceId(4))) == 4
    assert matching.next_position(QUEUES[0], (-9, PlaceId(4))) == 1


@pytest.mark.feature("Q-09")
def test_minutes_of_waiting_count_double_in_a_queue_of_medium_precedence() -> None:
    usual, double = QUEUES[0], QUEUES[1]
    matching, precedence = Matching(), {double: Precedence.MEDIUM}

    def minutes(count: float) -> Instant:
        return Instant(START + timedelta(minutes=count))

    matching.stand(place(1, usual, at=START))
    matching.stand(place(2, double, at=minutes(3)))
    matching.is_ready(PEOPLE[0], frozenset({usual, double}))
    assert matching.next(minutes(5.9), precedence) == 1
    assert matching.next(minutes(6.1), precedence) == 2, "3.1 minutes count as 6.2"


@pytest.mark.feature("Q-09")
def test_the_highest_precedence_goes_before_all_others_and_priority_before_waiting() -> None:
    matching, precedence = Matching(), {QUEUES[1]: Precedence.MEDIUM, QUEUES[2]: Precedence.HIGHEST}
    late = Instant(START + timedelta(hours=1))
    urgent, waits_long, highest = (
        place(1, QUEUES[0], priority=5, at=late),
        place(2, QUEUES[1]),
        place(3, QUEUES[2], at=late),
    )
    for each in (urgent, waits_long, highest):
        matching.stand(each)
    matching.is_ready(PEOPLE[0], frozenset(QUEUES))
    order = []
    for _ in range(3):
        found = matching.next(late, precedence)
        assert found is not None
        order.append(found)
        matching.leave({1: urgent, 2: waits_long, 3: highest}[int(found)])
    assert order == [3, 1, 2]
