"""What is kept of calls, messages, contacts, links and tokens, as far as a reader of the log may see it."""

from collections.abc import Awaitable, Callable, Collection, Mapping

from sqlalchemy import ColumnElement, select

from svarhus.domains.audit.tables import audit
from svarhus.domains.boards.tables import wallboard_links
from svarhus.domains.callbacks.tables import bookings
from svarhus.domains.calls.tables import calls
from svarhus.domains.contacts.tables import contacts
from svarhus.domains.naming.model import Thing, ThingKind
from svarhus.domains.people.rights import Actor, Right
from svarhus.domains.people.tables import api_tokens
from svarhus.domains.voicemails.tables import voicemails
from svarhus.kit.clock import instant
from svarhus.kit.database import Session

Ids = Collection[str]
_Find = Callable[[Session, Actor, Ids], Awaitable[Mapping[str, Thing]]]


async def looked_up(session: Session, actor: Actor, things: Collection[Thing]) -> Mapping[Thing, Thing]:
    """Each thing that something is known of, with what is known."""
    found: dict[Thing, Thing] = {}
    for kind, (right, find) in _FINDERS.items():
        wanted = {each.key: each for each in things if each.kind is kind}
        if wanted and (right is None or right in actor.rights):
            known = await find(session, actor, wanted)
            found |= {each: known[key] for key, each in wanted.items() if key in known}
    return found


async def _calls(session: Session, actor: Actor, ids: Ids) -> Mapping[str, Thing]:
    own = calls.c
    query = select(own.call_id, own.began_at, own.caller, own.caller_name).where(
        own.organisation_id == actor.organisation, own.call_id.in_(ids)
    )
    return {
        row.call_id: Thing(
            ThingKind.CALL, row.call_id, name=row.caller_name or None, at=instant(row.began_at), number=row.caller
        )
        for row in await session.execute(query)
    }


async def _callbacks(session: Session, actor: Actor, ids: Ids) -> Mapping[str, Thing]:
    own = bookings.c
    query = select(own.id, own.promised_at, own.booked_at, own.number).where(
        own.organisation_id == actor.organisation, own.id.in_(ids)
    )
    return {
        row.id: Thing(ThingKind.CALLBACK, row.id, at=instant(row.promised_at or row.booked_at), number=row.number)
        for row in await session.execute(query)
    }


async def _voicemails(session: Session, actor: Actor, ids: Ids) -> Mapping[str, Thing]:
    own = voicemails.c
    query = select(own.id, own.at, own.caller).where(own.organisation_id == actor.organisation, own.id.in_(ids))
    return {
        row.id: Thing(ThingKind.VOICEMAIL, row.id, at=instant(row.at), number=row.caller)
        for row in await session.execute(query)
    }


async def _contacts(session: Session, actor: Actor, ids: Ids) -> Mapping[str, Thing]:
    own = contacts.c
    query = select(own.id, own.name, own.company).where(own.organisation_id == actor.organisation, own.id.in_(ids))
    return {
        row.id: Thing(ThingKind.CONTACT, row.id, name=row.name or row.company or None)
        for row in await session.execute(query)
    }


async def _tokens(session: Session, actor: Actor, ids: Ids) -> Mapping[str, Thing]:
    own = api_tokens.c
    query = select(own.id, own.name).where(own.organisation_id == actor.organisation, own.id.in_(ids))
    found = {row.id: row.name for row in await session.execute(query)}
    return _named(ThingKind.TOKEN, await _as_made(session, actor, "token-made", ids) | found)


async def _wallboards(session: Session, actor: Actor, ids: Ids) -> Mapping[str, Thing]:
    own = wallboard_links.c
    query = select(own.id, own.name).where(own.organisation_id == actor.organisation, own.id.in_(ids))
    found = {row.id: row.name for row in await session.execute(query)}
    return _named(ThingKind.WALLBOARD, await _as_made(session, actor, "wallboard-made", ids) | found)


async def _as_made(session: Session, actor: Actor, action: str, ids: Ids) -> dict[str, str]:
    """The names that were noted when they were made: what is revoked is kept nowhere else."""
    own = audit.c
    named: ColumnElement[str] = own.after["name"].astext
    query = select(own.subject, named.label("name")).where(
        own.organisation_id == actor.organisation, own.action == action, own.subject.in_(ids), named.is_not(None)
    )
    return {row.subject: row.name for row in await session.execute(query)}


def _named(kind: ThingKind, names: Mapping[str, str]) -> Mapping[str, Thing]:
    return {id: Thing(kind, id, name=name) for id, name in names.items()}


_FINDERS: Mapping[ThingKind, tuple[Right | None, _Find]] = {
    ThingKind.CALL: (Right.SEE_CALLS, _calls),
    ThingKind.CALLBACK: (Right.HANDLE_CALLBACKS, _callbacks),
    ThingKind.VOICEMAIL: (Right.HANDLE_VOICEMAILS, _voicemails),
    ThingKind.CONTACT: (Right.SEE_DIRECTORY, _contacts),
    ThingKind.TOKEN: (None, _tokens),
    ThingKind.WALLBOARD: (None, _wallboards),
}
"""By kind, the right with which one may see such things anyway."""
