"""What happened to a promise, and how often the customer was rung."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from svarhus.domains.calls.tables import journal
from svarhus.domains.cases.model import Act
from svarhus.domains.channels.acts import MOST_FACTS, Body, acts_of
from svarhus.domains.channels.model import Attempt, Happened
from svarhus.kit.clock import Instant, instant
from svarhus.kit.database import Session
from svarhus.kit.ids import OrganisationId


async def booking_facts(
    session: Session, organisation: OrganisationId, booking: str
) -> tuple[tuple[Instant, str, Body], ...]:
    """When, what kind and what of each fact about a promise, in order."""
    columns = journal.c
    of_booking = columns.body["booking"].astext == booking
    query = select(columns.at, columns.kind, columns.body).where(columns.organisation_id == organisation, of_booking)
    found = (await session.execute(query.order_by(columns.seq).limit(MOST_FACTS))).all()
    return tuple((instant(each.at), each.kind, each.body) for each in found)


def happened(facts: Sequence[tuple[Instant, str, Body]]) -> Happened:
    return Happened(booking_history(facts), attempts(facts))


def booking_history(facts: Iterable[tuple[Instant, str, Body]]) -> tuple[Act, ...]:
    return acts_of(facts)


def attempts(facts: Sequence[tuple[Instant, str, Body]]) -> tuple[Attempt, ...]:
    """The attempts at keeping a promise, in order."""
    found: list[Attempt] = []
    for at, kind, body in facts:
        if kind == "attempt_began":
            found.append(Attempt(at, str(body["person"]), str(body["call"])))
        elif kind == "attempt_ended" and found:
            last = found[-1]
            dialled, connected = bool(body["dialled"]), bool(body["connected"])
            found[-1] = Attempt(last.at, last.person, last.call, dialled, connected, over=True)
        elif kind == "attempt_marked" and found:
            last = found[-1]
            answered = bool(body["answered"])
            found[-1] = Attempt(last.at, last.person, last.call, last.dialled, last.connected, last.over, answered)
    return tuple(found)
