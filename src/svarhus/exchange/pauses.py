"""Who may pause whom: everybody themselves, others those who may log them in."""

from pydantic import JsonValue

from svarhus.domains.audit.log import AuditLog
from svarhus.domains.people.rights import Actor, Right, require
from svarhus.exchange.core.requests import BeginPause, EndPause
from svarhus.exchange.service import RunningOrganisations, person_meant
from svarhus.exchange.showing import live
from svarhus.exchange.showing.views import LiveAgent, LivePause
from svarhus.kit.clock import Clock, Instant
from svarhus.kit.database import Database
from svarhus.kit.ids import PauseKey, PersonKey


class Pauses:
    """All raise Refused, PersonNotFound, and ExchangeUnavailable when nothing can be decided."""

    def __init__(self, running: RunningOrganisations, database: Database, clock: Clock, audit: AuditLog) -> None:
        self._running = running
        self._database = database
        self._clock = clock
        self._audit = audit

    async def begin(self, actor: Actor, person: str, reason: PauseKey, until: Instant | None) -> None:
        """Until then, or until the reason's own time or somebody ends it. NotLoggedIn, NoSuchPause."""
        key = _allowed(actor, person)
        before = self._now(actor, key)
        await self._running.of(actor.organisation).ask(BeginPause(key, reason, until, actor.person))
        await self._note(actor, "pause-set", key, before)

    async def end(self, actor: Actor, person: str) -> None:
        key = _allowed(actor, person)
        before = self._now(actor, key)
        await self._running.of(actor.organisation).ask(EndPause(key, actor.person))
        if before and before.pause:
            await self._note(actor, "pause-ended", key, before)

    def _now(self, actor: Actor, person: PersonKey) -> LiveAgent | None:
        return live.agent(self._running.of(actor.organisation).core, person)

    async def _note(self, actor: Actor, action: str, person: PersonKey, before: LiveAgent | None) -> None:
        """What is done with others is written down; what people do themselves is in the journal."""
        if person == actor.person:
            return
        now, found = self._clock.now(), self._now(actor, person)
        was, became = (_shown(each.pause if each else None) for each in (before, found))
        async with self._database.begin() as session:
            await self._audit.write(session, actor.organisation, now, actor.name, action, person, was, became)


def _shown(pause: LivePause | None) -> JsonValue:
    if pause is None:
        return None
    return {"reason": pause.reason, "until": pause.until.isoformat() if pause.until else None}


def _allowed(actor: Actor, person: str) -> PersonKey:
    key = person_meant(actor, person)
    require(actor, Right.LOG_SELF_IN if key == actor.person else Right.LOG_OTHERS_IN)
    return key
