"""What the API serves from."""

from dataclasses import dataclass

from svarhus.adapters.asterisk.browser_line import BrowserLine
from svarhus.app.api.open_sockets import OpenSockets
from svarhus.app.api.standing import Standings
from svarhus.app.centre import Centre
from svarhus.app.organisations import Organisations
from svarhus.domains.guests.service import CallUs
from svarhus.domains.push.service import Push
from svarhus.domains.sounds.service import Sounds, Store
from svarhus.kit.clock import Clock
from svarhus.kit.database import Database


@dataclass(frozen=True)
class LivePace:
    """Seconds of what WebSockets do by themselves."""

    sign_in: float = 10.0
    """In which the first message must come from who has not signed in otherwise."""
    ping: float = 15.0
    look: float = 30.0
    """Between looks whether the one who is watching, or on the phone, may still be so."""


@dataclass(frozen=True)
class ApiServices:
    """Everything that endpoints call. Put together in bootstrap."""

    organisations: Organisations
    clock: Clock
    centre: Centre
    sounds: Sounds
    standings: Standings
    """Of who keeps something open."""
    sockets: OpenSockets
    pace: LivePace = LivePace()
    browser_line: BrowserLine | None = None
    """The way of browsers' SIP to the engine; None where there is none."""
    push: Push | None = None
    """Notices on people's devices."""
    call_us: CallUs | None = None
    """The public page from which anyone can call."""


def api_services(
    database: Database,
    clock: Clock,
    organisations: Organisations,
    centre: Centre,
    store: Store,
    pace: LivePace | None = None,
) -> ApiServices:
    """Put them together. `store`: where sounds are kept and made, the prompts."""
    sounds = Sounds(database, clock, organisations.repository, organisations.audit, store)
    return ApiServices(organisations, clock, centre, sounds, Standings(database), OpenSockets(), pace or LivePace())
