"""Recorded and spoken messages of an organisation, and its music."""

from pydantic import Field

from svarhus.kit.document import Keyed, Language, UnitRef


class Playlist(Keyed):
    """Music for those who wait. Its sounds are uploaded; each is played whole, and then another by chance."""

    unit: UnitRef = None


class Message(Keyed):
    """Something said to callers. An uploaded recording is played where there is one; else the manuscript
    is spoken."""

    unit: UnitRef = None
    manuscripts: dict[Language, str] = Field(
        min_length=1,
        description="What is said, by language. The first one serves where the caller's is missing.",
    )
