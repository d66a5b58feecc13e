"""What a member's phone shows of a call."""

import pytest
from pydantic import ValidationError

from svarhus.domains.queues.model import Queue
from svarhus.domains.queues.shown import MemberDisplay, MemberSees, Shown, shown_to_member
from unit.exchange.house import KARIN, STRAIGHT, House

QUEUES_OWN, CHOSEN = "+46846500409", "+46846500455"


def shown(sees: MemberSees, display: MemberDisplay, caller: str | None = KARIN) -> Shown:
    return shown_to_member(sees, display, caller, QUEUES_OWN, "Karin", "SE")


@pytest.mark.feature("NUM-06")
@pytest.mark.parametrize(
    ("sees", "caller", "number"),
    [
        (MemberSees.CALLER, KARIN, KARIN),
        (MemberSees.CALLER, None, None),
        (MemberSees.CALLER_AND_ID, KARIN, "0701234567*12"),
        (MemberSees.CALLER_AND_ID, "1005", "1005*12"),
        (MemberSees.CALLER_AND_ID, "+4791234567", "004791234567*12"),
        (MemberSees.CALLER_AND_ID, None, None),
        (MemberSees.QUEUE, KARIN, QUEUES_OWN),
        (MemberSees.NUMBER, None, CHOSEN),
    ],
)
def test_the_number(sees: MemberSees, caller: str | None, number: str | None) -> None:
    assert shown(sees, MemberDisplay(numeric_id="12", number=CHOSEN), caller).number == number


@pytest.mark.feature("NUM-07")
def test_digits_beside_the_number_and_a_name_of_ones_own() -> None:
    display = MemberDisplay(prefix="12", suffix="9", name="Recept")
    assert shown(MemberSees.CALLER, display) == ("1207012345679", "Recept")
    assert shown(MemberSees.CALLER, display, None) == (None, "Recept")
    assert shown(MemberSees.QUEUE, display) == (QUEUES_OWN, "Recept")


@pytest.mark.feature("NUM-06")
@pytest.mark.parametrize("settings", [{"member_sees": "number"}, {"member_sees": "caller_and_id"}])
def test_what_cannot_be_shown_is_refused(settings: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Queue.model_validate({"key": "one", "name": "One", **settings})


@pytest.mark.feature("NUM-06", "NUM-07", "FLOW-19")
def test_a_place_of_the_flow_may_show_something_else() -> None:
    wait = {"settings": {"member_display": {"prefix": "77", "name": "Akut"}}}
    house = House(
        {
            "queues": {"reception": {"member_display": {"prefix": "12"}}},
            "callflows": {"straight": {"elements": {"queue": wait}}},
        }
    )
    house.logs_in("anna")
    house.caller_rings(STRAIGHT, KARIN)
    assert house.phone("anna").answers().shown == "770701234567"
