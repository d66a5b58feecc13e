"""What a call is about goes with it, wherever it goes, and says who is rung and how urgent it is."""

import pytest

from svarhus.domains.callbacks.errors import NoCategory
from svarhus.domains.callbacks.state import Booked
from svarhus.domains.calls.facts import CategoryGiven
from svarhus.domains.calls.talk import Destination
from svarhus.domains.cases.priority import Priority
from svarhus.domains.cases.state import EpisodeBegan
from svarhus.domains.organisation.errors import FaultyFile
from svarhus.domains.organisation.validation import check_configuration
from svarhus.domains.queues.precedence import Precedence
from svarhus.domains.queues.state import QueueEntered
from svarhus.exchange.core.requests import BookCallback, TransferCall
from svarhus.exchange.showing.desk import LiveDesk
from svarhus.kit.ids import CategoryKey, PersonKey, QueueKey
from unit.exchange.house import CALL_ME, KARIN, MAIN, MONA, STRAIGHT, Changes, House, document

WOUNDS, MEDICINE, OTHER = "wounds", "medicine", "other"

CATEGORIES: Changes = {
    "categories": [
        {"key": WOUNDS, "name": "Wounds", "priority": "very_high", "skills": [{"skill": "Wounds", "level": 3}]},
        {"key": MEDICINE, "name": "Medicine", "priority": "low", "language": "fi"},
        {"key": OTHER, "name": "Other"},
    ],
    "callflows": {
        "main": {
            "elements": {
                "menu": {
                    "settings": {
                        "categories": [{"pressed": "1", "category": WOUNDS}, {"pressed": "2", "category": MEDICINE}]
                    }
                }
            }
        }
    },
}

OWN: Changes = {"reception": {"category": OTHER}, "advice": {"category": MEDICINE, "needs": {"widens_after": 0}}}
"""Queues that say what their callers call about."""


def house(**more: object) -> House:
    return House({**CATEGORIES, **more})


def about(house: House, caller: str = KARIN) -> str | None:
    return next(call.category for call in house.core.state.calls.values() if call.caller == caller)


@pytest.mark.feature("FLOW-21")
class TestChoices:
    def test_who_chooses_in_a_menu_calls_about_that(self) -> None:
        made = house()
        made.logs_in("anna")
        karin = made.caller_rings(MAIN)
        karin.presses("1")
        assert about(made) == WOUNDS
        [entered] = made.facts_of(QueueEntered)
        assert (entered.queue, entered.category) == ("reception", WOUNDS)

    def test_a_key_without_a_category_says_nothing(self) -> None:
        made = house()
        karin = made.caller_rings(MAIN)
        karin.presses("7")
        assert about(made) is None

    def test_the_number_says_it_until_a_choice_does(self) -> None:
        number = {"number": MAIN, "name": "Main", "flow": "main", "category": OTHER}
        made = house(numbers=[number])
        karin = made.caller_rings(MAIN)
        assert about(made) == OTHER
        karin.presses("1")
        assert [(each.category, each.by_queue) for each in made.facts_of(CategoryGiven)] == [
            (OTHER, False),
            (WOUNDS, False),
        ]

    def test_a_restart_knows_what_it_is_about(self) -> None:
        made = house(queues={"reception": {"category": OTHER}})
        made.caller_rings(STRAIGHT)
        made.application_dies()
        made.application_starts()
        assert about(made) == OTHER
        made.journal_tells_all()


@pytest.mark.feature("SCH-10")
class TestQueues:
    def test_of_whom_nobody_said_the_queue_does_and_the_next_one_again(self) -> None:
        made = house(queues=OWN)
        made.logs_in("anna")
        made.logs_in("cia")
        made.phone("cia").goes_off()
        karin = made.caller_rings(STRAIGHT)
        made.phone("anna").answers()
        made.asks(TransferCall(karin.call.id, PersonKey("anna"), Destination(queue=QueueKey("advice")), 20))
        assert [(each.category, each.by_queue) for each in made.facts_of(CategoryGiven)] == [
            (OTHER, True),
            (MEDICINE, True),
        ]
        karin.hangs_up()
        [record] = made.records.values()
        assert (record.category, [part.category for part in record.parts]) == (MEDICINE, [OTHER, MEDICINE])

    def test_what_was_chosen_holds_in_every_queue(self) -> None:
        made = house(queues=OWN)
        made.logs_in("anna")
        karin = made.caller_rings(MAIN)
        karin.presses("1")
        assert about(made) == WOUNDS

    def test_only_who_has_its_skills_is_rung(self) -> None:
        skills = {"bo": 3, "anna": 2}
        people = {key: {"skills": [{"skill": "wounds", "level": level}]} for key, level in skills.items()}
        made = house(people=people, queues={"reception": {"category": WOUNDS}})
        made.logs_in("anna")
        made.logs_in("bo")
        made.caller_rings(STRAIGHT)
        assert made.phone("bo").rings and not made.phone("anna").rings

    def test_only_who_takes_calls_in_its_language_is_rung(self) -> None:
        made = house(people={"bo": {"languages": [{"language": "fi"}]}}, queues={"reception": {"category": MEDICINE}})
        made.logs_in("anna")
        made.logs_in("bo")
        made.caller_rings(STRAIGHT)
        assert made.phone("bo").rings and not made.phone("anna").rings


