"""The audit log: who changed what, who looked at whose data, and who signed in."""

from typing import Annotated

from fastapi import Query

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.models.audit import AuditLine, AuditNamesShown
from svarhus.app.api.paging import Cursor, Limit, Paged, paged
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.app.api.things import change_shown, thing_shown
from svarhus.domains.audit.log import AuditFilter, AuditKind, kind_of
from svarhus.domains.naming.service import LineNamed
from svarhus.domains.people.rights import Right, require
from svarhus.kit.clock import instant
from svarhus.kit.moment import Moment

router = ApiRouter(tags=["administration"], responses=PROBLEMS)


Name = Annotated[str, Query(max_length=200)]


@router.get("/api/audit")
async def audit(
    actor: SignedIn,
    services: Services,
    who: Name | None = None,
    action: Name | None = None,
    subject: Name | None = None,
    kind: AuditKind | None = None,
    at_from: Annotated[Moment | None, Query(alias="from", description="At this moment or later.")] = None,
    at_before: Annotated[Moment | None, Query(alias="to", description="Before this moment.")] = None,
    q: Annotated[str | None, Query(max_length=200, description="Text anywhere in the line.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Paged[AuditLine]:
    """Changes of settings, looks at personal data and sign-ins, the newest first."""
    require(actor, Right.SEE_AUDIT)
    wanted = AuditFilter(
        who,
        action,
        subject,
        kind,
        instant(at_from) if at_from else None,
        instant(at_before) if at_before else None,
        q,
    )
    found = await services.organisations.audit.read(actor.organisation, cursor, limit, wanted)
    named = {each.line.id: each for each in await services.organisations.naming.lines(actor, found.items)}
    return paged(found.map(lambda line: _shown(named[line.id])))


def _shown(named: LineNamed) -> AuditLine:
    line = named.line
    return AuditLine(
        id=line.id,
        at=line.at,
        who=line.who,
        who_name=named.who_name,
        action=line.action,
        kind=kind_of(line.action),
        subject=line.subject,
        about=thing_shown(named.about),
        before=line.before,
        after=line.after,
        changes=tuple(change_shown(change) for change in named.changes),
    )


@router.get("/api/audit/names")
async def audit_names(actor: SignedIn, services: Services) -> AuditNamesShown:
    """Who and which actions are in the log."""
    require(actor, Right.SEE_AUDIT)
    found = await services.organisations.audit.names(actor.organisation)
    people = await services.organisations.naming.people(actor, found.who)
    return AuditNamesShown(who=found.who, names={**people}, actions=found.actions)
