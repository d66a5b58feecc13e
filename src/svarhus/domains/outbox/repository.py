"""Reads and writes messages, and how it stands with them."""

from collections.abc import Collection
from datetime import timedelta

import msgspec
from sqlalchemy import ColumnElement, Row, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from svarhus.domains.outbox.model import OPEN, TO_CUSTOMERS, Channel, Message, Purpose, Reason, Status, Wanted
from svarhus.domains.outbox.tables import outbox
from svarhus.kit.clock import Instant, after, instant
from svarhus.kit.database import Page, Session, page
from svarhus.kit.ids import BookingId, OrganisationId, PersonKey
from svarhus.kit.text import seen
from svarhus.ports.sms import Accepted

KEPT_FOR = timedelta(days=90)
"""They hold addresses and numbers of people."""

_columns = outbox.c


async def add(session: Session, message: Message) -> bool:
    """False: there is one of this id already."""
    values = msgspec.structs.asdict(message)
    organisation = values.pop("organisation")
    adding = insert(outbox).values(organisation_id=organisation, **values).on_conflict_do_nothing()
    return (await session.execute(adding.returning(_columns.id))).one_or_none() is not None


async def find(session: Session, organisation: OrganisationId, message: str, *, lock: bool = False) -> Message | None:
    """`lock`: nobody else changes it until this unit of work ends."""
    query = select(outbox).where(_columns.organisation_id == organisation, _columns.id == message)
    row = (await session.execute(query.with_for_update() if lock else query)).one_or_none()
    return None if row is None else _message(row)


async def find_all(
    session: Session, organisation: OrganisationId, wanted: Wanted, cursor: str | None, limit: int
) -> Page[Message]:
    """The newest first."""
    query = select(outbox).where(_columns.organisation_id == organisation, *_conditions(wanted))
    found = await page(session, query, [_columns.made_at, _columns.id], cursor, limit, newest_first=True)
    return found.map(_message)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.channel is not None:
        conditions.append(_columns.channel == wanted.channel.value)
    if wanted.statuses:
        conditions.append(_columns.status.in_([status.value for status in wanted.statuses]))
    if wanted.text:
        written = (_columns.receiver, _columns.subject)
        conditions.append(or_(*(column.icontains(wanted.text, autoescape=True) for column in written)))
    return conditions


async def begin(session: Session, message: Message, now: Instant) -> None:
    """It is being handed over from now on."""
    await _set(session, message, status=Status.SENDING.value, attempts=message.attempts + 1, tried_at=now)


async def sent(session: Session, message: Message, accepted: Accepted, now: Instant) -> None:
    """The provider has it. What it may have told of it meanwhile stays."""
    values: dict[str, object] = {"provider_id": accepted.id, "parts": accepted.parts, "sent_at": now}
    if message.lets_in:
        values["text"] = None
    await _set(session, message, **values)
    await session.execute(
        update(outbox)
        .where(
            _columns.organisation_id == message.organisation,
            _columns.id == message.id,
            _columns.status == Status.SENDING.value,
        )
        .values(status=Status.SENT.value, reason="", detail="")
    )


async def put_back(session: Session, message: Message, status: Status, reason: str, detail: str) -> None:
    """It is to be tried again. `status`: WAITING, or SENDING when it may have been taken."""
    await _set(session, message, status=status.value, reason=reason, detail=seen(detail))


async def failed(session: Session, message: Message, reason: str, detail: str, now: Instant) -> None:
    """It is given up."""
    values: dict[str, object] = {"text": None} if message.lets_in else {}
    await _set(session, message, status=Status.FAILED.value, reason=reason, detail=seen(detail), ended_at=now, **values)


async def kept(session: Session, message: Message) -> None:
    """There is no provider any more."""
    await _set(session, message, status=Status.KEPT.value, reason=Reason.NO_PROVIDER.value)


async def dropped(session: Session, message: Message, reason: str, now: Instant) -> None:
    """Nobody has use for it any more."""
    await _set(session, message, status=Status.DROPPED.value, reason=reason, ended_at=now)


