"""What the user of a test phone can do with one call."""

import asyncio
import random
import re
import time
from collections.abc import Callable
from urllib.parse import quote

from aiosipua.message import SipRequest, SipResponse

from svarhus.phones import sip
from svarhus.phones.errors import PhoneError, Refused
from svarhus.phones.signalling import SignallingCall


class Call(SignallingCall):
    """One call (one leg). `state`: calling, ringing, up, ended (incoming: ringing, up, ended)."""

    def answer(self) -> None:
        """Pick up an incoming call."""
        invite = self._ringing("answer")
        body = self.answer_sdp(invite.text) if invite.body else self.sdp("sendrecv")
        if body is None:
            self._reply_to_invite(488)
            self._end("us", "488 no common codec")
            return
        if not invite.body:
            self._late_offer = invite
        self._reply_to_invite(200, body)
        self._up(200)

    def answer_with(self, sdp: str) -> None:
        """Pick up as a phone that is broken does: with this description of sound, or none."""
        self._ringing("answer")
        self._reply_to_invite(200, sdp)
        self._up(200)

    def decline(self, status: int = 486) -> None:
        self._ringing("decline")
        self._reply_to_invite(status)
        self.status = status
        self._end("us", f"{status} {sip.REASONS.get(status, 'Declined')}")

    def _ringing(self, what: str) -> SipRequest:
        if self.state != "ringing" or self.direction != "in" or self.invite is None:
            raise PhoneError(f"{self.phone.name}: nothing to {what} ({self!r})")
        return self.invite

    async def wait_answered(self, within: float = 15.0) -> "Call":
        """Refused when it is refused, PhoneError when it takes too long."""
        await self.phone.wait_until(lambda: self.state in ("up", "ended"), within)
        if self.answered is None and self.state == "ended":
            what = f"{self.phone.name}: call to {self.number}"
            raise Refused(what, self.status, self.reason or self.cause)
        if self.answered is None:
            raise PhoneError(
                f"{self.phone.name}: call to {self.number} not answered within {within} s "
                f"(state {self.state})\n{self.phone.story()}"
            )
        return self

    async def wait_ended(self, within: float = 10.0) -> "Call":
        if not await self.phone.wait_until(lambda: self.state == "ended", within):
            raise PhoneError(f"{self.phone.name}: call {self.number} not ended within {within} s\n{self.phone.story()}")
        return self

    async def hangup(self, within: float = 10.0) -> None:
        """End the call whatever its state: CANCEL, refuse (603) or BYE; waits for the confirmation."""
        if self.state == "up":
            await self._bye(within)
        elif self.state == "ringing" and self.direction == "in":
            self.decline(603)
        elif self.state != "ended":
            await self.cancel(within)

    async def cancel(self, within: float = 10.0) -> None:
        """Give up an outgoing call that is not answered yet. (If the answer crosses it: BYE.)"""
        if self.state == "ended":
            return
        if self.state == "up":
            await self._bye(within)
            return
        self._cancelling = True
        self.log("cancelling")
        deadline = time.monotonic() + within
        await self.phone.wait_until(self._has_reply, within)
        client, invite = self._client, self.invite
        if client and invite and self.server_addr and not client.final.done():
            self._send_cancel(invite, self.server_addr)
        await self.phone.wait_until(lambda: self.state == "ended", max(0.1, deadline - time.monotonic()))
        if self.state != "ended":
            self.log("trouble", text="the call did not end after CANCEL")
            if client and not client.final.done():
                client.final.set_result(SipResponse(status_code=408, reason_phrase="No answer after CANCEL"))
            self._end("us", "CANCEL without a final answer")

    def _has_reply(self) -> bool:
        return self._client is not None and (self._client.provisional.is_set() or self._client.final.done())

    def _send_cancel(self, invite: SipRequest, addr: sip.Address) -> None:
        request = self.phone.new_request(
            "CANCEL",
            invite.uri,
            sip.header(invite, "from"),
            sip.header(invite, "to"),
            self.call_id,
            sip.count_of(invite),
            routes=invite.get_header_values("route"),
        )
        branch = re.search(r"branch=([^;]+)", sip.header(invite, "via"))
        self.phone.sip.start_request(request, addr, branch=branch.group(1) if branch else None)

    async def send_digits(self, digits: str, method: str = "rfc4733", ms: int = 120) -> None:
        """Press keys one after the other: method 'rfc4733' (in the sound stream) or 'info' (SIP INFO)."""
        self._must_be_up("press keys")
        self.log("digits", digits=digits, method=method)
        for digit in digits:
            if method == "info":
                await self._send_info(digit, ms)
            else:
                await self._press(digit, ms)

    async def _send_info(self, digit: str, ms: int) -> None:
        body = f"Signal={digit}\r\nDuration={ms}\r\n"
        response = await self._send("INFO", body=body, content_type="application/dtmf-relay")
        if response.status_code >= 300:
            raise Refused(f"{self.phone.name}: INFO", response.status_code, response.reason_phrase)

    async def _press(self, digit: str, ms: int) -> None:
        if self.rtp.dtmf_type is None:
            raise PhoneError(f"{self.phone.name}: the other side did not accept telephone-event")
        if not self.rtp.sending:
            raise PhoneError(f"{self.phone.name}: cannot press keys, sending is off (hold or mute)")
        try:
            async with asyncio.timeout(10):
                await self.rtp.press(digit, ms)
        except asyncio.CancelledError:
            if self.state != "ended":
                raise
            raise PhoneError(f"{self.phone.name}: the call ended ({self.cause}) while pressing {digit}") from None

    def _must_be_up(self, what: str) -> None:
        if self.state != "up":
            raise PhoneError(f"{self.phone.name}: cannot {what}: call {self.number} is {self.state} ({self.cause})")

    async def _confirmed(self) -> None:
        """An incoming call is complete when the ACK has come: no re-INVITE or REFER before that."""
        server = self.phone.sip.server_of(self.invite) if self.direction == "in" and self.invite else None
        if server and not server.acked.is_set():
            try:
                async with asyncio.timeout(5):
                    await server.acked.wait()
            except TimeoutError:
                raise PhoneError(f"{self.phone.name}: no ACK for our answer within 5 s") from None

    # ------------------------------------------------------------ hold

    async def hold(self) -> None:
        self._must_be_up("hold")
        await self._reinvite(True)

    async def unhold(self) -> None:
        self._must_be_up("unhold")
        await self._reinvite(False)

    async def _reinvite(self, held: bool) -> None:
        await self._confirmed()
        before, self.held_by_us, self._busy = self.held_by_us, held, True
        try:
            response = await self._offer_again()
        finally:
            self._busy = False
        if response.status_code >= 300:
            self.held_by_us = before
            what = f"{self.phone.name}: re-INVITE ({'hold' if held else 'unhold'})"
            raise Refused(what, response.status_code, response.reason_phrase)
        if response.body:
            self.take_sdp(response.text, is_offer=False)
        self.set_sending()
        self.log("held" if held else "unheld", status=response.status_code)

    async def _offer_again(self) -> SipResponse:
        """A re-INVITE, repeated when the other side's crosses it (491; RFC 3261, 14.1)."""
        extra: dict[str, str] = {}
        for _ in range(6):
            request = self._request("INVITE", extra, self.sdp(self.wanted_direction()), "application/sdp")
            response = await self.phone.sip.request(request, self._address(), self._confirmation(request))
            again = self.phone.answer_challenge(request, response, extra)
            if again:
                extra = again
            elif response.status_code == 491 and self.state == "up":
                self._busy = False
                await asyncio.sleep(random.uniform(2.1, 4) if self.direction == "out" else random.uniform(0, 2))
                self._busy = True
            else:
                break
        return response

    def _confirmation(self, request: SipRequest) -> Callable[[SipResponse], None]:
        """Acknowledges each 2xx to this request with the same ACK."""
        made: list[SipRequest] = []

        def confirm(response: SipResponse) -> None:
            if 200 <= response.status_code < 300:
                if not made:
                    made.append(self._make_ack(sip.count_of(request)))
                self.phone.sip.send(made[0], self._address())

        return confirm

    # ------------------------------------------------------------ transfer

    async def transfer(self, number: str, within: float = 15.0) -> int:
        """Blind transfer by REFER. Returns the final status that the other side reports (NOTIFY): 200 is
        success; 202: it hung up without reporting; 0: nothing in time. After a success the phone hangs up
        its leg, as phones do, unless the other side does so first. Refused if the REFER is refused."""
        host, port = self.phone.address if self.phone.server else self._address()
        target = number if number.startswith("sip:") else f"sip:{number}@{host}:{port}"
        return await self._refer(f"<{target}>", number, within)

    async def transfer_to(self, other: "Call", within: float = 15.0) -> int:
        """Attended transfer: joins this call's other side with that of our call `other` (REFER/Replaces)."""
        replaces = quote(f"{other.call_id};to-tag={other.remote_tag};from-tag={other.local_tag}", safe="")
        uri = sip.uri_of(other.remote)
        return await self._refer(f"<{uri}?Replaces={replaces}>", other.number, within)

    async def _refer(self, refer_to: str, what: str, within: float) -> int:
        self._must_be_up("transfer")
        await self._confirmed()
        self.refer_status.clear()
        headers = {"Refer-To": refer_to, "Referred-By": f"<{sip.uri_of(self.local)}>"}
        response = await self._send("REFER", headers)
        self.log("transfer", to=what, status=response.status_code)
        if response.status_code >= 300:
            raise Refused(f"{self.phone.name}: transfer to {what}", response.status_code, response.reason_phrase)
        await self.phone.wait_until(
            lambda: self.state == "ended" or any(status >= 200 for status in self.refer_status), within
        )
        final = [status for status in self.refer_status if status >= 200]
        if final and final[-1] < 300:
            await self.phone.wait_until(lambda: self.state == "ended", 0.5)
            await self.hangup()
        return final[-1] if final else (202 if self.state == "ended" else 0)
