"""A browser-like phone: SIP over a secure WebSocket, DTLS-SRTP, Opus.

It registers, is called and answers, sends a tone and listens for one.
"""

import asyncio
import contextlib
import fractions
import re
import ssl
from collections.abc import Iterator

import aiohttp
import aioice.ice
import numpy as np
from aiortc import MediaStreamTrack, RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError
from aiosipua.message import SipMessage, SipRequest, SipResponse
from av import AudioFrame

from svarhus.phones import sip

RATE = 48000
FRAME = RATE // 50
REASONS = {180: "Ringing", 200: "OK", 487: "Request Terminated"}
WINDOW = RATE // 2
"""Samples that are looked at for a tone."""


@contextlib.contextmanager
def loopback_only() -> Iterator[None]:
    """Browsers' ICE leaves loopback out, and aioice has no setting for the addresses that it offers."""
    given = aioice.ice.get_host_addresses
    aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: ["127.0.0.1"]
    try:
        yield
    finally:
        aioice.ice.get_host_addresses = given


class Tone(MediaStreamTrack):
    """A microphone that picks up a steady tone."""

    kind = "audio"

    def __init__(self, frequency: int) -> None:
        super().__init__()
        self._frequency = frequency
        self._sent = 0
        self._began = 0.0

    async def recv(self) -> AudioFrame:
        loop = asyncio.get_running_loop()
        self._began = self._began or loop.time()
        await asyncio.sleep(max(0.0, self._began + self._sent / RATE - loop.time()))
        moments = (np.arange(FRAME) + self._sent) / RATE
        samples = (np.sin(2 * np.pi * self._frequency * moments) * 8000).astype(np.int16)
        frame = AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.pts, frame.sample_rate, frame.time_base = self._sent, RATE, fractions.Fraction(1, RATE)
        self._sent += FRAME
        return frame


class Ear:
    """Keeps the last half second of what comes in."""

    def __init__(self) -> None:
        self._heard: np.ndarray = np.zeros(0, np.int16)
        self.frames = 0
        self._news = asyncio.Event()

    async def more(self) -> None:
        """Wait for the next frame."""
        self._news.clear()
        await self._news.wait()

    async def listen(self, track: MediaStreamTrack) -> None:
        with contextlib.suppress(MediaStreamError):
            while True:
                frame = await track.recv()
                assert isinstance(frame, AudioFrame)
                assert frame.sample_rate == RATE, "not Opus"
                channels = len(frame.layout.channels)
                samples = frame.to_ndarray().reshape(-1)[::channels]
                self.frames += 1
                self._news.set()
                self._heard = np.concatenate((self._heard, samples))[-WINDOW:]

    def share_of(self, frequency: int) -> float:
        """Which part of the energy lies within 20 Hz of the frequency."""
        if len(self._heard) < WINDOW:
            return 0.0
        power = np.abs(np.fft.rfft(self._heard)) ** 2
        around = np.abs(np.fft.rfftfreq(len(self._heard), 1 / RATE) - frequency) < 20
        total = float(power.sum())
        return float(power[around].sum()) / total if total > 1e9 else 0.0


