"""What callers hear while they wait."""

from enum import StrEnum

from svarhus.ports.telephony import RINGING_TONE

ALWAYS_THERE = "default"
"""The playlist that comes with the engine."""


class WaitingSound(StrEnum):
    MUSIC = "music"
    """Music always."""
    MUSIC_UNTIL_RINGING = "music_until_ringing"
    """Music, and the ringing tone while a member is rung."""
    RINGING = "ringing"
    """The ringing tone, with announcements."""
    RINGING_ONLY = "ringing_only"
    """The ringing tone, and no announcements."""


def heard(sound: WaitingSound, music: str, rings: bool) -> str:
    """The playlist that a waiting caller hears. `rings`: at a member for this caller."""
    match sound:
        case WaitingSound.MUSIC:
            return music
        case WaitingSound.MUSIC_UNTIL_RINGING:
            return RINGING_TONE if rings else music
        case WaitingSound.RINGING | WaitingSound.RINGING_ONLY:
            return RINGING_TONE