async def overtaken(
    session: Session, organisation: OrganisationId, booking: BookingId, purposes: Collection[Purpose], now: Instant
) -> None:
    """What is told of the booking is not so any more: what was not sent yet is not sent."""
    await session.execute(
        update(outbox)
        .where(
            _columns.organisation_id == organisation,
            _columns.booking == booking,
            _columns.purpose.in_([purpose.value for purpose in purposes]),
            _columns.status == Status.WAITING.value,
        )
        .values(status=Status.DROPPED.value, reason=Reason.OVERTAKEN.value, ended_at=now)
    )


async def to_customer(
    session: Session, organisation: OrganisationId, number: str, bookings: Collection[str], limit: int
) -> tuple[Message, ...]:
    """What the number was sent, and what was mailed of these bookings; the newest first."""
    mine = or_(_columns.receiver == number, _columns.booking.in_(bookings))
    query = select(outbox).where(
        _columns.organisation_id == organisation,
        mine,
        _columns.purpose.in_([purpose.value for purpose in TO_CUSTOMERS]),
    )
    rows = await session.execute(query.order_by(_columns.made_at.desc(), _columns.id).limit(limit))
    return tuple(map(_message, rows))


async def reported(
    session: Session, organisation: OrganisationId, message: str, *, delivered: bool, said: str, now: Instant
) -> None:
    """The provider has told what became of it; the first time counts."""
    told = {Status.DELIVERED.value, Status.FAILED.value, Status.KEPT.value, Status.DROPPED.value}
    await session.execute(
        update(outbox)
        .where(_columns.organisation_id == organisation, _columns.id == message, _columns.status.not_in(told))
        .values(
            status=(Status.DELIVERED if delivered else Status.FAILED).value,
            reason="" if delivered else Reason.NOT_DELIVERED.value,
            detail=seen(said)[:300],
            ended_at=now,
        )
    )


async def of_provider(session: Session, organisation: OrganisationId, channel: Channel, provider_id: str) -> str | None:
    """The message that the provider calls so."""
    query = select(_columns.id).where(
        _columns.organisation_id == organisation,
        _columns.channel == channel.value,
        _columns.provider_id == provider_id,
    )
    return (await session.execute(query.limit(1))).scalar_one_or_none()


async def written_since(session: Session, organisation: OrganisationId, purpose: Purpose, since: Instant) -> int:
    """How many."""
    query = select(func.count()).where(
        _columns.organisation_id == organisation, _columns.made_at >= since, _columns.purpose == purpose.value
    )
    return (await session.execute(query.select_from(outbox))).scalar_one()


async def waiting(session: Session, organisation: OrganisationId, channel: Channel) -> tuple[str, ...]:
    """Those that are still to be sent."""
    query = select(_columns.id).where(
        _columns.organisation_id == organisation,
        _columns.channel == channel.value,
        _columns.status.in_([status.value for status in OPEN]),
    )
    return tuple((await session.execute(query)).scalars())


async def forget_old_messages(session: Session, now: Instant) -> None:
    await session.execute(delete(outbox).where(_columns.made_at < after(now, -KEPT_FOR)))


async def _set(session: Session, message: Message, **values: object) -> None:
    await session.execute(
        update(outbox)
        .where(_columns.organisation_id == message.organisation, _columns.id == message.id)
        .values(**values)
    )


def _message(row: Row[*tuple[object, ...]]) -> Message:
    columns = row._mapping

    def moment(name: str) -> Instant | None:
        return instant(columns[name]) if columns[name] else None

    return Message(
        organisation=OrganisationId(columns["organisation_id"]),
        id=columns["id"],
        channel=Channel(columns["channel"]),
        purpose=Purpose(columns["purpose"]),
        receiver=columns["receiver"],
        subject=columns["subject"],
        text=columns["text"],
        person=PersonKey(columns["person"]) if columns["person"] else None,
        lets_in=columns["lets_in"],
        status=Status(columns["status"]),
        reason=columns["reason"],
        detail=columns["detail"],
        attempts=columns["attempts"],
        provider_id=columns["provider_id"],
        report_key=columns["report_key"],
        parts=columns["parts"],
        made_by=columns["made_by"],
        made_at=instant(columns["made_at"]),
        tried_at=moment("tried_at"),
        sent_at=moment("sent_at"),
        ended_at=moment("ended_at"),
        booking=BookingId(columns["booking"]) if columns["booking"] else None,
        useful_until=moment("useful_until"),
        calendar=columns["calendar"],
    )
