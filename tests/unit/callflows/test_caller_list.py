"""Whose number is on a list goes another way through the call flow."""

from collections.abc import Mapping

import pytest

from svarhus.domains.calls.facts import CallerListed
from svarhus.domains.calls.model import Outcome
from svarhus.domains.calls.talk import Destination
from svarhus.domains.organisation.errors import FaultyFile
from svarhus.domains.organisation.validation import check_configuration
from svarhus.domains.queues.state import QueueEntered
from svarhus.exchange.core.requests import TransferCall
from svarhus.kit.ids import PersonKey, QueueKey
from unit.exchange.house import KARIN, LARS, MONA, STRAIGHT, Changes, House, document

VIP, BLOCKED, REGION = "vip", "blocked", "region"


def flow(lists: list[str], exits: Mapping[str, str]) -> Changes:
    """The straight way to the reception, by way of lists."""
    element = {"type": "caller_list", "settings": {"lists": lists}, "exits": exits}
    return {
        "lists": [
            {"key": VIP, "name": "Best customers", "priority": 5, "service_level": 20},
            {"key": BLOCKED, "name": "Blocked"},
            {"key": REGION, "name": "The region"},
        ],
        "callflows": {
            "straight": {
                "start": "list",
                "elements": {
                    "list": element,
                    "gone": {"type": "hang_up"},
                    "advice": {"type": "queue", "settings": {"queue": "advice", "wait_for_nobody": True}},
                },
            }
        },
    }


def house(lists: list[str], **exits: str) -> House:
    made = House(flow(lists, exits))
    made.lists_numbers(VIP, KARIN)
    made.lists_numbers(BLOCKED, LARS)
    made.lists_numbers(REGION, "+4670*")
    return made


def entered(house: House) -> list[QueueEntered]:
    return house.facts_of(QueueEntered)


@pytest.mark.feature("FLOW-10")
class TestOneList:
    def test_who_is_listed_goes_before_who_came_earlier(self) -> None:
        made = house([VIP], listed="queue", not_listed="queue")
        mona = made.caller_rings(STRAIGHT, MONA)
        karin = made.caller_rings(STRAIGHT, KARIN)
        assert made.waiting_in("reception") == [karin.leg, mona.leg]
        assert [(each.caller_list, each.priority, each.service_level) for each in entered(made)] == [
            ("", 0, None),
            (VIP, 5, 20),
        ]

    def test_the_part_keeps_the_list_for_the_figures(self) -> None:
        made = house([VIP], listed="queue", not_listed="queue")
        karin = made.caller_rings(STRAIGHT, KARIN)
        karin.hangs_up()
        [part] = next(iter(made.records.values())).parts
        assert (part.caller_list, part.service_level) == (VIP, 20)

    def test_who_is_blocked_is_not_let_in(self) -> None:
        made = house([BLOCKED], listed="gone", not_listed="queue")
        made.caller_rings(STRAIGHT, LARS)
        assert not made.waiting_in("reception")
        assert [record.outcome for record in made.records.values()] == [Outcome.COMPLETED]
        karin = made.caller_rings(STRAIGHT, KARIN)
        assert made.waiting_in("reception") == [karin.leg]

    @pytest.mark.parametrize("caller", [None, "anonymous"])
    def test_who_withholds_the_number_has_a_way_of_their_own(self, caller: str | None) -> None:
        made = house([VIP], listed="queue", not_listed="queue", no_number="advice")
        party = made.caller_rings(STRAIGHT, caller)
        assert made.waiting_in("advice") == [party.leg]

    def test_without_such_a_way_they_are_not_listed(self) -> None:
        made = house([BLOCKED], listed="gone", not_listed="queue")
        party = made.caller_rings(STRAIGHT, None)
        assert made.waiting_in("reception") == [party.leg]

    def test_a_number_that_we_may_not_call_is_found_too(self) -> None:
        made = house([BLOCKED], listed="gone", not_listed="queue")
        made.lists_numbers(BLOCKED, "+4915112345678")
        made.caller_rings(STRAIGHT, "+4915112345678")
        assert not made.waiting_in("reception")


@pytest.mark.feature("FLOW-10")
class TestSeveralLists:
    EXITS: Mapping[str, str] = {VIP: "queue", REGION: "advice", "not_listed": "gone"}

    def test_each_has_its_exit_and_the_row_that_says_most_decides(self) -> None:
        made = house([REGION, VIP], **self.EXITS)
        karin, mona = made.caller_rings(STRAIGHT, KARIN), made.caller_rings(STRAIGHT, MONA)
        assert made.waiting_in("reception") == [karin.leg]
        assert made.waiting_in("advice") == [mona.leg]
        assert [(each.caller_list, each.version) for each in made.facts_of(CallerListed)] == [(VIP, 1), (REGION, 1)]


class TestVersions:
    def test_a_call_goes_on_with_what_it_has_found(self) -> None:
        made = house([VIP], listed="queue", not_listed="queue")
        made.logs_in("anna")
        karin = made.caller_rings(STRAIGHT, KARIN)
        made.phone("anna").answers()
        made.lists_numbers(VIP)
        made.logs_in("cia")
        made.phone("cia").goes_off()
        made.asks(TransferCall(karin.call.id, PersonKey("anna"), Destination(queue=QueueKey("advice")), 20))
        made.caller_rings(STRAIGHT, KARIN)
        assert [(each.queue, each.caller_list, each.priority) for each in entered(made)] == [
            ("reception", VIP, 5),
            ("advice", VIP, 5),
            ("reception", "", 0),
        ]

    def test_a_restart_knows_who_was_listed(self) -> None:
        made = house([VIP], listed="queue", not_listed="queue")
        mona, karin = made.caller_rings(STRAIGHT, MONA), made.caller_rings(STRAIGHT, KARIN)
        made.application_dies()
        made.application_starts()
        assert made.waiting_in("reception") == [karin.leg, mona.leg]
        made.journal_tells_all()


class TestFaults:
    @pytest.mark.parametrize(
        ("lists", "exits", "message"),
        [
            ([VIP], {"listed": "queue"}, "the exit `not_listed` is missing"),
            ([VIP], {"not_listed": "queue"}, "the exit `listed` is missing"),
            ([VIP, REGION], {"not_listed": "queue", VIP: "queue"}, "the exit `region` is missing"),
            ([VIP], {"listed": "queue", "not_listed": "queue", REGION: "queue"}, "`caller_list` has no exit `region`"),
            (["unheard-of"], {"listed": "queue", "not_listed": "queue"}, "there is no list `unheard-of`"),
            ([VIP, VIP], {VIP: "queue", "not_listed": "queue"}, f"`{VIP}` is named twice"),
            ([], {"listed": "queue", "not_listed": "queue"}, "this is empty"),
        ],
    )
    def test_a_way_that_makes_no_sense_is_refused(self, lists: list[str], exits: dict[str, str], message: str) -> None:
        changed = document(flow(lists, exits))
        with pytest.raises(FaultyFile) as faulty:
            check_configuration(changed)
        assert message in [fault.message for fault in faulty.value.faults]
