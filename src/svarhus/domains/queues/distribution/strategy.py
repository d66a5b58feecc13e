"""What a strategy is."""

from collections.abc import Callable, Sequence

from svarhus.domains.presence.state import Agent

Strategy = Callable[[Sequence[Agent]], Agent]
"""Chooses whom to ring among members of the queue who are all free; there is at least one."""
