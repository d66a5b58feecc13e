"""What people set for themselves alone, and what is no part of the organisation's document."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from svarhus.domains.people.rights import Actor
from svarhus.domains.people.tables import preferences
from svarhus.kit.database import Database, Session
from svarhus.kit.errors import Conflict
from svarhus.kit.ids import OrganisationId


class Notices(BaseModel):
    """Of what one is told by a notice of the browser or the phone while the console is not in sight."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    offers: bool = True
    """A call rings."""
    voicemails: bool = False
    callbacks_due: bool = False
    notes: bool = True
    """On the noticeboard."""
    sound: bool = True


class Preferences(BaseModel):
    """A person's own settings."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    transfer: Literal["consult", "blind"] = "consult"
    """The way to transfer that is offered first: talk to the other before, or send the call on at once."""
    notices: Notices = Notices()
    hide_others: bool = False
    """On the desk: hide what is not mine."""
    open_calls: bool = True
    """On the desk: what rings for the person, or is being talked with, opens by itself."""
    headings: dict[Annotated[str, Field(max_length=100)], Annotated[str, Field(max_length=20)]] = Field(
        default={}, max_length=300, description="What the headings of files of contacts mean, as they were told."
    )


class NoPreferences(Conflict):
    """A token is nobody who could prefer something."""

    id = "no-preferences"
    title = "A token has no settings of its own"


class PreferencesService:
    """Reads and keeps them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, actor: Actor) -> Preferences:
        """The actor's own; the defaults for a token."""
        if actor.person is None:
            return Preferences()
        async with self._database.begin() as session:
            return await find_preferences(session, actor.organisation, actor.person)

    async def set(self, actor: Actor, wanted: Preferences) -> Preferences:
        """Keep the actor's own. NoPreferences."""
        if actor.person is None:
            raise NoPreferences("A token has no settings of its own.", "Sign in as a person.")
        async with self._database.begin() as session:
            await keep_preferences(session, actor.organisation, actor.person, wanted)
        return wanted


async def find_preferences(session: Session, organisation: OrganisationId, person: str) -> Preferences:
    query = select(preferences.c.body).where(
        preferences.c.organisation_id == organisation, preferences.c.person == person
    )
    body = (await session.execute(query)).scalar_one_or_none()
    return Preferences.model_validate(body or {})


async def keep_preferences(session: Session, organisation: OrganisationId, person: str, wanted: Preferences) -> None:
    values = {"body": wanted.model_dump(mode="json")}
    await session.execute(
        insert(preferences)
        .values(organisation_id=organisation, person=person, **values)
        .on_conflict_do_update(index_elements=["organisation_id", "person"], set_=values)
    )
