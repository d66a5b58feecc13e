"""One session with a provider: bound for as long as it is wanted, and bound again when it breaks."""

import asyncio
import itertools
import ssl
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import structlog

from svarhus.adapters.smpp import pdu
from svarhus.adapters.smpp.pdu import Command, Malformed, Pdu
from svarhus.kit.clock import Instant
from svarhus.kit.short_messages import ShortMessage, parts
from svarhus.ports.sending import NotSent, Why
from svarhus.ports.sms import Accepted, IncomingSms, Report, ReportState, SmppProvider, Sms

log = structlog.get_logger()

Told = Callable[[Report | IncomingSms], Awaitable[None]]
"""Keeps what a provider tells: what became of a text of ours, or one that somebody has sent to us. If it raises, the
provider is asked to tell it again."""

MOST_PARTS = 10

_WHY = {
    0x05: Why.NOT_NOW,  # already bound
    0x08: Why.NOT_NOW,  # system error
    0x0D: Why.SIGN_IN_REFUSED,  # bind failed
    0x0E: Why.SIGN_IN_REFUSED,  # password
    0x0F: Why.SIGN_IN_REFUSED,  # system id
    0x04: Why.NOT_NOW,  # not in this state
    0x0B: Why.RECEIVER_REFUSED,  # destination address
    0x14: Why.NOT_NOW,  # queue full
    0x45: Why.NOT_NOW,  # submit failed
    0x50: Why.RECEIVER_REFUSED,  # destination type of number
    0x51: Why.RECEIVER_REFUSED,  # destination numbering plan
    0x58: Why.NOT_NOW,  # throttled
}
"""5.1.3; others mean that there is something wrong with the message."""


@dataclass(frozen=True)
class SmppPace:
    """Seconds."""

    answers: float = 10.0
    """In which an answer must come."""
    waits: float = 5.0
    """For which a message waits for the line to be bound."""
    asks: float = 30.0
    """Between questions whether the other side lives (`enquire_link`)."""
    again: float = 1.0
    longest: float = 30.0
    """Until it is tried to bind again, and at most."""
    window: int = 10
    """Messages without an answer, at most. 2.9."""


