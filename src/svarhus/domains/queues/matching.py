"""Who is offered what: those who wait and those who may be asked, brought together queue by queue.

It is told each change, and looks only at queues in which something has changed since: of a queue in which somebody
waits in vain there is nobody who may be asked, until the one or the other changes.
"""

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from types import MappingProxyType

from svarhus.domains.queues.place import Place, Rank
from svarhus.domains.queues.precedence import Precedence, turn
from svarhus.kit.clock import Instant
from svarhus.kit.ids import PersonKey, PlaceId, QueueKey

NO_PRECEDENCE: Mapping[QueueKey, Precedence] = MappingProxyType({})
_NOBODY: frozenset[PersonKey] = frozenset()


class Matching:
    """The lines of all queues, and the members who may be asked in each."""

    def __init__(self) -> None:
        self._lines: dict[QueueKey, list[Rank]] = {}
        """Who waits, best rank first."""
        self._entered: dict[PlaceId, Instant] = {}
        self._precedence: dict[PlaceId, Precedence] = {}
        """Of those for whom another one holds than for their queue."""
        self._unserved: dict[QueueKey, list[Rank]] = {}
        """Of these, for whom nobody is asked now."""
        self._ringing: dict[QueueKey, list[Rank]] = {}
        """For whom somebody is who has nothing else to do."""
        self._beside: dict[QueueKey, list[Rank]] = {}
        """And for whom only those are who talk."""
        self._ready: dict[QueueKey, set[PersonKey]] = {}
        self._talking: dict[QueueKey, set[PersonKey]] = {}
        """Members who talk, and may be asked when nobody is ready."""
        self._queues_of: dict[PersonKey, tuple[bool, frozenset[QueueKey]]] = {}
        """Of those who may be asked: whether they talk, and in which queues."""
        self._touched: set[QueueKey] = set()
        """Queues in which somebody waits unserved, or may be asked, who did not before."""
        self._unfit: dict[QueueKey, set[PlaceId]] = {}
        """Those of the unserved for whom nobody fits of those who may be asked, as long as these are the same."""
        self._more: set[QueueKey] = set()
        """Queues in which more may be asked to take a place for which phones ring already."""

    # ---- who waits

    def stand(self, place: Place) -> None:
        """Somebody waits there from now on."""
        insort(self._lines.setdefault(place.queue, []), place.rank)
        self._entered[place.id] = place.entered_at
        if place.precedence is not None:
            self._precedence[place.id] = place.precedence
        self._sort_in(place)

    def leave(self, place: Place) -> None:
        """Nobody waits there any more."""
        del self._entered[place.id]
        self._precedence.pop(place.id, None)
        _take_out(self._lines[place.queue], place.rank)
        _take_out(self._lines_like(place)[place.queue], place.rank)
        self._unfit.get(place.queue, set()).discard(place.id)

    def changed(self, before: Place, after: Place) -> None:
        """Other members are asked to take it, or fewer, or it is called out to more."""
        if self._lines_like(before) is not self._lines_like(after):
            _take_out(self._lines_like(before)[before.queue], before.rank)
            self._unfit.get(after.queue, set()).discard(after.id)
            self._sort_in(after)
        elif after.widened != before.widened:
            self._unfit.get(after.queue, set()).discard(after.id)
            self._touched.add(after.queue)
            self._more.add(after.queue)
        elif len(after.offers) < len(before.offers) or after.step != before.step:
            self._more.add(after.queue)

    def _sort_in(self, place: Place) -> None:
        insort(self._lines_like(place).setdefault(place.queue, []), place.rank)
        if self._lines_like(place) is not self._ringing:
            self._touched.add(place.queue)

    def _lines_like(self, place: Place) -> dict[QueueKey, list[Rank]]:
        """Those in which the place stands, by who is asked to take it."""
        if not place.offers:
            return self._unserved
        return self._beside if place.beside else self._ringing

    def line(self, queue: QueueKey) -> Sequence[PlaceId]:
        """The places of the queue, whose turn it is first."""
        return [place for _, place in self._lines.get(queue, ())]

    def waiting(self, queue: QueueKey) -> int:
        """How many stand in the queue."""
        return len(self._lines.get(queue, ()))

    def unserved(self, queue: QueueKey) -> int:
        """For how many of these nobody is asked now, or only somebody who talks."""
        return len(self._unserved.get(queue, ())) + len(self._beside.get(queue, ()))

    def position(self, place: Place) -> int:
        """From 1."""
        return bisect_left(self._lines[place.queue], place.rank) + 1

    def next_position(self, queue: QueueKey, rank: Rank) -> int:
        """The position, from 1, that somebody of this rank would get."""
        return bisect_left(self._lines.get(queue, ()), rank) + 1

    def lines(self) -> Mapping[QueueKey, Sequence[Rank]]:
        return self._lines

    # ---- who may be asked

    def is_ready(self, person: PersonKey, queues: frozenset[QueueKey], talks: bool = False) -> None:
        """The member may be asked in these queues, and in no other. `talks`: only when nobody may who does not."""
        talked, before = self._queues_of.pop(person, (talks, frozenset()))
        known = before if talked == talks else frozenset()
        for queue in before - (queues & known):
            (self._talking if talked else self._ready)[queue].discard(person)
        for queue in queues - known:
            (self._talking if talks else self._ready).setdefault(queue, set()).add(person)
            self._unfit.pop(queue, None)
            self._touched.add(queue)
            self._more.add(queue)
        if queues:
            self._queues_of[person] = talks, queues

    def ready(self, queue: QueueKey) -> Set[PersonKey]:
        """Members who have nothing else to do and may be asked there now."""
        return self._ready.get(queue, _NOBODY)

    def talking(self, queue: QueueKey) -> Set[PersonKey]:
        """Members who talk and may be asked there beside it."""
        return self._talking.get(queue, _NOBODY)

    def _somebody(self, queue: QueueKey) -> bool:
        return bool(self._ready.get(queue) or self._talking.get(queue))

    def all_ready(self) -> Collection[PersonKey]:
        return self._queues_of.keys()

    # ---- bringing together

    def next(self, now: Instant, precedence: Mapping[QueueKey, Precedence] = NO_PRECEDENCE) -> PlaceId | None:
        """The place whose turn it is, by the precedence of queues, priority, and then arrival over all queues in which
        somebody may be asked.

        It is given again until somebody is asked for it, it is left, or its queue is passed over.
        """
        turns = {queue: self._turn_of(queue) for queue in self._touched if self._somebody(queue)}
        self._touched = {queue for queue, rank in turns.items() if rank}
        firsts = [(queue, rank) for queue, rank in turns.items() if rank]
        if (precedence or self._precedence) and len(firsts) > 1:
            return min(
                turn(self._precedence_of(queue, rank, precedence), rank, self._entered[rank[1]], now)
                for queue, rank in firsts
            )[3]
        return min((rank for _, rank in firsts), default=(0, None))[1]

    def _precedence_of(self, queue: QueueKey, rank: Rank, of_queues: Mapping[QueueKey, Precedence]) -> Precedence:
        return self._precedence.get(rank[1]) or of_queues.get(queue, Precedence.NONE)

    def _turn_of(self, queue: QueueKey) -> Rank | None:
        unserved = self._first_of(queue, self._unserved.get(queue, ()))
        beside = self._beside.get(queue)
        if not beside or not self._ready.get(queue):
            return unserved
        return min(filter(None, (unserved, self._first_of(queue, beside))), default=None)

    def _first_of(self, queue: QueueKey, line: Sequence[Rank]) -> Rank | None:
        unfit = self._unfit.get(queue)
        if unfit:
            return next((rank for rank in line if rank[1] not in unfit), None)
        return line[0] if line else None

    def unfit(self, place: Place) -> None:
        """Nobody of those who may be asked has what is needed there, or nobody better than who is: it is passed over
        until others may be."""
        self._unfit.setdefault(place.queue, set()).add(place.id)

    def nobody_fits(self, queue: QueueKey) -> Set[PlaceId]:
        """The places that are passed over for that."""
        return self._unfit.get(queue, frozenset())

    def judge_anew(self) -> None:
        """Other people may fit now, or other things may be needed."""
        self._touched.update(self._unfit)
        self._more.update(self._ready, self._talking)
        self._unfit.clear()

    def ringing(self, queues: Collection[QueueKey]) -> Sequence[PlaceId]:
        """Places in these queues for which phones ring, and more may be asked than when this was last called; whose
        turn it is first."""
        found = [queue for queue in self._more if queue in queues and self._somebody(queue)]
        self._more.clear()
        lines = (line.get(queue, ()) for queue in found for line in (self._ringing, self._beside))
        return [place for _, place in sorted(rank for line in lines for rank in line)]

    def pass_over(self, queue: QueueKey) -> None:
        """Nobody of those who may be asked there can be, for a reason that is not known here."""
        self._touched.discard(queue)

    def look_again(self, queues: Iterable[QueueKey]) -> None:
        """That reason may be gone."""
        self._touched.update(queues)


def _take_out(line: list[Rank], rank: Rank) -> None:
    del line[bisect_left(line, rank)]
