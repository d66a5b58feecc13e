"""What ARI sends over the WebSocket, as far as the adapter reads it.

Only these fields are decoded, everything else is skipped, which keeps the cost of an event low.
"""

import msgspec


class Party(msgspec.Struct, frozen=True):
    number: str = ""
    name: str = ""


class Dialplan(msgspec.Struct, frozen=True):
    app_name: str = ""
    app_data: str = ""


class Channel(msgspec.Struct, frozen=True):
    id: str
    name: str = ""
    state: str = ""
    caller: Party = Party()
    dialplan: Dialplan = Dialplan()


class Bridge(msgspec.Struct, frozen=True):
    id: str
    name: str = ""
    channels: list[str] = []


class Playback(msgspec.Struct, frozen=True):
    id: str
    target_uri: str = ""
    state: str = ""


class LiveRecording(msgspec.Struct, frozen=True):
    name: str
    target_uri: str = ""
    state: str = ""
    duration: float = 0.0


class EndpointRef(msgspec.Struct, frozen=True):
    resource: str
    technology: str = ""
    state: str = ""
    channel_ids: list[str] = []


class ContactInfo(msgspec.Struct, frozen=True):
    uri: str = ""
    contact_status: str = ""
    aor: str = ""


class Destination(msgspec.Struct, frozen=True):
    destination: str = ""


class ReferTo(msgspec.Struct, frozen=True):
    requested_destination: Destination = Destination()
    destination_channel: Channel | None = None


class ReferredBy(msgspec.Struct, frozen=True):
    source_channel: Channel


class AriEvent(msgspec.Struct, frozen=True):
    """Any message of the events WebSocket; `type` says which fields are there."""

    type: str
    # RESTResponse
    request_id: str = ""
    status_code: int = 0
    uri: str = ""
    message_body: str = ""
    # events
    channel: Channel | None = None
    args: list[str] = []
    digit: str = ""
    timestamp: str = ""
    """Such as 2026-11-29T00:59:11.123+0000."""
    cause: int = 0
    tech_cause: int = 0
    soft: bool = False
    playback: Playback | None = None
    recording: LiveRecording | None = None
    bridge: Bridge | None = None
    endpoint: EndpointRef | None = None
    contact_info: ContactInfo | None = None
    refer_to: ReferTo | None = None
    referred_by: ReferredBy | None = None
    state: str = ""


class Reply(msgspec.Struct, frozen=True):
    """The outcome of a request. 0: the connection was lost or no answer came in time."""

    status: int
    body: str = ""

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300


class QueryString(msgspec.Struct, frozen=True):
    name: str
    value: str


class RestRequest(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="RESTRequest"):
    request_id: str
    method: str
    uri: str
    query_strings: list[QueryString] = []
    content_type: str = ""
    message_body: str = ""
