"""Only those who have what a caller needs are rung, the best first, and others after a while where that is allowed."""

import pytest

from svarhus.domains.organisation.errors import FaultyFile
from svarhus.domains.organisation.validation import check_configuration
from svarhus.domains.people.model import Person
from svarhus.domains.queues.needs import Needs, fit
from svarhus.domains.queues.state import NeedsWidened, OfferMade
from unit.exchange.house import KARIN, LARS, STRAIGHT, Changes, House, document

WOUNDS = {"skills": [{"skill": "Wounds", "level": 3}]}

pytestmark = pytest.mark.feature("Q-19")


def changes(needs: Changes, **queue: object) -> Changes:
    return {
        "people": {
            "anna": {
                "role": "administrator",
                "skills": [{"skill": "wounds", "level": 4}],
                "languages": [{"language": "sv", "level": 9}],
            },
            "bo": {"skills": [{"skill": "Wounds", "level": 8}], "languages": [{"language": "en", "level": 5}]},
            "cia": {"skills": [{"skill": "Wounds", "level": 2}]},
        },
        "queues": {
            "reception": {"members": [{"person": key} for key in ("anna", "bo", "cia")], "needs": needs, **queue}
        },
    }


def house_with(needs: Changes, *logged_in: str, **queue: object) -> House:
    house = House(changes(needs, **queue))
    house.logs_in(*logged_in)
    return house


def rung(house: House) -> list[str]:
    return [fact.person for fact in house.facts_of(OfferMade)]


def test_who_lacks_something_does_not_fit_and_levels_add_up() -> None:
    person = Person.model_validate(
        {
            "key": "anna",
            "name": "Anna",
            "email": "anna@house.example",
            "skills": [{"skill": "Wounds", "level": 4}],
            "languages": [{"language": "fi", "level": 3}],
        }
    )

    def fits(language: str = "sv", **needs: object) -> int | None:
        return fit(person, Needs.model_validate(needs), language)

    assert fits(skills=[{"skill": "WOUNDS", "level": 4}]) == 4
    assert fits(skills=[{"skill": "Wounds", "level": 5}]) is None
    assert fits(skills=[{"skill": "Children"}]) is None
    assert fits("fi", skills=[{"skill": "Wounds"}], caller_language=True) == 7
    assert fits("sv", caller_language=True) is None


def test_the_best_is_rung_first_and_who_does_not_reach_the_level_never() -> None:
    house = house_with(WOUNDS, "anna", "cia", "bo")
    house.caller_rings(STRAIGHT, KARIN)
    assert rung(house) == ["bo"]
    house.phone("bo").declines()
    assert rung(house) == ["bo", "anna"]
    house.phone("anna").declines()
    house.waits(10)
    assert rung(house) == ["bo", "anna"]


def test_after_a_while_others_are_rung_where_that_is_allowed() -> None:
    house = house_with({**WOUNDS, "widens_after": 30}, "cia")
    house.caller_rings(STRAIGHT, KARIN)
    house.waits(29.9)
    assert rung(house) == []
    house.takes_snapshot()
    house.application_dies()
    house.application_starts()
    house.waits(0.2)
    assert rung(house) == ["cia"]
    assert len(house.facts_of(NeedsWidened)) == 1
    house.journal_tells_all()


def test_a_caller_for_whom_nobody_fits_is_in_nobodys_way() -> None:
    house = House(
        {
            **changes({"caller_language": True}),
            "callflows": {
                "straight": {
                    "start": "speak",
                    "elements": {
                        "speak": {"type": "language", "settings": {"language": "fi"}, "exits": {"next": "queue"}}
                    },
                }
            },
        }
    )
    house.logs_in("anna")
    finnish = house.caller_rings(STRAIGHT, KARIN)
    assert rung(house) == []
    swedish = house.caller_rings(caller=LARS)
    swedish.presses("1")
    assert rung(house) == ["anna"]
    swedish.hangs_up()
    finnish.hangs_up()


def test_who_learns_something_is_rung_at_once() -> None:
    house = house_with({**WOUNDS}, "cia")
    house.caller_rings(STRAIGHT, KARIN)
    assert rung(house) == []
    learned = changes(WOUNDS)
    house.takes_configuration(
        {**learned, "people": {"cia": {"skills": [{"skill": "Wounds", "level": 3}]}, "anna": {"skills": []}}}
    )
    assert rung(house) == ["cia"]


def test_with_ring_all_those_who_fit_best_ring_together() -> None:
    house = house_with({"skills": [{"skill": "Wounds"}]}, "anna", "cia", distribution="ring_all")
    house.caller_rings(STRAIGHT, KARIN)
    assert rung(house) == ["anna"]
    house.logs_in("bo")
    assert rung(house) == ["anna", "bo"], "who fits better joins"
    house.phone("anna").declines()
    house.phone("bo").declines()
    assert rung(house) == ["anna", "bo", "cia"]


def test_a_queue_that_nobody_could_ever_be_rung_for_is_refused() -> None:
    needs = {"skills": [{"skill": "Wounds", "level": 9}]}
    with pytest.raises(FaultyFile) as refused:
        check_configuration(document(changes(needs)))
    assert [fault.reason for fault in refused.value.faults] == ["nobody-fits"]
    check_configuration(document(changes({**needs, "widens_after": 60})))
