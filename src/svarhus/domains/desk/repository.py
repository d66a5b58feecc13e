"""Keeps how each person looks at the desk."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from svarhus.domains.cases.model import ChannelName
from svarhus.domains.desk.model import DeskView
from svarhus.domains.desk.tables import desk_views
from svarhus.kit.database import Session
from svarhus.kit.ids import OrganisationId, PersonKey


async def find_view(session: Session, organisation: OrganisationId, person: PersonKey) -> DeskView | None:
    """None when the person has not chosen yet."""
    row = desk_views.c
    query = select(desk_views).where(row.organisation_id == organisation, row.person == person)
    found = (await session.execute(query)).one_or_none()
    if found is None:
        return None
    kinds = tuple(ChannelName(kind) for kind in found.hidden_kinds)
    return DeskView(tuple(found.hidden_queues), tuple(found.hidden_units), kinds)


async def keep_view(session: Session, organisation: OrganisationId, person: PersonKey, view: DeskView) -> None:
    hidden = {
        "hidden_queues": list(view.hidden_queues),
        "hidden_units": list(view.hidden_units),
        "hidden_kinds": list(view.hidden_kinds),
    }
    kept = insert(desk_views).values(organisation_id=organisation, person=person, **hidden)
    await session.execute(
        kept.on_conflict_do_update(index_elements=[desk_views.c.organisation_id, desk_views.c.person], set_=hidden)
    )
