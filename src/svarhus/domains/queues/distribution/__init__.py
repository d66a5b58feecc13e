"""Strategies by which a queue chooses the member to ring, one file each."""

from collections.abc import Mapping
from types import MappingProxyType

from svarhus.domains.queues.distribution import longest_idle
from svarhus.domains.queues.distribution.strategy import Strategy

STRATEGIES: Mapping[str, Strategy] = MappingProxyType({"longest_idle": longest_idle.choose})
