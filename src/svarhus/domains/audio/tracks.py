"""The sounds of playlists, among the uploaded recordings: by which keys they are known there."""

import re
from collections.abc import Iterable, Mapping

import msgspec

from svarhus.domains.audio.repository import UploadedRecording

NO_LANGUAGE = "-"
"""In place of the language: music has none."""

MOST_TRACKS = 100
"""Sounds of one playlist."""

_KEY = re.compile(r"music/(?P<playlist>[a-z][a-z0-9-]{0,47})/(?P<name>[a-z0-9][a-z0-9-]{0,59})")


class Track(msgspec.Struct, frozen=True):
    """One sound of a playlist."""

    playlist: str
    name: str
    recording: UploadedRecording


def track_key(playlist: str, name: str) -> str:
    return f"music/{playlist}/{name}"


def is_track(key: str, language: str) -> bool:
    """Whether a recording of this key and language is a sound of a playlist."""
    return language == NO_LANGUAGE and _KEY.fullmatch(key) is not None


def tracks(recordings: Iterable[UploadedRecording]) -> tuple[Track, ...]:
    """Those among the recordings."""
    found = ((each, _KEY.fullmatch(each.key)) for each in recordings if each.language == NO_LANGUAGE)
    return tuple(Track(match["playlist"], match["name"], each) for each, match in found if match)


def by_playlist(files: Mapping[tuple[str, str], str]) -> Mapping[str, tuple[str, ...]]:
    """The files of each playlist, of files by key and language."""
    lists: dict[str, list[str]] = {}
    for (key, language), file in sorted(files.items()):
        match = _KEY.fullmatch(key) if language == NO_LANGUAGE else None
        if match:
            lists.setdefault(match["playlist"], []).append(file)
    return {playlist: tuple(found) for playlist, found in lists.items()}
