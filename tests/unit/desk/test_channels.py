"""A new channel is one class: the desk lists it among the others, and asks it for all that it needs to know."""

from collections.abc import Iterable

import pytest
from sqlalchemy import ColumnElement, false

from svarhus.domains.cases.model import CaseRef, ChannelName, Marks
from svarhus.domains.cases.priority import Priority
from svarhus.domains.channels.channel import Channel, Rows
from svarhus.domains.channels.errors import NoSuchChannel
from svarhus.domains.channels.live import Live
from svarhus.domains.channels.model import DeskItem, Happened, Kept, Subject
from svarhus.domains.channels.registry import CHANNELS, Channels
from svarhus.domains.channels.voicemail.item import message_item
from svarhus.domains.people.rights import Actor, Right, Role
from svarhus.exchange.core.requests import BookCallback
from svarhus.exchange.showing.desk import LiveDesk
from svarhus.kit.database import Session
from svarhus.kit.ids import OrganisationId, PersonKey, QueueKey
from unit.exchange.house import KARIN, LARS, STRAIGHT, House

LETTER = ChannelName("letter")
HERE = OrganisationId("house")


class Letters(Channel):
    """Letters, which are nowhere but in this test."""

    name = LETTER
    right = Right.LEAD_NOTICES
    follows = "letters"

    def open(self, live: Live) -> Iterable[str]:
        return (kept.ref.id for kept in live.kept.values() if kept.ref.kind == self.name)

    def item(self, live: Live, id: str, marks: Marks) -> DeskItem | None:
        letter = live.kept.get(self.ref(id).key)
        return message_item(live, letter, marks) if letter else None

    async def subject(self, session: Session, organisation: OrganisationId, id: str) -> Subject | None:
        return None

    async def history(self, session: Session, organisation: OrganisationId, subject: Subject) -> Happened:
        return Happened()

    def earlier(self, organisation: OrganisationId, number: str) -> Rows:
        raise NotImplementedError

    def still_open(self, organisation: OrganisationId, id: ColumnElement[str]) -> ColumnElement[bool]:
        return false()


WITH_LETTERS = Channels((*CHANNELS, Letters()))


def test_it_is_listed_among_the_others_by_the_time_due() -> None:
    house, desk = House(), LiveDesk(WITH_LETTERS)
    letter = CaseRef(LETTER, "l1")
    desk.keep(letter, Kept(letter, QueueKey("advice"), KARIN, house.now))
    house.logs_in("anna")
    house.phone("anna").goes_off()
    house.caller_rings(STRAIGHT, LARS)
    booking = house.asks(BookCallback(QueueKey("advice"), KARIN, PersonKey("anna")))
    listed = desk.items(house.core)
    assert {item.kind for item in listed} == {"call", "callback", "letter"}
    assert [item.due_at for item in listed] == sorted(item.due_at for item in listed)
    assert {item.key for item in listed} >= {"letter:l1", f"callback:{booking}"}


def test_what_people_add_to_it_is_shown() -> None:
    house, desk = House(), LiveDesk(WITH_LETTERS)
    letter = CaseRef(LETTER, "l1")
    desk.keep(letter, Kept(letter, QueueKey("advice"), KARIN, house.now))
    desk.marked(letter, Marks(revision=2, taken_by=PersonKey("anna"), priority=Priority.HIGH, notes=1))
    [item] = desk.items(house.core)
    assert (item.taken_by, item.given_priority, item.notes, item.revision) == ("anna", Priority.HIGH, 1, 2)
    desk.keep(letter, None)
    assert desk.items(house.core) == ()


@pytest.mark.parametrize(("role", "seen"), [(Role.USER, False), (Role.TEAM_LEADER, True)])
def test_it_says_who_may_take_care_of_it(role: Role, *, seen: bool) -> None:
    assert (LETTER in WITH_LETTERS.allowed(Actor(HERE, role, "anna"))) is seen


def test_a_change_of_it_is_found_by_what_it_follows() -> None:
    followed = WITH_LETTERS.following("letters")
    assert followed and followed.name == LETTER
    assert WITH_LETTERS.following("agents") is None


def test_where_it_is_not_registered_there_is_none() -> None:
    assert WITH_LETTERS.of("letter").name == LETTER
    with pytest.raises(NoSuchChannel):
        CHANNELS.of("letter")
