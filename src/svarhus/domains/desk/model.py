"""How somebody looks at the desk."""

import msgspec

from svarhus.domains.cases.model import ChannelName
from svarhus.domains.channels.model import DeskItem


class DeskView(msgspec.Struct, frozen=True):
    """What somebody has hidden on the desk."""

    hidden_queues: tuple[str, ...] = ()
    hidden_units: tuple[str, ...] = ()
    hidden_kinds: tuple[ChannelName, ...] = ()

    def hides(self, item: DeskItem) -> bool:
        return item.queue in self.hidden_queues or item.unit in self.hidden_units or item.kind in self.hidden_kinds
