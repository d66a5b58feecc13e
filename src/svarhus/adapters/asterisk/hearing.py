"""What Asterisk tells, in the port's words."""

import logging
from collections.abc import Callable
from datetime import datetime

from svarhus.adapters.asterisk.ari import path
from svarhus.adapters.asterisk.assembly import Assembly
from svarhus.adapters.asterisk.joining import LISTEN
from svarhus.adapters.asterisk.legs import Leg, end_cause
from svarhus.adapters.asterisk.names import DIALLED, SNOOP, offer_of, organisation_of
from svarhus.adapters.asterisk.places import host_of
from svarhus.adapters.asterisk.wire import AriEvent
from svarhus.kit.clock import Instant, instant
from svarhus.kit.ids import LegId
from svarhus.ports.telephony import (
    DigitPressed,
    EndCause,
    EndpointChanged,
    LegAnswered,
    LegEnded,
    LegHeld,
    LegResumed,
    LegRinging,
    TransferRequested,
)

log = logging.getLogger(__name__)

ASIDE = 10.0
"""Seconds before an application that was taken over tries to come back."""


class Hearing:
    """Keeps the register by what Asterisk tells, and tells it on."""

    def __init__(self, parts: Assembly) -> None:
        self._parts = parts
        self._register = parts.register
        self._by_type: dict[str, Callable[[AriEvent], None]] = {
            "StasisStart": self._started,
            "StasisEnd": self._ended,
            # Not told for channels that came in; for ours after StasisEnd, or alone when they died
            # before they were with us.
            "ChannelDestroyed": self._ended,
            "ChannelStateChange": self._state_changed,
            "ChannelHangupRequest": self._hangup_requested,
            "ChannelDtmfReceived": self._digit,
            "ChannelHold": self._held,
            "ChannelUnhold": self._resumed,
            "ChannelTransfer": self._transfer,
            "PlaybackFinished": self._playback_finished,
            "RecordingFinished": self._recording_finished,
            "RecordingFailed": self._recording_failed,
            "PeerStatusChange": self._peer_changed,
            "ContactStatusChange": self._contact_changed,
            "ApplicationReplaced": self._replaced,
        }

    def hear(self, event: AriEvent) -> None:
        handle = self._by_type.get(event.type)
        if handle is not None:
            handle(event)

    def _leg(self, event: AriEvent) -> Leg | None:
        return self._register.legs.get(LegId(event.channel.id)) if event.channel else None

    def _started(self, event: AriEvent) -> None:
        channel = event.channel
        if channel is None or not event.args:
            return
        if event.args[0] == SNOOP:
            if channel.id.startswith(LISTEN):
                self._parts.joining.ear_started(channel.id)
            return
        organisation = organisation_of(event.args)
        if organisation is None:
            log.warning("asterisk: a call that belongs to nobody was ended: %s", channel.name)
            self._parts.ari.send("DELETE", path("channels", channel.id))
            return
        if event.args[0] == DIALLED:
            self._parts.dialling.started(LegId(channel.id), event.args[2])
            return
        if LegId(channel.id) in self._register.legs:
            return
        offered = offer_of(channel, event.args)
        leg = Leg(LegId(channel.id), organisation, offered, answered=channel.state == "Up")
        self._register.legs[leg.id] = leg
        if offered is not None:
            self._parts.tell(organisation, offered)

    def _ended(self, event: AriEvent) -> None:
        if event.channel is None:
            return
        self._parts.adopting.gone(event.channel.id)
        leg = self._register.legs.pop(LegId(event.channel.id), None)
        if leg is None:
            if event.channel.id.startswith(LISTEN):
                self._parts.joining.ear_ended(event.channel.id)
            return
        self._parts.joining.ended(leg)
        self._parts.recording.leg_ended(leg)
        self._parts.talks.leg_ended(leg)
        if leg.cause is None:
            leg.cause = EndCause.WE_HUNG_UP if leg.we_hung_up else EndCause.HUNG_UP
        self._parts.tell(leg.organisation, LegEnded(leg.id, leg.cause, leg.detail))

    def _state_changed(self, event: AriEvent) -> None:
        leg = self._leg(event)
        if leg is None or event.channel is None:
            return
        if event.channel.state == "Ringing" and not leg.ringing:
            leg.ringing = True
            self._parts.tell(leg.organisation, LegRinging(leg.id))
        elif event.channel.state == "Up" and not leg.answered:
            leg.answered = True
            if leg.offered is None:
                self._parts.tell(leg.organisation, LegAnswered(leg.id))
                self._parts.dialling.answered(leg)

    def _hangup_requested(self, event: AriEvent) -> None:
        leg = self._leg(event)
        if leg is None or leg.cause is not None:
            return
        leg.cause, leg.detail = end_cause(leg, event.cause, event.tech_cause, event.soft)
        # The end of the prompt that follows is no end of its own.
        leg.prompt = None

    def _digit(self, event: AriEvent) -> None:
        leg = self._leg(event)
        if leg is not None:
            self._parts.tell(leg.organisation, DigitPressed(leg.id, event.digit, _told_at(event)))

    def _held(self, event: AriEvent) -> None:
        leg = self._leg(event)
        if leg is not None:
            leg.holds = True
            self._parts.tell(leg.organisation, LegHeld(leg.id))

    def _resumed(self, event: AriEvent) -> None:
        leg = self._leg(event)
        if leg is not None:
            leg.holds = False
            self._parts.tell(leg.organisation, LegResumed(leg.id))

    def _transfer(self, event: AriEvent) -> None:
        if event.referred_by is None or event.refer_to is None:
            return
        leg = self._register.legs.get(LegId(event.referred_by.source_channel.id))
        if leg is None:
            return
        destination = event.refer_to.destination_channel
        other = self._register.legs.get(LegId(destination.id)) if destination else None
        target = event.refer_to.requested_destination.destination
        self._parts.tell(leg.organisation, TransferRequested(leg.id, target, other.id if other else None))

    def _playback_finished(self, event: AriEvent) -> None:
        playback = event.playback
        if playback is None:
            return
        self._parts.adopting.gone(playback.id)
        leg = self._register.legs.get(LegId(playback.target_uri.removeprefix("channel:")))
        if leg is not None:
            self._parts.playing.finished(leg, playback.id, failed=playback.state == "failed")

    def _recording_finished(self, event: AriEvent) -> None:
        if event.recording is not None:
            self._parts.recording.finished(event.recording)

    def _recording_failed(self, event: AriEvent) -> None:
        if event.recording is not None:
            self._parts.recording.finished(event.recording, failed=True)

    def _peer_changed(self, event: AriEvent) -> None:
        if event.endpoint is None:
            return
        organisation = self._parts.provisioning.organisation_of(event.endpoint.resource)
        if organisation is not None:
            changed = EndpointChanged(event.endpoint.resource, event.endpoint.state == "online")
            self._parts.tell(organisation, changed)

    def _contact_changed(self, event: AriEvent) -> None:
        if event.endpoint is not None and event.contact_info is not None:
            self._parts.provisioning.seen_at(event.endpoint.resource, host_of(event.contact_info.uri))

    def _replaced(self, event: AriEvent) -> None:
        # Asterisk leaves our connection open and tells us no more. Two that took it from each other
        # all the time would be worse than one that waits.
        log.error("asterisk: another process has taken over the application; is a second one running?")
        self._parts.ari.step_aside(ASIDE)


def _told_at(event: AriEvent) -> Instant | None:
    """When Asterisk heard it, by its own clock."""
    try:
        return instant(datetime.fromisoformat(event.timestamp))
    except ValueError:
        return None
