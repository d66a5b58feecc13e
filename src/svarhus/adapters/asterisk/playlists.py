"""Music of organisations: classes of music on hold, in files that Asterisk reads again when they have changed.

Who hears music while they are read goes on hearing it, and hears on at the same place after a prompt.
"""

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

from svarhus.adapters.asterisk.ari import AriClient
from svarhus.adapters.asterisk.configuration import PLAYLISTS
from svarhus.kit.ids import OrganisationId
from svarhus.ports.telephony import RINGING_TONE, Playlist

DEFAULT = "default"
_OURS = frozenset({DEFAULT, RINGING_TONE})
_RELOAD = "asterisk/modules/res_musiconhold.so"


class Playlists:
    """The playlists of all organisations."""

    def __init__(self, ari: AriClient, folder: Path | None) -> None:
        """`folder`: `etc` of this Asterisk. None: it is elsewhere, and has no music but its own."""
        self._ari = ari
        self._folder = folder / PLAYLISTS if folder else None
        self._there: dict[OrganisationId, frozenset[str]] = {}
        self._one_at_a_time = asyncio.Lock()

    def class_of(self, organisation: OrganisationId, playlist: str) -> str:
        """The class of music on hold; `default` for a playlist that is not there."""
        if playlist in self._there.get(organisation, frozenset()):
            return _name(organisation, playlist)
        return playlist if playlist in _OURS else DEFAULT

    async def set_up(self, organisation: OrganisationId, playlists: Sequence[Playlist]) -> None:
        """Let the organisation have these, and no others."""
        if self._folder is None:
            return
        usable = [each for each in playlists if each.files]
        async with self._one_at_a_time:
            if await asyncio.to_thread(_write, self._folder, organisation, usable):
                await self._ari.request("PUT", _RELOAD)
            self._there[organisation] = frozenset(each.key for each in usable)

    async def renew(self) -> None:
        """Asterisk may have missed what was written while it was away."""
        if self._folder is not None and self._folder.is_dir():
            await self._ari.request("PUT", _RELOAD)


def _name(organisation: OrganisationId, playlist: str) -> str:
    return f"{organisation}.{playlist}"


def _write(folder: Path, organisation: OrganisationId, playlists: Sequence[Playlist]) -> bool:
    """True when something is other than it was."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{organisation}.conf"
    text = "".join(_section(_name(organisation, each.key), each.files) for each in playlists)
    if (file.read_text() if file.exists() else "") == text:
        return False
    _replace(file, text)
    named = sorted(each.name for each in folder.glob("*.conf") if each.name != "index.conf")
    _replace(folder / "index.conf", "".join(f"#include {PLAYLISTS}/{name}\n" for name in named))
    return True


def _section(name: str, files: Sequence[str]) -> str:
    entries = "".join(f"entry={file.removesuffix('.wav')}\n" for file in files)
    return f"[{name}]\nmode=playlist\nsort=random\n{entries}"


def _replace(file: Path, text: str) -> None:
    unfinished = file.with_suffix(".unfinished")
    unfinished.write_text(text)
    os.replace(unfinished, file)
