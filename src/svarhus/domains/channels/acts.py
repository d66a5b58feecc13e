"""What the journal says, as acts that people can read."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from svarhus.domains.calls.tables import journal
from svarhus.domains.cases.model import Act
from svarhus.kit.clock import Instant, instant
from svarhus.kit.database import Session
from svarhus.kit.ids import OrganisationId

Body = Mapping[str, object]
"""A fact as the journal keeps it."""

MOST_FACTS = 500
"""Of one case that are looked at."""

_IN_CALL = (
    "call_began",
    "queue_entered",
    "offer_ended",
    "queue_left",
    "transfer_began",
    "voicemail_left",
    "booked",
    "call_closed",
)


async def call_acts(session: Session, organisation: OrganisationId, call: str) -> tuple[Act, ...]:
    """What happened in a call, in order."""
    columns = journal.c
    query = select(columns.at, columns.kind, columns.body).where(
        columns.organisation_id == organisation, columns.call_id == call, columns.kind.in_(_IN_CALL)
    )
    found = (await session.execute(query.order_by(columns.seq).limit(MOST_FACTS))).all()
    return acts_of((instant(each.at), each.kind, each.body) for each in found)


def acts_of(facts: Iterable[tuple[Instant, str, Body]]) -> tuple[Act, ...]:
    """Without the facts that say nothing to people."""
    acts = (_act(at, kind, body) for at, kind, body in facts)
    return tuple(act for act in acts if act)


def _act(at: Instant, kind: str, body: Body) -> Act | None:
    """The fact as an act; None for facts that say nothing to people."""
    match kind:
        case "call_began":
            return Act(at, None, "called", str(body["dialled"])) if body["kind"] != "callback" else None
        case "queue_entered":
            return Act(at, None, "queued", str(body["queue"]))
        case "offer_ended" if body["outcome"] in {"missed", "declined"}:
            return Act(at, _person(body, "person"), f"offer_{body['outcome']}")
        case "queue_left" if body["outcome"] in {"answered", "abandoned"}:
            return Act(at, _person(body, "person"), str(body["outcome"]))
        case "queue_left":
            return Act(at, None, "left_queue", str(body["outcome"]))
        case "transfer_began":
            return Act(at, _person(body, "by"), "transferred")
        case "voicemail_left":
            return Act(at, None, "message_left")
        case "call_closed":
            return Act(at, None, "call_ended")
        case "booked":
            return Act(at, _person(body, "by"), "booked", str(body["at"]))
        case "booking_moved" if body.get("queue"):
            return Act(at, _person(body, "by"), "moved_to_queue", str(body["queue"]))
        case "booking_moved":
            return Act(at, _person(body, "by"), "moved", str(body["was"]))
        case "booking_kept":
            return Act(at, _person(body, "by"), "kept_above_capacity")
        case "booking_due" if body.get("early"):
            return Act(at, _person(body, "by"), "called_early")
        case _:
            return _attempt_act(at, kind, body)


def _attempt_act(at: Instant, kind: str, body: Body) -> Act | None:
    match kind:
        case "attempt_began":
            return Act(at, _person(body, "person"), "started")
        case "attempt_ended":
            return Act(at, None, "talked" if body["connected"] else "no_answer" if body["dialled"] else "not_dialled")
        case "attempt_marked":
            return Act(at, _person(body, "by"), "marked_answered" if body["answered"] else "marked_unanswered")
        case "booking_cancelled":
            by, by_phone = _person(body, "by"), body.get("call") is not None
            return Act(at, by, "cancelled" if by or by_phone else "withdrawn")
        case _:
            return None


def _person(body: Body, name: str) -> str | None:
    found = body.get(name)
    return str(found) if found else None
