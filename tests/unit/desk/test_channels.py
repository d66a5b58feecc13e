"""A new channel is one class: the desk lists it among the others, and asks it for all that it needs to know."""

import pytest

from svarhus.domains.cases.model import CaseRef, ChannelName
from svarhus.domains.cases.priority import Priority
from svarhus.domains.cases.requests import BeginEpisode, HandleCase, Known, NoteCase, PrioritiseCase, TakeCase
from svarhus.domains.cases.state import Episode, own_case
from svarhus.domains.channels.errors import NoSuchChannel
from svarhus.domains.channels.kept import KeptChannel
from svarhus.domains.channels.registry import CHANNELS, Channels
from svarhus.domains.people.rights import Actor, Right, Role
from svarhus.exchange.core.requests import BookCallback
from svarhus.exchange.showing.desk import LiveDesk
from svarhus.kit.ids import OrganisationId, PersonKey, QueueKey
from unit.exchange.house import KARIN, LARS, STRAIGHT, House

LETTER = ChannelName("letter")
HERE = OrganisationId("house")
ANNA, ADVICE = PersonKey("anna"), QueueKey("advice")


class Letters(KeptChannel):
    """Letters, which are nowhere but in this test."""

    name = LETTER
    right = Right.LEAD_NOTICES


DESK = LiveDesk(Channels((*CHANNELS, Letters())))


def comes_in(house: House, id: str = "l1") -> Known:
    ref = CaseRef(LETTER, id)
    episode = Episode(ref, own_case(ref), house.now, queue=ADVICE, number=KARIN, name="Karin")
    house.asks(BeginEpisode(episode))
    return Known(episode, kept=True)


def test_it_is_listed_among_the_others_by_the_time_due() -> None:
    house = House()
    comes_in(house)
    house.logs_in("anna")
    house.caller_rings(STRAIGHT, LARS)
    booking = house.asks(BookCallback(ADVICE, KARIN, ANNA))
    listed = DESK.items(house.core)
    assert {item.kind for item in listed} == {"call", "callback", "letter"}
    assert [item.due_at for item in listed] == sorted(item.due_at for item in listed)
    assert {item.key for item in listed} >= {"letter:l1", f"callback:{booking}"}
    house.journal_tells_all()


def test_what_people_do_with_it_is_shown_until_it_is_done() -> None:
    house = House()
    known = comes_in(house)
    house.asks(TakeCase(known, ANNA))
    house.asks(PrioritiseCase(known, Priority.HIGH, "anna"))
    house.asks(NoteCase(known, "n1", "She wants an answer by post.", "anna"))
    [item] = DESK.items(house.core)
    assert (item.state, item.number, item.name) == ("new", KARIN, "Karin")
    assert (item.taken_by, item.given_priority, item.notes, item.revision) == ("anna", Priority.HIGH, 1, 3)
    house.asks(HandleCase(known, "anna"))
    assert DESK.items(house.core) == ()
    house.journal_tells_all()


@pytest.mark.parametrize(("role", "seen"), [(Role.USER, False), (Role.TEAM_LEADER, True)])
def test_it_says_who_may_take_care_of_it(role: Role, *, seen: bool) -> None:
    assert (LETTER in DESK.channels.allowed(Actor(HERE, role, "anna"))) is seen


def test_where_it_is_not_registered_there_is_none() -> None:
    assert DESK.channels.of("letter").name == LETTER
    with pytest.raises(NoSuchChannel):
        CHANNELS.of("letter")