@pytest.mark.feature("DESK-04")
def test_a_case_begins_at_the_priority_of_its_category() -> None:
    made = house(queues={"reception": {"category": WOUNDS, "desk": {"priority": "low"}}})
    made.caller_rings(STRAIGHT)
    [item] = LiveDesk().items(made.core)
    assert (item.category, item.priority) == (WOUNDS, Priority.VERY_HIGH)


@pytest.mark.feature("SCH-10")
class TestBookings:
    def test_what_a_caller_books_is_about_what_the_queue_is(self) -> None:
        made = house(queues={"advice": {"category": OTHER}})
        karin = made.caller_rings(CALL_ME)
        karin.presses("1")
        karin.presses("1")
        [booked] = made.facts_of(Booked)
        [booking] = made.core.state.bookings.values()
        assert (booked.category, booking.category) == (OTHER, OTHER)
        assert {each.as_it_is.ref.kind: each.as_it_is.category for each in made.facts_of(EpisodeBegan)} == {
            "callback": OTHER,
            "call": None,
        }

    def test_an_agent_says_what_it_is_about(self) -> None:
        made = house(queues={"advice": {"category": OTHER}})
        made.asks(BookCallback(QueueKey("advice"), KARIN, PersonKey("bo"), category=CategoryKey(WOUNDS)))
        made.asks(BookCallback(QueueKey("advice"), MONA, PersonKey("bo")))
        assert [each.category for each in made.facts_of(Booked)] == [WOUNDS, OTHER]

    def test_what_is_no_category_is_refused(self) -> None:
        made = house()
        with pytest.raises(NoCategory):
            made.asks(BookCallback(QueueKey("advice"), KARIN, PersonKey("bo"), category=CategoryKey("nowhere")))
        assert not made.core.state.bookings


@pytest.mark.feature("SCH-10")
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"queues": {"advice": {"category": "nowhere"}}}, "there is no category `nowhere`"),
        ({"categories": [{"key": WOUNDS, "name": "Wounds", "unit": "nowhere"}]}, "there is no unit `nowhere`"),
        ({"categories": [{"key": MEDICINE, "name": "Medicine"}]}, "there is no category `wounds`"),
    ],
)
def test_what_makes_no_sense_is_refused(changes: Changes, message: str) -> None:
    with pytest.raises(FaultyFile) as faulty:
        check_configuration(document({**CATEGORIES, **changes}))
    assert message in [fault.message for fault in faulty.value.faults]


@pytest.mark.feature("Q-09")
class TestUrgency:
    def test_who_calls_about_something_urgent_goes_before_those_of_other_queues_and_of_the_same(self) -> None:
        urgent = [{"key": WOUNDS, "name": "Wounds", "priority": "very_high"}]
        made = house(categories=urgent, callflows={"main": {"elements": PRESSING}})
        first, other = made.caller_rings(STRAIGHT, KARIN), made.caller_rings(MAIN, MONA)
        other.presses("7")
        made.waits(60)
        pressing = made.caller_rings(MAIN, "+46701234599")
        pressing.presses("1")
        made.logs_in("bo")
        assert made.phone("bo").answers().hears_voice_of(pressing)
        assert not first.gone and not other.gone
        made.journal_tells_all()


PRESSING = {
    "menu": {"settings": {"categories": [{"pressed": "1", "category": WOUNDS}]}},
    "reception": {"settings": {"wait_for_nobody": True}},
}


@pytest.mark.feature("SCH-02")
def test_a_period_lets_those_for_whom_it_is_go_first() -> None:
    period = {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "from": "00:00", "to": "24:00"}
    first = {**period, "calls_per_hour": 60, "calling": "in", "categories": [OTHER], "precedence": True}
    made = house(
        schedules={"nurses": {"periods": [{**period, "calls_per_hour": 60, "calling": "in"}, first]}},
        queues={"advice": {"category": OTHER, "pace": "nurses"}, "reception": {"pace": "nurses"}},
        callflows={"main": {"start": "advice"}},
    )
    made.caller_rings(STRAIGHT, KARIN)
    made.waits(5)
    made.caller_rings(MAIN, MONA)
    assert [each.precedence for each in made.facts_of(QueueEntered)] == [None, Precedence.HIGHEST]
    made.logs_in("bo")
    assert made.phone("bo").answers() and about(made, MONA) == OTHER
    assert made.waiting_in("advice") == []