class SmppLine:
    """See `ports.sms.SmsSender`."""

    def __init__(self, provider: SmppProvider, told: Told, pace: SmppPace | None = None) -> None:
        self._provider = provider
        self._told = told
        self._pace = pace or SmppPace()
        self._bound = asyncio.Event()
        self._writer: asyncio.StreamWriter | None = None
        self._answers: dict[int, asyncio.Future[Pdu]] = {}
        self._sequence = itertools.cycle(range(1, 0x7FFFFFFF))
        self._reference = itertools.cycle(range(256))
        self._window = asyncio.Semaphore(self._pace.window)
        self._refusal = NotSent(Why.NOT_REACHED)
        self._telling: set[asyncio.Task[None]] = set()

    # ------------------------------------------------------------------ the line

    async def run(self) -> None:
        """Keep it bound until cancelled."""
        pause = self._pace.again
        try:
            while True:
                try:
                    await self._session()
                    pause = self._pace.again
                except NotSent as error:
                    self._refusal = error
                except (OSError, TimeoutError, asyncio.IncompleteReadError, Malformed) as error:
                    self._refusal = NotSent(Why.NOT_REACHED, str(error)[:300] or type(error).__name__)
                    if self._bound.is_set():
                        pause = self._pace.again
                finally:
                    self._unbound()
                log.info("smpp_unbound", host=self._provider.host, why=self._refusal.why.value)
                await asyncio.sleep(pause)
                pause = min(pause * 2, self._pace.longest)
        finally:
            for task in self._telling:
                task.cancel()

    async def _session(self) -> None:
        provider = self._provider
        secured = ssl.create_default_context() if provider.tls else None
        async with asyncio.timeout(self._pace.answers):
            reader, self._writer = await asyncio.open_connection(provider.host, provider.port, ssl=secured)
        reading = asyncio.create_task(self._read(reader))
        try:
            await self._alongside(reading, self._bind())
            while True:
                await self._alongside(reading, asyncio.sleep(self._pace.asks))
                await self._alongside(reading, self._ask(Command.ENQUIRE_LINK))
        finally:
            reading.cancel()
            if self._bound.is_set() and self._writer is not None and not self._writer.is_closing():
                self._writer.write(pdu.written(Command.UNBIND, next(self._sequence)))

    async def _alongside(self, reading: "asyncio.Task[None]", work: Coroutine[Any, Any, object]) -> None:
        """Do it while the line is read; the error of reading, if that ends first."""
        doing = asyncio.ensure_future(work)
        try:
            await asyncio.wait([reading, doing], return_when=asyncio.FIRST_COMPLETED)
            if reading.done():
                reading.result()
                raise OSError("the provider has hung up")
            doing.result()
        finally:
            doing.cancel()

    async def _bind(self) -> None:
        provider = self._provider
        body = pdu.bind(provider.user, provider.password, provider.system_type)
        answer = await self._ask(Command.BIND_TRANSCEIVER, body)
        if answer.status != pdu.OK:
            raise NotSent(_WHY.get(answer.status, Why.SIGN_IN_REFUSED), f"bind: status {answer.status:#010x}")
        self._bound.set()
        log.info("smpp_bound", host=provider.host)

    def _unbound(self) -> None:
        self._bound.clear()
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(ConnectionError("the line broke"))
                answer.exception()
        self._answers.clear()

    async def _ask(self, command: Command, body: bytes = b"") -> Pdu:
        """The answer. OSError, TimeoutError."""
        if self._writer is None:
            raise ConnectionError("there is no line")
        sequence = next(self._sequence)
        answer: asyncio.Future[Pdu] = asyncio.get_running_loop().create_future()
        self._answers[sequence] = answer
        try:
            self._writer.write(pdu.written(command, sequence, body))
            async with asyncio.timeout(self._pace.answers):
                return await answer
        finally:
            self._answers.pop(sequence, None)

    async def _read(self, reader: asyncio.StreamReader) -> None:
        while True:
            header = await reader.readexactly(pdu.HEADER.size)
            found = pdu.read(header, await reader.readexactly(pdu.body_length(header)))
            if found.is_answer:
                waiting = self._answers.get(found.sequence)
                if waiting is not None and not waiting.done():
                    waiting.set_result(found)
            elif found.command == Command.UNBIND:
                self._answer(found, pdu.OK)
                return
            elif found.command == Command.DELIVER_SM:
                task = asyncio.create_task(self._delivered(found))
                self._telling.add(task)
                task.add_done_callback(self._telling.discard)
            else:
                self._answer(found, pdu.OK if found.command == Command.ENQUIRE_LINK else pdu.UNKNOWN_COMMAND)

    def _answer(self, request: Pdu, status: int) -> None:
        if self._writer is None or self._writer.is_closing():
            return
        known = request.command in set(Command)
        body = b"\0" if request.command == Command.DELIVER_SM else b""
        command = request.command | pdu.ANSWER if known else Command.GENERIC_NACK
        self._writer.write(pdu.written(command, request.sequence, body, status))

    async def _delivered(self, request: Pdu) -> None:
        """Answered when it is kept: what is not is told again."""
        try:
            found = pdu.delivered(request)
            told = _report(pdu.receipt(found)) if found.is_receipt else _text(found)
        except Malformed as error:
            log.warning("smpp_delivery_not_understood", host=self._provider.host, error=str(error))
            self._answer(request, pdu.NOT_TAKEN)
            return
        try:
            if told is not None:
                await self._told(told)
        except Exception:
            log.exception("smpp_delivery_not_kept", host=self._provider.host)
            self._answer(request, pdu.TEMPORARILY_NOT_TAKEN)
            return
        self._answer(request, pdu.OK)

    # ------------------------------------------------------------------ messages

    async def send(self, sms: Sms) -> Accepted:
        pieces = parts(sms.text, next(self._reference))
        if len(pieces) > MOST_PARTS:
            raise NotSent(Why.MESSAGE_REFUSED, f"{len(pieces)} parts are more than {MOST_PARTS}")
        try:
            async with asyncio.timeout(self._pace.waits):
                await self._bound.wait()
        except TimeoutError:
            raise NotSent(self._refusal.why, self._refusal.detail) from None
        async with self._window:
            ids = [await self._submitted(sms, piece, last=piece is pieces[-1]) for piece in pieces]
        # A receipt is asked for the last part: the provider's name of the whole is that of this one.
        return Accepted(ids[-1], len(pieces))

    async def _submitted(self, sms: Sms, piece: ShortMessage, *, last: bool) -> str:
        body = pdu.submit(sms.sender, sms.receiver, piece, receipt=last)
        if not self._bound.is_set():
            raise NotSent(Why.NOT_REACHED, "the line broke")
        try:
            answer = await self._ask(Command.SUBMIT_SM, body)
        except (OSError, TimeoutError) as error:
            raise NotSent(Why.NO_ANSWER, str(error) or "no answer in time") from error
        if answer.status != pdu.OK:
            why = _WHY.get(answer.status, Why.MESSAGE_REFUSED)
            raise NotSent(why, f"submit: status {answer.status:#010x}")
        return pdu.message_id(answer)

    async def sent_since(self, sms: Sms, since: Instant) -> tuple[Accepted, ...]:
        """A provider can be asked about a message by its id alone, and that was in the answer that is missing."""
        return ()


def _report(receipt: pdu.Receipt) -> Report | None:
    """None: it is not the end yet."""
    if receipt.delivered is None:
        return None
    state = ReportState.DELIVERED if receipt.delivered else ReportState.FAILED
    return Report(receipt.id, state, "" if receipt.delivered else receipt.said)


def _text(found: pdu.Delivered) -> IncomingSms:
    """A `deliver_sm` has no name. Of a long text each part is one."""
    return IncomingSms("", found.sender, found.receiver, found.written)
