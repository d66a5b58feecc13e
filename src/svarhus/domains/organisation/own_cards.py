"""What people change of their own cards: at once, and without a revision of the settings."""

from collections.abc import Iterator

from pydantic import JsonValue

from svarhus.domains.audit.log import AuditLog
from svarhus.domains.organisation.changes import changes
from svarhus.domains.organisation.choices import Choice, chosen_since, laid_over_again, presentable
from svarhus.domains.organisation.coherence import impossible_number
from svarhus.domains.organisation.errors import FaultyFile
from svarhus.domains.organisation.layout import InForce
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.people.errors import NoPerson
from svarhus.domains.people.model import Person
from svarhus.domains.people.rights import Actor
from svarhus.domains.people.ways_in import person_of
from svarhus.kit.clock import Clock
from svarhus.kit.database import Database, Session
from svarhus.kit.errors import Fault

CARD_CHANGED = "person-card-changed"


class OwnCards:
    """Keeps what people choose for themselves."""

    def __init__(
        self, database: Database, clock: Clock, organisations: OrganisationRepository, audit: AuditLog
    ) -> None:
        self._database = database
        self._clock = clock
        self._organisations = organisations
        self._audit = audit

    async def choose(self, actor: Actor, wanted: Choice) -> Configuration:
        """Let these settings of the actor's own card be so; gives what is in force then. NoPerson; FaultyFile.

        `wanted`: of the settings that are one's own, those that are to be looked at.
        """
        async with self._database.begin() as session:
            before = await self._organisations.in_force(session, actor.organisation, lock=True)
            own = _own_card(actor, before.configuration)
            other = {name: value for name, value in wanted.items() if value != getattr(own, name)}
            faults = [*_faults(other, before.configuration, own)]
            if faults:
                raise FaultyFile("The card cannot be so.", "Look at each of the faults.", faults)
            if not other:
                return before.configuration
            after = await self._keep(session, actor, before, own, other)
        self._organisations.remember(actor.organisation, after)
        return after.configuration

    async def _keep(self, session: Session, actor: Actor, before: InForce, own: Person, other: Choice) -> InForce:
        chosen: dict[str, Choice] = {own.key: {**before.choices.get(own.key, {}), **other}}
        await self._organisations.choose(session, actor.organisation, chosen)
        now = laid_over_again(before.configuration, before.layout.configuration, chosen)
        found: dict[str, JsonValue] = {"changes": [*changes(before.configuration, now)]}
        await self._audit.write(
            session, actor.organisation, self._clock.now(), actor.name, CARD_CHANGED, own.key, after=found
        )
        await self._organisations.tell_changed(session, actor.organisation)
        version = before.choices_version + 1
        return InForce(before.revision, before.layout, now, chosen_since(before.choices, chosen), version)


def _own_card(actor: Actor, configuration: Configuration) -> Person:
    """NoPerson."""
    if actor.person is None:
        raise NoPerson("A token has no card of its own.", "Sign in as a person.")
    return person_of(configuration, actor.person)


def _faults(other: Choice, configuration: Configuration, own: Person) -> Iterator[Fault]:
    mobile, presented = other.get("mobile"), other.get("presented")
    for finding in impossible_number(("mobile",), mobile) if mobile else ():
        yield Fault("mobile", finding.message, finding.remedy, reason=finding.reason, values=finding.values)
    if presented is not None and presented not in presentable(configuration, own):
        yield Fault(
            "presented", "the number is not the organisation's", "Choose one of its numbers.", reason="not-our-number"
        )
