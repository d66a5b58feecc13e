"""What the adapter is put together of, to work on one register over one connection."""

from dataclasses import dataclass
from pathlib import Path

from svarhus.adapters.asterisk.adopting import Adopting
from svarhus.adapters.asterisk.ami import AmiClient
from svarhus.adapters.asterisk.ari import AriClient
from svarhus.adapters.asterisk.dialling import Dialling
from svarhus.adapters.asterisk.guests import Guests
from svarhus.adapters.asterisk.joining import Joining
from svarhus.adapters.asterisk.legs import Register
from svarhus.adapters.asterisk.playing import Playing, Tell
from svarhus.adapters.asterisk.playlists import Playlists
from svarhus.adapters.asterisk.provisioning import Provisioning
from svarhus.adapters.asterisk.recording import Recorder
from svarhus.adapters.asterisk.talks import Talks


@dataclass(frozen=True)
class Assembly:
    ari: AriClient
    tell: Tell
    register: Register
    playing: Playing
    joining: Joining
    dialling: Dialling
    recording: Recorder
    talks: Talks
    adopting: Adopting
    provisioning: Provisioning
    guests: Guests
    playlists: Playlists


def assemble(ari: AriClient, ami: AmiClient, tell: Tell, recordings: Path, etc: Path | None = None) -> Assembly:
    register = Register()
    talks = Talks(ami, register, tell, recordings)
    playing = Playing(ari, register, tell)
    provisioning = Provisioning(ari)
    guests = Guests(ari)
    dialling = Dialling(ari, register, tell, provisioning.is_browser, guests.endpoint_of)
    joining = Joining(ari, register, playing)
    return Assembly(
        ari,
        tell,
        register,
        playing,
        joining,
        dialling,
        Recorder(ari, register, playing, tell, recordings),
        talks,
        Adopting(ari, register, dialling, joining, talks),
        provisioning,
        guests,
        Playlists(ari, etc),
    )
