"""Puts together what a screen on the wall shows: what is now, and how the day has gone."""

from dataclasses import dataclass

import msgspec

from svarhus.domains.boards.model import QueueToday
from svarhus.domains.boards.service import TodaysFigures, Wallboards
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.exchange.service import RunningOrganisations
from svarhus.exchange.showing.wallboard import BoardAgent, BoardQueue, board_agents, board_queues
from svarhus.kit.clock import Clock, Instant
from svarhus.kit.ids import QueueKey


class Wallboard(msgspec.Struct, frozen=True):
    """Everything that a screen on the wall shows."""

    name: str
    organisation: str
    timezone: str
    language: str
    theme: str
    at: Instant
    """When the figures were true."""
    since: Instant
    """Midnight, from which today's figures count."""
    queues: tuple[BoardQueue, ...]
    today: tuple[QueueToday, ...]
    """Of the same queues in the same order."""
    agents: tuple[BoardAgent, ...] | None
    """None when the link does not show them."""


@dataclass(frozen=True)
class Screens:
    """What is shown to whoever has a link."""

    links: Wallboards
    figures: TodaysFigures
    organisations: OrganisationRepository
    running: RunningOrganisations
    clock: Clock

    async def wallboard(self, token: str) -> Wallboard:
        """LinkRevoked; ExchangeUnavailable while the organisation does not run."""
        link = await self.links.opened(token)
        _, configuration = await self.organisations.load(link.organisation)
        keys = [queue.key for queue in configuration.queues if link.shows(queue)]
        today = await self.figures.of(link.organisation)
        core, now = self.running.of(link.organisation).core, self.clock.now()
        by_key = {figures.queue: figures for figures in today.queues}
        queues = [queue for queue in board_queues(core, keys, now) if QueueKey(queue.key) in by_key]
        return Wallboard(
            name=link.name,
            organisation=configuration.organisation.name,
            timezone=configuration.organisation.timezone,
            language=link.language,
            theme=link.theme,
            at=now,
            since=today.since,
            queues=tuple(queues),
            today=tuple(by_key[QueueKey(queue.key)] for queue in queues),
            agents=board_agents(core, keys) if link.shows_agents else None,
        )
