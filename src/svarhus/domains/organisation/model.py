"""The configuration of an organisation as one document.

Everything that an administrator decides is in here; what happens (calls, bookings, who is logged in)
is not. Every change makes a new revision of the whole document, and a call finishes on the revision
that it began on.
"""

from typing import Literal

from pydantic import Field

from svarhus.domains.audio.model import Message, Playlist
from svarhus.domains.callflows.model import CallFlow
from svarhus.domains.categories.model import Category
from svarhus.domains.hours.model import OpeningHours
from svarhus.domains.numbers.lists import NumberList
from svarhus.domains.numbers.model import CountryCode, Number, Outgoing, Trunk
from svarhus.domains.people.model import OwnField, OwnRole, Person, SignInRules, Unit
from svarhus.domains.presence.pause import PauseReason
from svarhus.domains.queues.model import Queue
from svarhus.domains.queues.telling import CustomerTexts
from svarhus.domains.queues.texting import SHIPPED_CANCELS, TextWord
from svarhus.domains.schedules.model import Schedule
from svarhus.domains.tags.model import Tag
from svarhus.kit.document import DocumentPart, Keyed, Language


class ParkingSettings(DocumentPart):
    """Places at which calls are parked for whoever takes them."""

    places: int = Field(default=9, ge=0, le=99, description="How many there are, numbered from 1; 0 for none.")
    returns_after_seconds: int = Field(
        default=120, ge=20, le=3600, description="When a call that nobody takes goes back to who parked it."
    )


class Organisation(Keyed):
    """The organisation itself."""

    timezone: str = Field(default="Europe/Stockholm", description="IANA name of the zone of all local times.")
    country: CountryCode = Field(default="SE", description="Where numbers without a country code are.")
    language: Language = "sv"
    outgoing: Outgoing = Outgoing()
    notices_show_caller: bool = Field(
        default=False, description="Whether a notice on a locked device shows the number of who is calling."
    )
    several_callbacks: bool = Field(
        default=False, description="Whether a number may wait for a callback of several queues at the same time."
    )
    texts: CustomerTexts = CustomerTexts()
    cancel_words: tuple[TextWord, ...] = Field(
        default=SHIPPED_CANCELS, max_length=10, description="An SMS that begins with one of them cancels callbacks."
    )
    parking: ParkingSettings = ParkingSettings()
    sign_in: SignInRules = SignInRules()
    keep_direct_recordings: int = Field(
        default=90, ge=1, le=3650, description="Days after which recordings of calls beside the queues are deleted."
    )


class Configuration(DocumentPart):
    """The whole document."""

    svarhus: Literal[1] = Field(default=1, description="Version of this format.")
    organisation: Organisation
    units: tuple[Unit, ...] = ()
    roles: tuple[OwnRole, ...] = ()
    fields: tuple[OwnField, ...] = ()
    people: tuple[Person, ...] = ()
    trunks: tuple[Trunk, ...] = ()
    numbers: tuple[Number, ...] = ()
    lists: tuple[NumberList, ...] = ()
    hours: tuple[OpeningHours, ...] = ()
    categories: tuple[Category, ...] = ()
    messages: tuple[Message, ...] = ()
    playlists: tuple[Playlist, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    queues: tuple[Queue, ...] = ()
    tags: tuple[Tag, ...] = ()
    pauses: tuple[PauseReason, ...] = Field(
        default=(), description="Why members pause; without any, the reasons that are shipped."
    )
    callflows: tuple[CallFlow, ...] = ()
