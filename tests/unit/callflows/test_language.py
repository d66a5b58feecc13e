"""The language that a caller chooses is that of the whole call."""

import pytest

from svarhus.domains.calls.talk import Destination
from svarhus.exchange.core.requests import BookCallback, DialFor, StartCallback, TransferCall
from svarhus.kit.ids import CallId, PersonKey, QueueKey
from svarhus.ports.speech import Phrase
from unit.exchange.house import KARIN, LARS, MAIN, STRAIGHT, Changes, House, Party

ANNA, BO, CIA = PersonKey("anna"), PersonKey("bo"), PersonKey("cia")
RECEPTION, ADVICE = QueueKey("reception"), QueueKey("advice")

FINNISH: Changes = {
    "callflows": {
        "main": {
            "elements": {
                "menu": {"exits": {"0": "in-finnish"}},
                "in-finnish": {"type": "language", "settings": {"language": "fi"}, "exits": {"next": "choices"}},
                "choices": {
                    "type": "menu",
                    "settings": {"messages": ["choices"]},
                    "exits": {
                        "1": "reception",
                        "2": "callback",
                        "3": "voicemail",
                        "4": "transfer",
                        "6": "more",
                        "7": "advice",
                    },
                },
            }
        }
    }
}


def speaks_finnish(house: House, caller: str = KARIN) -> Party:
    party = house.caller_rings(MAIN, caller)
    house.waits(2)
    party.presses("0")
    return party


def languages_since(party: Party, count: int) -> set[str]:
    phrases: list[Phrase] = party.house.told[party.leg]
    assert len(phrases) > count, "nothing was said"
    return {phrase.language for phrase in phrases[count:]}


class TestChosenInAMenu:
    @pytest.mark.feature("FLOW-07")
    @pytest.mark.parametrize(
        ("keys", "wait"),
        [("", 60), ("2", 40), ("21", 5), ("3", 30), ("4", 40), ("6", 5), ("7", 120), ("1", 60), ("00", 10)],
    )
    def test_every_element_after_it_speaks_it(self, keys: str, wait: float) -> None:
        house = House(FINNISH)
        house.logs_in("anna")
        house.phone("anna").goes_off()
        karin = speaks_finnish(house)
        before = karin.told.index("choices") + 1
        karin.presses(keys)
        house.waits(wait)
        assert languages_since(karin, before) == {"fi"}
        assert karin.gone or karin.call.language == "fi"

    def test_also_who_is_handed_to_another_queue(self) -> None:
        house = House(FINNISH)
        house.logs_in("anna", "cia")
        karin = speaks_finnish(house)
        karin.presses("1")
        house.phone("anna").answers()
        house.phone("cia").goes_off()
        said = len(karin.told)
        house.asks(TransferCall(karin.call.id, ANNA, Destination(queue=ADVICE), 20))
        house.waits(90)
        assert languages_since(karin, said) == {"fi"}

    def test_also_when_the_caller_is_called_back_and_handed_on(self) -> None:
        house = House(FINNISH)
        house.logs_in("anna", "bo")
        karin = speaks_finnish(house)
        karin.presses("21")
        karin.hangs_up()
        [booking] = house.bookings
        assert booking.language == "fi"
        call = CallId(house.asks(StartCallback(booking.id, CIA)))
        house.phone("cia").answers()
        customer = house.outside(KARIN).answers()
        house.waits(1)
        house.phone("anna").goes_off()
        house.phone("bo").goes_off()
        house.asks(TransferCall(call, CIA, Destination(queue=RECEPTION), 20))
        house.waits(60)
        assert languages_since(customer, 0) == {"fi"}

    def test_also_when_an_agent_books_during_the_call(self) -> None:
        house = House(FINNISH)
        house.logs_in("anna")
        karin = speaks_finnish(house)
        karin.presses("1")
        house.phone("anna").answers()
        house.asks(BookCallback(ADVICE, KARIN, ANNA))
        assert [booking.language for booking in house.bookings] == ["fi"]
        house.asks(BookCallback(ADVICE, LARS, ANNA))
        assert [booking.language for booking in house.bookings] == ["fi", "sv"]

    def test_after_a_kill_it_is_the_same(self) -> None:
        house = House(FINNISH)
        karin = speaks_finnish(house)
        house.takes_snapshot()
        house.application_dies()
        house.application_starts()
        said = len(karin.told)
        karin.presses("2")
        assert languages_since(karin, said) == {"fi"}
        house.journal_tells_all()


class TestDialledNumber:
    def test_the_language_of_the_number_dialled_lasts_as_well(self) -> None:
        house = House({"callflows": {"straight": {"language": "da"}}})
        house.logs_in("anna", "cia")
        house.phone("cia").goes_off()
        karin = house.caller_rings(STRAIGHT)
        house.phone("anna").answers()
        house.waits(1)
        house.asks(TransferCall(karin.call.id, ANNA, Destination(queue=ADVICE), 20))
        house.waits(90)
        assert languages_since(karin, 0) == {"da"}


class TestCustomersWhomWeCall:
    def test_a_customer_is_not_spoken_with_in_the_agents_language(self) -> None:
        """Bo speaks English."""
        house = House()
        house.logs_in("anna")
        house.phone("anna").goes_off()
        call = CallId(house.asks(DialFor(BO, Destination(number=LARS))))
        house.phone("bo").answers()
        lars = house.outside(LARS).answers()
        house.waits(1)
        house.asks(TransferCall(call, BO, Destination(queue=RECEPTION), 20))
        house.waits(60)
        assert languages_since(lars, 0) == {"sv"}
