"""A conversation: who is in it, and who hears whom."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Self

import msgspec

from svarhus.kit.ids import CallId, ConversationId, JoinId, LegId


class Voice(StrEnum):
    """What a party has of its conversation."""

    TALKS = "talks"
    """It hears the others, and they hear it."""
    HEARS = "hears"
    """It hears the others, unheard."""
    WHISPERS = "whispers"
    """It hears the others, and is heard by one of them."""
    HELD = "held"
    """Another one has put it on hold: it neither hears nor is heard, for now."""
    AWAY = "away"
    """It has put two others on hold, or more, who talk on: it neither hears nor is heard, for now."""


ABSENT = frozenset({Voice.HELD, Voice.AWAY})


class Conversation(msgspec.Struct, frozen=True):
    """Parties who talk, of any number. It is the same one after a hold, and when somebody asks a third meanwhile."""

    id: ConversationId
    call: CallId
    parties: dict[LegId, Voice]
    """In the order in which they came. Whose phone is waited for keeps the place."""
    join: JoinId | None = None
    """In the engine, of those who are not on hold. None while nobody hears anybody."""

    @property
    def is_conference(self) -> bool:
        return len(self.parties) > 2

    def others(self, leg: LegId) -> list[LegId]:
        return [party for party in self.parties if party != leg]

    def giving(self, voices: Mapping[LegId, Voice]) -> Self:
        return msgspec.structs.replace(self, parties={**self.parties, **voices})

    def without(self, leg: LegId) -> Self:
        return msgspec.structs.replace(
            self, parties={party: voice for party, voice in self.parties.items() if party != leg}
        )

    def renaming(self, old: LegId, new: LegId) -> Self:
        """With another leg of the same person at that place."""
        return msgspec.structs.replace(
            self, parties={new if party == old else party: voice for party, voice in self.parties.items()}
        )
