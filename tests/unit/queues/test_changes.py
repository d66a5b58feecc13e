"""Numbers and queues are changed and deleted while nothing goes on there."""

import pytest

from svarhus.domains.numbers.model import Number
from svarhus.domains.queues.closing import NumberInUse, QueueInUse
from svarhus.domains.queues.model import Queue
from svarhus.exchange.core.changes import refuse_what_must_wait, refuse_whole_that_must_wait
from svarhus.exchange.core.requests import BookCallback, CloseQueue, OpenQueue
from svarhus.kit.document import DocumentPart
from svarhus.kit.ids import PersonKey, QueueKey
from unit.exchange.house import LARS, STRAIGHT, House

RECEPTION, ANNA = QueueKey("reception"), PersonKey("anna")


def changes(house: House, list_name: str, key: str, after: DocumentPart | None) -> None:
    refuse_what_must_wait(house.core.state, house.core.rules, list_name, key, after)


def reception(house: House, extension: str | None) -> Queue:
    return house.core.rules.queues[RECEPTION].model_copy(update={"extension": extension})


@pytest.mark.feature("NUM-04")
class TestNumbers:
    def test_it_changes_only_while_its_queue_is_closed_and_empty(self) -> None:
        house = House()
        other = house.core.rules.numbers[STRAIGHT].model_copy(update={"number": "+46846500499"})
        with pytest.raises(NumberInUse, match="is open"):
            changes(house, "numbers", STRAIGHT, other)
        karin = house.caller_rings(STRAIGHT)
        house.asks(CloseQueue(RECEPTION, None, None, ANNA))
        with pytest.raises(NumberInUse, match="1 wait"):
            changes(house, "numbers", STRAIGHT, None)
        karin.hangs_up()
        changes(house, "numbers", STRAIGHT, other)
        changes(house, "numbers", STRAIGHT, None)

    def test_what_else_is_said_of_it_changes_at_any_time(self) -> None:
        house = House()
        named = house.core.rules.numbers[STRAIGHT].model_copy(update={"name": "Straight"})
        assert isinstance(named, Number)
        changes(house, "numbers", STRAIGHT, named)
        changes(house, "numbers", "+46999999999", None)

    def test_so_with_the_extension_of_a_queue(self) -> None:
        house = House()
        for extension in ("2099", None):
            with pytest.raises(NumberInUse):
                changes(house, "queues", RECEPTION, reception(house, extension))
        changes(house, "queues", RECEPTION, reception(house, "2001"))
        house.asks(CloseQueue(RECEPTION, None, None, ANNA))
        changes(house, "queues", RECEPTION, reception(house, "2099"))
        house.asks(OpenQueue(RECEPTION, ANNA))

    def test_a_whole_file_is_held_to_the_same(self) -> None:
        house = House()
        state, rules = house.core.state, house.core.rules
        refuse_whole_that_must_wait(state, rules, rules.document)
        numbers = tuple(each for each in rules.document.numbers if each.number != STRAIGHT)
        without = rules.document.model_copy(update={"numbers": numbers})
        queues = tuple(each for each in rules.document.queues if each.key != RECEPTION)
        closed = rules.document.model_copy(update={"queues": queues})
        with pytest.raises(NumberInUse, match="is open"):
            refuse_whole_that_must_wait(state, rules, without)
        karin = house.caller_rings(STRAIGHT)
        house.asks(CloseQueue(RECEPTION, None, None, ANNA))
        with pytest.raises(QueueInUse):
            refuse_whole_that_must_wait(state, rules, closed)
        karin.hangs_up()
        for wanted in (without, closed):
            refuse_whole_that_must_wait(house.core.state, rules, wanted)


@pytest.mark.feature("Q-24")
class TestDeleting:
    def test_a_queue_in_which_somebody_waits_stays(self) -> None:
        house = House()
        karin = house.caller_rings(STRAIGHT)
        with pytest.raises(QueueInUse, match="1 wait"):
            changes(house, "queues", RECEPTION, None)
        karin.hangs_up()
        changes(house, "queues", RECEPTION, None)

    def test_so_does_one_that_has_promised_to_call_back(self) -> None:
        house = House()
        house.asks(BookCallback(RECEPTION, LARS, ANNA))
        with pytest.raises(QueueInUse, match="1 are to be called back"):
            changes(house, "queues", RECEPTION, None)
