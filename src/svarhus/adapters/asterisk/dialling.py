"""Making new legs."""

import asyncio
import re
from collections.abc import Callable

from svarhus.adapters.asterisk.ari import AriClient, path
from svarhus.adapters.asterisk.configuration import APPLICATION
from svarhus.adapters.asterisk.legs import Leg, Register
from svarhus.adapters.asterisk.names import DIALLED, trunk_endpoint
from svarhus.adapters.asterisk.objects import BROWSER_FORMATS, PHONE_FORMATS
from svarhus.adapters.asterisk.wire import Reply
from svarhus.kit.ids import LegId, OrganisationId
from svarhus.ports.telephony import (
    Dial,
    DialTarget,
    EndCause,
    LegEnded,
    LineAddress,
    PbxAddress,
    PhoneAddress,
    TelephonyEvent,
)

NUMBER = re.compile(r"[+*#0-9]{1,32}")
REACTION = 6.0
"""Seconds in which a browser must ring."""
ENDPOINT = re.compile(r"[\w.+-]{1,80}")


class Dialling:
    """Creates a channel and dials it in two steps.

    A channel that is made and dialled in one step (POST /channels) belongs to us only when it is
    answered, and is hung up when nobody is there to take it; one made first is ours from the start
    and survives a change of the application's process.
    """

    def __init__(
        self,
        ari: AriClient,
        register: Register,
        tell: Callable[[OrganisationId, TelephonyEvent], None],
        is_browser: Callable[[str], bool],
        guest_of: Callable[[OrganisationId, str], str | None],
    ) -> None:
        """`guest_of`: the phone of a visitor who has this number; calls to it need no carrier."""
        self._ari = ari
        self._register = register
        self._tell = tell
        self._is_browser = is_browser
        self._guest_of = guest_of

    def dial(self, organisation: OrganisationId, dial: Dial) -> None:
        if dial.leg in self._register.legs:
            return
        guest = self._guest_of(organisation, dial.target.number) if isinstance(dial.target, LineAddress) else None
        destination = guest or _destination(organisation, dial.target)
        if destination is None:
            self._tell(organisation, LegEnded(dial.leg, EndCause.UNREACHABLE, "not a number"))
            return
        if not self._ari.connected:
            self._tell(organisation, LegEnded(dial.leg, EndCause.ENGINE_FAILED, "no connection"))
            return
        leg = Leg(dial.leg, organisation, offered=None)
        self._register.legs[dial.leg] = leg
        asked = self._ari.send(
            "POST",
            "channels/create",
            {
                "endpoint": f"PJSIP/{destination}",
                "app": APPLICATION,
                "appArgs": f"{DIALLED},{organisation},{dial.time_limit}",
                "channelId": dial.leg,
                # Without them Asterisk puts mu-law first in every offer, whatever the endpoint says.
                "formats": BROWSER_FORMATS if guest else self._formats(dial.target),
            },
            {"variables": _variables(dial)},
        )
        asked.add_done_callback(lambda reply: self._created(leg, reply))
        if isinstance(dial.target, PhoneAddress) and self._is_browser(dial.target.endpoint):
            asyncio.get_running_loop().call_later(REACTION, self._has_reacted, leg)

    def _has_reacted(self, leg: Leg) -> None:
        """A page rings at once, or its network has swallowed the call and the time limit would be waited for."""
        still = self._register.legs.get(leg.id) is leg and leg.cause is None and not leg.we_hung_up
        if still and not leg.ringing and not leg.answered:
            leg.cause, leg.detail = EndCause.UNREACHABLE, f"no reaction within {REACTION:g} s"
            self._ari.send("DELETE", path("channels", leg.id))

    def _formats(self, target: DialTarget) -> str:
        browser = isinstance(target, PhoneAddress) and self._is_browser(target.endpoint)
        return BROWSER_FORMATS if browser else PHONE_FORMATS

    def started(self, leg_id: LegId, time_limit: str) -> None:
        """The channel is with us now; before that, Asterisk does not dial it."""
        self._ari.send("POST", path("channels", leg_id, "dial"), {"timeout": time_limit})

    def answered(self, leg: Leg) -> None:
        """The far end has picked up. Asterisk lets a leg live whose answer agrees to no sound that was offered, until
        nothing has been heard for too long; so it is asked, and such a leg is ended."""
        asked = self._ari.send("GET", path("channels", leg.id, "variable"), {"variable": "CHANNEL(rtp,dest)"})
        asked.add_done_callback(lambda reply: self._has_sound(leg, reply.result()))

    def _has_sound(self, leg: Leg, reply: Reply) -> None:
        """500: there is the leg, and no audio stream in it."""
        if reply.status == 500 and self._register.legs.get(leg.id) is leg and not leg.we_hung_up:
            leg.cause, leg.detail = EndCause.FAILED, "the answer agreed to no sound"
            self._ari.send("DELETE", path("channels", leg.id))

    def _created(self, leg: Leg, asked: asyncio.Future[Reply]) -> None:
        reply = asked.result()
        if reply.ok or leg.id not in self._register.legs:
            return
        # When the connection was lost meanwhile, the next inventory says whether the leg is there.
        del self._register.legs[leg.id]
        if self._ari.connected:
            if reply.status == 0:
                # Asterisk may still come to it, and this comes behind it.
                self._ari.send("DELETE", path("channels", leg.id))
            # Asterisk answers 500 "Allocation failed" for a phone without a registration.
            cause = EndCause.UNREACHABLE if reply.status in (400, 500) else EndCause.FAILED
            cause = EndCause.WE_HUNG_UP if leg.we_hung_up else cause
            self._tell(leg.organisation, LegEnded(leg.id, cause, f"ARI {reply.status}"))


def _destination(organisation: OrganisationId, target: DialTarget) -> str | None:
    """What is dialled; None for what could be read as another address."""
    match target:
        case PhoneAddress(endpoint):
            return endpoint if ENDPOINT.fullmatch(endpoint) else None
        case LineAddress(trunk, number) | PbxAddress(trunk, number):
            valid = NUMBER.fullmatch(number) and ENDPOINT.fullmatch(trunk)
            return f"{number}@{trunk_endpoint(organisation, trunk)}" if valid else None


def _variables(dial: Dial) -> dict[str, str]:
    """Channel variables and functions that are set before the INVITE goes out."""
    variables = {
        # Otherwise Asterisk carries out a REFER itself and swaps in Local channels.
        "PJSIP_TRANSFER_HANDLING()": "ari-only",
        "CONNECTEDLINE(num,i)": dial.presented or "",
        "CONNECTEDLINE(name,i)": dial.presented_name,
        "CONNECTEDLINE(pres,i)": "allowed" if dial.presented else "prohib",
    }
    for name, value in dial.headers.items():
        variables[f"PJSIP_HEADER(add,{name})"] = value.replace("\r", " ").replace("\n", " ")
    return variables
