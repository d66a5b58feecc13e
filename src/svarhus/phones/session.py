"""The state and the sound of one call: what was agreed by SDP, what is sent and what is heard."""

import asyncio
import time
from pathlib import Path

from aiosipua.message import SipRequest, SipResponse
from aiosipua.sdp import SdpMessage, parse_sdp

from svarhus.phones import sip, sound
from svarhus.phones.line import Event, Line
from svarhus.phones.rtp import RtpLeg

REVERSED = {"sendrecv": "sendrecv", "sendonly": "recvonly", "recvonly": "sendonly", "inactive": "inactive"}
RTPMAP = {0: "PCMU/8000", 8: "PCMA/8000"}


class CallSession:
    """One call (one leg). `state`: calling, ringing, up, ended (incoming: ringing, up, ended)."""

    def __init__(self, phone: Line, direction: str, number: str, count: int) -> None:
        """`direction`: out or in. `count`: which of the phone's calls this is."""
        self.phone, self.direction, self.number = phone, direction, number
        self.short = f"{'>' if direction == 'out' else '<'}{count}"
        self.state = "calling" if direction == "out" else "ringing"
        self.status = 0
        """Final SIP status of the INVITE."""
        self.reason = ""
        """Its reason phrase."""
        self.ended_by: str | None = None
        """us or them."""
        self.cause = ""
        """Reason header of the BYE, CANCEL or refusal, or the status."""
        self.started = time.monotonic()
        self.rang: float | None = None
        self.answered: float | None = None
        self.ended: float | None = None
        self.held_by_us = self.held_by_them = False
        self.invite: SipRequest | None = None
        """The first INVITE, sent or received."""
        self.answer_message: SipResponse | None = None
        """The 200 that we received."""
        self.server_addr: sip.Address | None = None
        self.heard = sound.Heard()
        self.rtp = RtpLeg(phone.host, self.heard)
        self._sdp_version = int(time.time())
        self._muted = False
        self._theirs = "sendrecv"
        """The direction that the other side last asked for."""

    def __repr__(self) -> str:
        return f"<Call {self.phone.name}{self.short} {self.number} {self.state} {self.status or ''}>"

    def log(self, what: str, **detail: object) -> Event:
        return self.phone.log(what, self.short, **detail)

    def header(self, name: str) -> str | None:
        """A header of the other side's message: the incoming INVITE, or the answer to our INVITE."""
        message = self.invite if self.direction == "in" else self.answer_message
        return (sip.header(message, name) or None) if message else None

    @property
    def from_number(self) -> str:
        """Who calls us."""
        return sip.user_of(self.header("from"))

    @property
    def from_display(self) -> str:
        return sip.display_of(self.header("from"))

    @property
    def asserted(self) -> str | None:
        return self.header("p-asserted-identity")

    # ------------------------------------------------------------ SDP

    def sdp(self, direction: str, formats: list[str] | None = None, others: str = "") -> str:
        """Our side of the agreement."""
        self._sdp_version += 1
        if formats is None:
            formats = [*map(str, self.phone.codecs), "101"]
        lines = [
            "v=0",
            f"o=- {int(self.started * 1000)} {self._sdp_version} IN IP4 {self.phone.host}",
            "s=phone",
            f"c=IN IP4 {self.phone.host}",
            "t=0 0",
            f"m=audio {self.rtp.port} RTP/AVP {' '.join(formats)}",
        ]
        for one in formats:
            if int(one) in RTPMAP:
                lines.append(f"a=rtpmap:{one} {RTPMAP[int(one)]}")
            else:
                lines += [f"a=rtpmap:{one} telephone-event/8000", f"a=fmtp:{one} 0-16"]
        return "\r\n".join([*lines, "a=ptime:20", f"a={direction}", ""]) + others

    def wanted_direction(self) -> str:
        return "sendonly" if self.held_by_us else "sendrecv"

    def take_sdp(self, body: str, is_offer: bool) -> list[str] | None:
        """Follow the other side's SDP: address, codec, direction. The formats that both sides have."""
        agreed: SdpMessage = parse_sdp(body)
        audio = agreed.audio
        if audio is None:
            return None
        common = [one for one in audio.formats if one.isdigit() and int(one) in self.phone.codecs]
        if not common:
            return None
        self.rtp.payload_type = int(common[0])
        events = [
            str(codec.payload_type)
            for codec in audio.codecs
            if codec.encoding_name.lower() == "telephone-event" and codec.clock_rate == 8000
        ]
        self.rtp.dtmf_type = int(events[0]) if events else None
        connection = audio.connection or agreed.connection
        theirs = next((one for one in REVERSED if one in audio.attributes or one in agreed.attributes), "sendrecv")
        if connection and connection.address == "0.0.0.0":
            theirs = "inactive" if theirs in ("recvonly", "inactive") else "sendonly"
        elif connection and audio.port:
            host, _ = self.server_addr or self.phone.address
            place = f"sip:x@{connection.address}:{audio.port}"
            self.rtp.remote = self.phone.sip.destination(place, (host, audio.port))
        self._theirs = theirs
        self.held_by_them = theirs in ("sendonly", "inactive")
        if not is_offer or audio.port == 0:
            self.held_by_them = theirs == "inactive" and not self.held_by_us
        self.set_sending()
        return common + events[:1]

    def set_sending(self) -> None:
        self.rtp.sending = not self.held_by_us and not self._muted and self._theirs in ("sendrecv", "recvonly")

    @property
    def their_direction(self) -> str:
        return self._theirs

    def answer_sdp(self, offer: str) -> str | None:
        """Our answer to an offer, None when we have no codec in common."""
        formats = self.take_sdp(offer, is_offer=True)
        if formats is None:
            return None
        ours = REVERSED[self._theirs]
        if self.held_by_us:
            ours = {"sendrecv": "sendonly", "recvonly": "inactive"}.get(ours, ours)
        others = "".join(
            f"m={one.media} 0 {one.proto} {' '.join(one.formats) or '0'}\r\n" for one in parse_sdp(offer).media[1:]
        )
        return self.sdp(ours, formats, others)

    # ------------------------------------------------------------ what it sends

    def play_tone(self, freq: int, level: float = -13.0) -> None:
        """Send a steady tone (whole Hz) until told otherwise. Level in dBFS."""
        self.rtp.play(sound.tone(freq, 1.0, level), loop=True)

    def play(self, samples: sound.Samples, loop: bool = False) -> asyncio.Future[None]:
        """Send 8 kHz samples; await the future for their end."""
        return self.rtp.play(samples, loop)

    def play_wav(self, path: str | Path, loop: bool = False) -> asyncio.Future[None]:
        return self.rtp.play(sound.read_wav(path), loop)

    def silence(self) -> None:
        """Send silent packets (what a call does from its start)."""
        self.rtp.play(None, True)

    def mute(self, on: bool = True) -> None:
        """Send no packets at all (as a phone with a broken network), or send again."""
        self._muted = on
        self.set_sending()

    # ------------------------------------------------------------ what it hears (see sound.Heard)

    def level(self, window: sound.Window = 1.0) -> float:
        return self.heard.level(window)

    def tone_level(self, freq: float, window: sound.Window = 1.0) -> float:
        return self.heard.tone_level(freq, window)

    def tone_share(self, freq: float, window: sound.Window = 1.0) -> float:
        return self.heard.tone_share(freq, window)

    def tone_present(self, freq: float, window: sound.Window = 0.5, min_level: float = -40.0) -> bool:
        return self.heard.tone_present(freq, window, min_level)

    def is_silence(self, window: sound.Window = 1.0) -> bool:
        return self.heard.is_silence(window)

    def is_music_or_speech(self, window: sound.Window = 3.0) -> bool:
        return self.heard.is_music_or_speech(window)

    def classify(self, window: sound.Window = 3.0) -> str:
        return self.heard.classify(window)

    def find_clip(self, clip: sound.Samples | sound.Levels, window: sound.Window = 10.0) -> tuple[float, float]:
        return self.heard.find_clip(clip, window)

    def gaps(self, window: sound.Window | None = None, longer_than: float = 0.060) -> list[sound.Gap]:
        return self.heard.gaps(window, longer_than)

    def first_audio_after(self, t: float | None = None, above: float = sound.AUDIBLE) -> float | None:
        """Seconds from monotonic time t (default: the answer) to the first audible sound."""
        return self.heard.first_audio_after(t if t is not None else (self.answered or self.started), above)
