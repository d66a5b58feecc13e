"""Longest idle: the member who has been free for the longest time is rung first."""

from collections.abc import Sequence
from datetime import UTC, datetime

from svarhus.domains.presence.state import Agent

_EVER = datetime.min.replace(tzinfo=UTC)


def choose(free: Sequence[Agent]) -> Agent:
    """Of members free equally long, the first by key, so that the choice can be repeated."""
    return min(free, key=lambda agent: (agent.idle_since or _EVER, agent.person))
