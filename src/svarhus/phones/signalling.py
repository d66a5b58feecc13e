"""The SIP dialog of one call: what we send in it, and what comes in."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Mapping

from aiosipua.message import SipRequest, SipResponse

from svarhus.phones import sip, sound
from svarhus.phones.line import Line
from svarhus.phones.session import CallSession
from svarhus.phones.transactions import ClientTransaction


class SignallingCall(CallSession):
    """Keeps the dialog; the verbs of its user are in Call."""

    def __init__(self, phone: Line, direction: str, number: str, count: int) -> None:
        super().__init__(phone, direction, number, count)
        self.reinvites = 0
        """re-INVITEs and UPDATEs from the other side."""
        self.call_id, self.local_tag = f"{sip.new_tag()}{sip.new_tag()}@{phone.host}", sip.new_tag()
        self.remote_tag = self.local = self.remote = self.target = ""
        self.routes: list[str] = []
        self.cseq = 0
        self.refer_status: list[int] = []
        """Progress of our transfer, from NOTIFY."""
        self._client: ClientTransaction | None = None
        self._ack: SipRequest | None = None
        self._invite_addr: sip.Address = ("", 0)
        self._late_offer: SipRequest | None = None
        """An INVITE without SDP: the ACK brings the answer."""
        self._busy = False
        """A re-INVITE of ours is under way."""
        self._cancelling = False

    # ------------------------------------------------------------ outgoing

    def _request(
        self, method: str, headers: Mapping[str, str] | None = None, body: str = "", content_type: str = ""
    ) -> SipRequest:
        self.cseq += 1
        to = f"{self.remote};tag={self.remote_tag}" if self.remote_tag else self.remote
        from_ = f"{self.local};tag={self.local_tag}"
        request = self.phone.new_request(method, self.target, from_, to, self.call_id, self.cseq, headers, self.routes)
        if method in ("INVITE", "REFER", "UPDATE"):
            request.headers.set_single("Contact", self._contact())
            request.headers.set_single("Allow", sip.ALLOW)
        if body:
            request.headers.set_single("Content-Type", content_type)
            request.body = body.encode()
        return request

    def _contact(self) -> str:
        phone = self.phone
        return f"<sip:{phone.user or 'phone'}@{phone.host}:{phone.port}{phone.sip.uri_parameter}>"

    def _address(self) -> sip.Address:
        """Where requests inside this call go."""
        fallback = self.server_addr or self.phone.address
        return self.phone.sip.destination(self.routes[0] if self.routes else self.target, fallback)

    async def _send(
        self, method: str, headers: Mapping[str, str] | None = None, body: str = "", content_type: str = ""
    ) -> SipResponse:
        """A request inside the call, with digest when asked for."""
        extra: dict[str, str] = {}
        while True:
            request = self._request(method, {**(headers or {}), **extra}, body, content_type)
            response = await self.phone.sip.request(request, self._address())
            again = self.phone.answer_challenge(request, response, extra)
            if again is None:
                return response
            extra = again

    async def place(self, headers: Mapping[str, str]) -> None:
        """Send the INVITE and wait for what becomes of it."""
        extra: dict[str, str] = {}
        self.server_addr = self.phone.address
        self.log("calling", number=self.number, from_=self.local)
        while True:
            invite = self._request("INVITE", {**headers, **extra}, self.sdp("sendrecv"), "application/sdp")
            self.invite = invite
            self._client = self.phone.sip.start_request(invite, self.server_addr, self._on_invite_response)
            response = await self._client.final
            again = None if self._cancelling else self.phone.answer_challenge(invite, response, extra)
            if again is None:
                break
            extra = again
        self.status, self.reason = response.status_code, response.reason_phrase
        if response.status_code < 300:
            return  # taken care of in _on_invite_response
        why = sip.header(response, "reason") or f"{response.status_code} {response.reason_phrase}"
        self.log("refused", status=self.status, reason=self.reason)
        self._end("us" if self._cancelling and self.status == 487 else "them", why)

    def _on_invite_response(self, response: SipResponse) -> None:
        status = response.status_code
        if self.state == "ended" and status < 200:
            return
        if 100 < status < 200:
            self._on_progress(response)
        elif 200 <= status < 300 and self._ack is not None:
            self.phone.sip.send(self._ack, self._address())
        elif 200 <= status < 300:
            self._on_answer(response)

    def _on_progress(self, response: SipResponse) -> None:
        status = response.status_code
        if self.state == "calling" and status in (180, 183):
            self.state, self.rang = "ringing", time.monotonic()
        self.log("ringing" if status == 180 else "progress", status=status, sdp=bool(response.body))
        if response.body:
            self.take_sdp(response.text, is_offer=False)

    def _on_answer(self, response: SipResponse) -> None:
        assert self.invite is not None
        self.answer_message, self.status = response, response.status_code
        self.remote_tag = sip.tag_of(sip.header(response, "to"))
        self.routes = list(reversed(response.get_header_values("record-route")))
        contact = sip.header(response, "contact")
        if contact:
            self.target = sip.uri_of(contact)
        if response.body:
            self.take_sdp(response.text, is_offer=False)
        self._ack = self._make_ack(sip.count_of(self.invite))
        self.phone.sip.send(self._ack, self._address())
        if self._cancelling or self.state == "ended":
            self.log("answered", status=response.status_code, note="after our cancel: hanging up")
            self.phone.sip.spawn(self._bye())
        else:
            self._up(response.status_code)

    def _make_ack(self, cseq: int) -> SipRequest:
        ack = self._request("ACK")
        self.cseq -= 1
        ack.headers.set_single("CSeq", f"{cseq} ACK")
        ack.headers.set_single("Via", self.phone.sip.via(sip.new_branch()))
        return ack

    async def _bye(self, within: float = 10.0) -> None:
        self.rtp.sending = False
        try:
            async with asyncio.timeout(within):
                response = await self._send("BYE")
            self._end("us", f"BYE answered {response.status_code}")
        except TimeoutError:
            self._end("us", "BYE not answered")
            self.log("trouble", text="BYE not answered")

    def _up(self, status: int) -> None:
        self.state, self.answered, self.status = "up", time.monotonic(), status
        self.set_sending()
        self.log("answered", status=status, codec=sound.CODEC_NAMES.get(self.rtp.payload_type))

    def _end(self, by: str, cause: str) -> None:
        if self.state != "ended":
            self.state, self.ended, self.ended_by, self.cause = "ended", time.monotonic(), by, cause
            self.rtp.close()
            self.log("ended", by=by, cause=cause)

    # ------------------------------------------------------------ incoming

    def take_invite(self, request: SipRequest, addr: sip.Address) -> None:
        """A call has come in; it rings."""
        self.invite, self._invite_addr, self.server_addr = request, addr, addr
        self.call_id = request.call_id or ""
        self.remote_tag = sip.tag_of(sip.header(request, "from"))
        self.local = re.sub(r";tag=.*", "", sip.header(request, "to"))
        self.remote = re.sub(r";\s*tag=[^;]*", "", sip.header(request, "from"))
        self.target = sip.uri_of(sip.header(request, "contact") or sip.header(request, "from"))
        self.routes = list(request.get_header_values("record-route"))
        self.log(
            "incoming",
            from_number=self.from_number,
            from_display=self.from_display,
            to=self.number,
            asserted=self.asserted,
            diversion=sip.header(request, "diversion"),
        )
        self._reply(request, addr, 180)
        self.rang = time.monotonic()
        self.log("ringing", status=180)

    def _reply(self, request: SipRequest, addr: sip.Address, status: int, body: str = "") -> None:
        headers = {"Contact": self._contact(), "Allow": sip.ALLOW} if status < 300 else {}
        reason = sip.REASONS.get(status, "Declined")
        self.phone.sip.reply(request, addr, status, reason, to_tag=self.local_tag, headers=headers, body=body)

    def _reply_to_invite(self, status: int, body: str = "") -> None:
        assert self.invite is not None
        self._reply(self.invite, self._invite_addr, status, body)

    async def later(self, after: float, action: Callable[[], Awaitable[None] | None]) -> None:
        """Do this to a ringing call after so many seconds, if it still rings."""
        if after:
            await asyncio.sleep(after)
        if self.state == "ringing":
            result = action()
            if result is not None:
                await result

    def on_request(self, request: SipRequest, addr: sip.Address) -> None:
        """A request inside this call."""
        match request.method:
            case "ACK":
                self._on_ack(request)
            case "CANCEL":
                self._on_cancel(request, addr)
            case "INVITE" | "UPDATE":
                self._on_reinvite(request, addr)
            case "BYE":
                self._reply(request, addr, 200)
                self._end("them", sip.header(request, "reason") or "BYE")
            case "NOTIFY":
                self._on_notify(request, addr)
            case "INFO":
                self._reply(request, addr, 200)
                self.log("info", body=request.text)
            case "REFER":
                self._reply(request, addr, 603)
                self.log("refer refused", to=sip.header(request, "refer-to"))
            case "OPTIONS" | "MESSAGE":
                self._reply(request, addr, 200)
            case _:
                self._reply(request, addr, 501)

    def _on_ack(self, request: SipRequest) -> None:
        count = sip.count_of(request)
        for key, server in self.phone.sip.servers.items():
            if key[1:] == (self.call_id, count, "INVITE"):
                server.acked.set()
        if self._late_offer and sip.count_of(self._late_offer) == count and request.body:
            self.take_sdp(request.text, is_offer=False)
            self._late_offer = None

    def _on_cancel(self, request: SipRequest, addr: sip.Address) -> None:
        self.phone.sip.reply(request, addr, 200, "OK", to_tag=self.local_tag)
        if self.state == "ringing" and self.direction == "in":
            self._reply_to_invite(487)
            self.status = 487
            why = sip.header(request, "reason")
            self._end("them", f"cancelled: {why}" if why else "cancelled")

    def _on_notify(self, request: SipRequest, addr: sip.Address) -> None:
        self._reply(request, addr, 200)
        found = re.match(r"SIP/2\.0 (\d+)", request.text)
        if found and "refer" in sip.header(request, "event"):
            self.refer_status.append(int(found.group(1)))
            self.log("transfer progress", status=int(found.group(1)))

    def _on_reinvite(self, request: SipRequest, addr: sip.Address) -> None:
        if self.state != "up":
            self._reply(request, addr, 481 if self.state == "ended" else 491)
            return
        if self._busy:
            self._reply(request, addr, 491)
            return
        self.reinvites += 1
        what = "re-INVITE" if request.method == "INVITE" else "UPDATE"
        contact = sip.header(request, "contact")
        if contact:
            self.target = sip.uri_of(contact)
        if not request.body:
            self.log(what, sdp=False)
            body = ""
            if request.method == "INVITE":
                self._late_offer, body = request, self.sdp(self.wanted_direction())
            self._reply(request, addr, 200, body)
            return
        answer = self.answer_sdp(request.text)
        self.log(what, direction=self.their_direction, rtp=self.rtp.remote, held=self.held_by_them)
        if answer is None:
            self._reply(request, addr, 488)
        else:
            self._reply(request, addr, 200, answer)
