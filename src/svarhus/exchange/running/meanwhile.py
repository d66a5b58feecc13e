"""What is told while an inventory is taken counts for more: the engine may have looked before."""

import msgspec

from svarhus.kit.ids import LegId
from svarhus.ports.telephony import EndpointChanged, Inventory, LegEnded, TelephonyEvent


class Meanwhile:
    """Hears the events from the moment at which the engine is asked until it has answered."""

    def __init__(self) -> None:
        self._ended: set[LegId] = set()
        self._phones: dict[str, bool] = {}

    def hear(self, event: TelephonyEvent) -> None:
        match event:
            case LegEnded(leg):
                self._ended.add(leg)
            case EndpointChanged(endpoint, reachable):
                self._phones[endpoint] = reachable

    def applied(self, inventory: Inventory) -> Inventory:
        """The inventory as it is at the end."""
        phones = set(inventory.reachable)
        for endpoint, reachable in self._phones.items():
            (phones.add if reachable else phones.discard)(endpoint)
        alive = tuple(leg for leg in inventory.legs if leg.leg not in self._ended)
        return msgspec.structs.replace(inventory, legs=alive, reachable=frozenset(phones))