class WebRtcPhone:
    """One registration and one call at a time."""

    def __init__(self, url: str, tone: int) -> None:
        """`url` such as wss://127.0.0.1:8089/ws; `tone` in Hz is what its user says."""
        self._url = url
        self._tone = tone
        self._replies: asyncio.Queue[SipResponse] = asyncio.Queue()
        self._requests: asyncio.Queue[SipRequest] = asyncio.Queue()
        self._connection: RTCPeerConnection | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._user = ""
        self.ear = Ear()
        self.invite: SipRequest | None = None
        self.ended = asyncio.Event()

    async def __aenter__(self) -> "WebRtcPhone":
        trust_anybody = ssl.create_default_context()
        trust_anybody.check_hostname, trust_anybody.verify_mode = False, ssl.CERT_NONE
        self._session = aiohttp.ClientSession()
        self._socket = await self._session.ws_connect(
            self._url, protocols=["sip"], ssl=trust_anybody if self._url.startswith("wss") else True
        )
        self._tasks.append(asyncio.create_task(self._read()))
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._connection is not None:
            await self._connection.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._socket.close()
        await self._session.close()
        # The transports are closed in the next turns of the loop.
        await asyncio.sleep(0.05)

    async def vanish(self) -> None:
        """The page is reloaded: the socket closes, the sound stops, and nobody says good-bye."""
        await self._socket.close()
        if self._connection is not None:
            await self._connection.close()

    async def register(self, user: str, password: str) -> int:
        """The status of the registration."""
        self._user = user
        request = self._register(1)
        await self._socket.send_str(bytes(request).decode())
        challenge = await self._replies.get()
        answer = sip.authorization(challenge, user, password, "REGISTER", request.uri)
        if answer is None:
            return challenge.status_code
        again = self._register(2)
        again.headers.set_single(*answer)
        await self._socket.send_str(bytes(again).decode())
        return (await self._replies.get()).status_code

    def _register(self, count: int) -> SipRequest:
        request = SipRequest(method="REGISTER", uri="sip:127.0.0.1")
        address = f"<sip:{self._user}@127.0.0.1>"
        for name, value in (
            ("Via", f"SIP/2.0/WSS phone.invalid;branch={sip.new_branch()}"),
            ("From", f"{address};tag=browser"),
            ("To", address),
            ("Call-ID", f"registration-{id(self)}"),
            ("CSeq", f"{count} REGISTER"),
            ("Contact", f"<sip:{self._user}@phone.invalid;transport=ws>"),
            ("Expires", "300"),
            ("Max-Forwards", "70"),
            ("Content-Length", "0"),
        ):
            request.headers.append(name, value)
        return request

    async def rings(self, within: float = 5.0) -> SipRequest:
        """The INVITE that comes."""
        async with asyncio.timeout(within):
            self.invite = await self._requests.get()
        return self.invite

    async def answer(self) -> None:
        """Answer it with DTLS-SRTP; returns when the answer is sent."""
        assert self.invite is not None
        with loopback_only():
            # Without the empty list a server in the internet is asked for our address.
            self._connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
            self._connection.on("track", self._hear)
            self._connection.addTrack(Tone(self._tone))
            offer = at_loopback(self.invite.text)
            await self._connection.setRemoteDescription(RTCSessionDescription(offer, "offer"))
            await self._connection.setLocalDescription(await self._connection.createAnswer())
        await self._reply(self.invite, 200, self._connection.localDescription.sdp)

    async def hears(self, frequency: int, within: float = 8.0) -> None:
        """Fails unless mostly this tone is heard."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                while self.ear.share_of(frequency) < 0.8:
                    await self.ear.more()
        share = self.ear.share_of(frequency)
        assert share >= 0.8, f"{frequency} Hz is {share:.0%} of what is heard, {self.ear.frames} frames"

    def _hear(self, track: MediaStreamTrack) -> None:
        self._tasks.append(asyncio.create_task(self.ear.listen(track)))

    async def _read(self) -> None:
        async for received in self._socket:
            data = received.data if isinstance(received.data, bytes) else str(received.data).encode()
            if not data.strip():
                continue  # keep-alive
            message = SipMessage.parse(data)
            if isinstance(message, SipResponse):
                await self._replies.put(message)
            elif isinstance(message, SipRequest):
                await self._on_request(message)

    async def _on_request(self, request: SipRequest) -> None:
        match request.method:
            case "INVITE":
                await self._reply(request, 180)
                await self._requests.put(request)
            case "BYE":
                await self._reply(request, 200)
                self.ended.set()
            case "CANCEL":
                await self._reply(request, 200)
                if self.invite is not None:
                    await self._reply(self.invite, 487)
                self.ended.set()
            case "ACK":
                pass
            case _:
                await self._reply(request, 200)

    async def _reply(self, request: SipRequest, status: int, body: str = "") -> None:
        response = SipResponse(status_code=status, reason_phrase=REASONS[status])
        for via in request.get_header_values("via"):
            response.headers.append("Via", via)
        to = request.get_header("to") or ""
        for name, value in (
            ("From", request.get_header("from") or ""),
            ("To", to if sip.tag_of(to) else f"{to};tag=browser"),
            ("Call-ID", request.call_id or ""),
            ("CSeq", request.get_header("cseq") or ""),
            ("Contact", f"<sip:{self._user}@phone.invalid;transport=ws>"),
        ):
            response.headers.append(name, value)
        if body:
            response.headers.append("Content-Type", "application/sdp")
            response.body = body.encode()
        await self._socket.send_str(bytes(response).decode())


def at_loopback(offer: str) -> str:
    """The offer with its candidates on loopback, which Asterisk does not offer by itself."""
    lines = [line for line in offer.replace("\r\n", "\n").split("\n") if "srflx" not in line]
    moved = [re.sub(r"^(a=candidate:\S+ \d+ \S+ \d+) \S+ (\d+ typ host).*$", r"\1 127.0.0.1 \2", one) for one in lines]
    return "\r\n".join(moved)
