"""A thousand hang-ups at random moments through the whole flow: no leg, join, timer, member or place is left."""

import contextlib
from random import Random

import pytest

from svarhus.domains.calls.talk import Destination
from svarhus.exchange.core.requests import (
    BeginConsult,
    CancelConsult,
    CompleteConsult,
    HoldCall,
    Request,
    ResumeCall,
    SwapConsult,
    TransferCall,
)
from svarhus.kit.errors import SvarhusError
from svarhus.kit.ids import LegId, PersonKey, QueueKey
from unit.exchange.house import CALL_ME, MAIN, STRAIGHT, House

HANG_UPS = 1000
IN_THE_HOUSE = 12
"""Callers on the line at the same time."""

BUSY_STAFF = {
    "queues": {
        "reception": {"after_call_work": {"answered": 3, "missed": 5, "declined": 5}, "ring_time": 8},
        "advice": {"after_call_work": {"answered": 3, "missed": 5, "declined": 5}, "ring_time": 8},
    },
    "schedules": {"nurses": {"periods": [{"days": ["mon"], "from": "00:00", "to": "24:00", "calls_per_hour": 30}]}},
    "callflows": {"main": {"elements": {"hours": {"exits": {"open": "welcome", "lunch": "menu", "closed": "menu"}}}}},
}


class Crowd:
    """Callers and staff who do what comes to their mind; in the end, everybody hangs up."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.house = House(BUSY_STAFF)
        self.house.logs_in("anna", "bo", "cia", "dan")
        self.hung_up = 0

    def lives(self) -> None:
        while self.hung_up < HANG_UPS:
            if len(self.house.engine.world.legs) < IN_THE_HOUSE:
                self._somebody_rings()
            self._somebody_does_something()
            self.house.waits(self.chance.choice((0, 0.3, 1, 2, 4, 9)))

    def _somebody_rings(self) -> None:
        number = self.chance.choice((MAIN, MAIN, MAIN, STRAIGHT, CALL_ME))
        self.house.caller_rings(number, self.chance.choice((None, f"+4670200{self.chance.randrange(10000):04}")))

    def _somebody_does_something(self) -> None:
        engine = self.house.engine
        leg = self.chance.choice(list(engine.world.legs.values()))
        match self.chance.random():
            case luck if luck < 0.3:
                engine.hang_up(leg.id)
                self.hung_up += 1
            case luck if luck < 0.4 and leg.dialled and not leg.answered:
                engine.decline(leg.id)
            case _ if leg.dialled and not leg.answered:
                engine.answer(leg.id)
            case luck if luck < 0.75 and (asked := self._wish(leg.id)):
                with contextlib.suppress(SvarhusError):
                    self.house.asks(asked)
            case _:
                engine.press(leg.id, self.chance.choice("1111122234567890*#"))
        self.house.settle()

    def _wish(self, leg: LegId) -> Request | None:
        """What the person at this leg asks of the call, if it is a person of ours."""
        known = self.house.core.state.legs.get(leg)
        if known is None or known.person is None:
            return None
        to = self.chance.choice((Destination(person=PersonKey("cia")), Destination(queue=QueueKey("advice"))))
        call, person = known.call, known.person
        wishes: list[Request] = [
            HoldCall(call, person),
            ResumeCall(call, person),
            TransferCall(call, person, to, self.chance.choice((20, None))),
            BeginConsult(call, person, Destination(person=PersonKey("eva"))),
            CompleteConsult(call, person),
            CancelConsult(call, person),
            SwapConsult(call, person),
        ]
        return self.chance.choice(wishes)

    def goes_home(self) -> None:
        for leg in list(self.house.engine.world.legs):
            self.house.engine.hang_up(leg)
            self.house.settle()
        self.house.logs_out("anna", "bo", "cia", "dan")
        while self.house.engine.world.legs:
            self.house.engine.hang_up(next(iter(self.house.engine.world.legs)))
            self.house.settle()
        self.house.waits(60)


@pytest.mark.limit(300)
@pytest.mark.feature("Q-22")
def test_a_thousand_hang_ups_leave_nothing_behind() -> None:
    crowd = Crowd(seed=1)
    crowd.lives()
    crowd.goes_home()
    crowd.house.everything_is_over()
    crowd.house.journal_tells_all()
    outcomes = {record.outcome for record in crowd.house.records.values()}
    assert len(outcomes) >= 6, "the crowd went everywhere"
