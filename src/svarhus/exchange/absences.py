"""What people may say about being away: everybody of themselves, who has the right of others."""

from pydantic import JsonValue

from svarhus.domains.audit.log import AuditLog
from svarhus.domains.people.rights import Actor, Right, require
from svarhus.domains.presence.absence import AbsenceKind
from svarhus.exchange.core.requests import BeginAbsence, EndAbsence
from svarhus.exchange.service import RunningOrganisations, person_meant
from svarhus.exchange.showing import live
from svarhus.exchange.showing.views import LiveAbsence
from svarhus.kit.clock import Clock, Instant
from svarhus.kit.database import Database
from svarhus.kit.ids import PersonKey


class Absences:
    """All raise Refused, PersonNotFound, and ExchangeUnavailable when nothing can be decided."""

    def __init__(self, running: RunningOrganisations, database: Database, clock: Clock, audit: AuditLog) -> None:
        self._running = running
        self._database = database
        self._clock = clock
        self._audit = audit

    async def begin(
        self, actor: Actor, person: str, kind: AbsenceKind, until: Instant | None, note: str
    ) -> LiveAbsence:
        """Colleagues see it until then, or until it is ended. AbsenceOver."""
        key = _allowed(actor, person)
        before = self._now(actor, key)
        told = " ".join(note.split())
        await self._running.of(actor.organisation).ask(BeginAbsence(key, kind, until, told, actor.person))
        begun = LiveAbsence(kind, self._clock.now(), until, told, actor.person)
        await self._note(actor, "absence-set", key, before, begun)
        return begun

    async def end(self, actor: Actor, person: str) -> None:
        key = _allowed(actor, person)
        before = self._now(actor, key)
        await self._running.of(actor.organisation).ask(EndAbsence(key))
        if before:
            await self._note(actor, "absence-ended", key, before, None)

    def _now(self, actor: Actor, person: PersonKey) -> LiveAbsence | None:
        agent = live.agent(self._running.of(actor.organisation).core, person)
        return agent.absence if agent else None

    async def _note(
        self, actor: Actor, action: str, person: PersonKey, before: LiveAbsence | None, after: LiveAbsence | None
    ) -> None:
        """What people say of themselves is theirs; what is said of others is written down, without the note."""
        if person == actor.person:
            return
        async with self._database.begin() as session:
            now = self._clock.now()
            await self._audit.write(
                session, actor.organisation, now, actor.name, action, person, _shown(before), _shown(after)
            )


def _shown(absence: LiveAbsence | None) -> JsonValue:
    if absence is None:
        return None
    return {"kind": absence.kind.value, "until": absence.until.isoformat() if absence.until else None}


def _allowed(actor: Actor, person: str) -> PersonKey:
    key = person_meant(actor, person)
    if key != actor.person:
        require(actor, Right.SET_PRESENCE_OF_OTHERS)
    return key
