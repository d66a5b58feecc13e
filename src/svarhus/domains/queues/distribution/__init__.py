"""Strategies by which a queue chooses the members to ring, one file each."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from svarhus.domains.queues.distribution import (
    escalating,
    longest_idle,
    priority_list,
    ring_all,
    ring_best,
    round_robin,
)
from svarhus.domains.queues.distribution.strategy import Strategy

StrategyName = Literal["longest_idle", "round_robin", "priority_list", "ring_all", "ring_best", "escalating"]

STRATEGIES: Mapping[StrategyName, Strategy] = MappingProxyType(
    {
        "longest_idle": Strategy(longest_idle.choose),
        "round_robin": Strategy(round_robin.choose),
        "priority_list": Strategy(priority_list.choose),
        "ring_all": Strategy(ring_all.choose, rings_more=True),
        "ring_best": Strategy(ring_best.choose, rings_more=True),
        "escalating": Strategy(escalating.choose, rings_more=True, escalates=True),
    }
)
