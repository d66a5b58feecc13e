"""A real SMPP 3.4 server of the tests' own: it reads what comes byte by byte, without our own codec."""

import asyncio
import struct
from contextlib import suppress
from dataclasses import dataclass, field

USER, PASSWORD = "clinic", "secret"

_GSM = {0x00: "@", 0x02: "$", 0x05: "é", 0x0F: "å", 0x0E: "Å", 0x7B: "ä", 0x7C: "ö", 0x5B: "Ä", 0x5C: "Ö", 0x0A: "\n"}
_GSM_ESCAPED = {0x65: "€", 0x3C: "[", 0x3E: "]", 0x28: "{", 0x29: "}", 0x40: "|", 0x14: "^", 0x3D: "~", 0x2F: "\\"}


@dataclass(frozen=True)
class Submitted:
    """A `submit_sm` that was taken."""

    id: str
    sender: str
    sender_ton: int
    receiver: str
    receiver_ton: int
    esm_class: int
    receipt: int
    coding: int
    header: bytes
    text: str


@dataclass
class Smsc:
    """The server. It can be closed and opened again on its port."""

    port: int
    taken: list[Submitted] = field(default_factory=list)
    answers: list[int | str] = field(default_factory=list)
    """To the next messages, one after the other: a status; or `cut`, taken and then no answer."""
    binds: int = 0
    asked: int = 0
    """How often it was asked whether it lives."""
    receipts: list[int] = field(default_factory=list)
    """How its receipts were answered."""
    _server: asyncio.Server | None = None
    _writers: list[asyncio.StreamWriter] = field(default_factory=list)
    _sequence: int = 0

    @property
    def texts(self) -> list[str]:
        """What a phone would show: parts put together."""
        shown: dict[tuple[str, int], dict[int, str]] = {}
        whole = []
        for each in self.taken:
            if not each.header:
                whole.append(each.text)
                continue
            reference, total, number = each.header[3:6]
            parts = shown.setdefault((each.receiver, reference), {})
            parts[number] = each.text
            if len(parts) == total:
                whole.append("".join(parts[place] for place in sorted(parts)))
                del shown[each.receiver, reference]
        return whole

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
            for writer in self._writers:
                writer.transport.abort()
            await self._server.wait_closed()
            self._server = None
            self._writers.clear()

    def report(self, id: str, stat: str, *, options: bool = False) -> None:
        """Tell what became of a message, on the line that was bound last."""
        words = f"id:{id} sub:001 dlvrd:001 submit date:2611230900 done date:2611230901 stat:{stat} err:000 text:Hej"
        more = b""
        if options:
            words = "delivery receipt"
            state = {"DELIVRD": 2, "UNDELIV": 5, "ENROUTE": 1}[stat]
            more = struct.pack(">HH", 0x001E, len(id) + 1) + id.encode() + b"\0" + struct.pack(">HHB", 0x0427, 1, state)
        self._deliver(0x04, words.encode(), more)

    def text_in(self, words: str) -> None:
        """Somebody answers."""
        self._deliver(0x00, words.encode(), b"")

    def _deliver(self, esm_class: int, words: bytes, more: bytes) -> None:
        head = b"\0" + b"\x01\x01" + b"46701740605\0" + b"\x05\x00" + b"Clinic\0" + bytes([esm_class, 0, 0])
        body = head + b"\0\0" + bytes([0, 0, 0, 0, len(words)]) + words + more
        self._sequence += 1
        self._writers[-1].write(_pdu(0x05, self._sequence, body))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.append(writer)
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                length, command, status, sequence = struct.unpack(">IIII", await reader.readexactly(16))
                body = await reader.readexactly(length - 16)
                if not self._answered(writer, command, status, sequence, body):
                    break
        writer.close()

    def _answered(self, writer: asyncio.StreamWriter, command: int, status: int, sequence: int, body: bytes) -> bool:
        match command:
            case 0x09:
                self.binds += 1
                system_id, password, *_ = body.split(b"\0")
                right = (system_id.decode(), password.decode()) == (USER, PASSWORD)
                writer.write(_pdu(command | 1 << 31, sequence, b"smsc\0", 0 if right else 0x0E))
            case 0x04:
                return self._submitted(writer, sequence, body)
            case 0x15:
                self.asked += 1
                writer.write(_pdu(command | 1 << 31, sequence))
            case 0x06:
                writer.write(_pdu(command | 1 << 31, sequence))
                return False
            case 0x80000005:
                self.receipts.append(status)
        return True

    def _submitted(self, writer: asyncio.StreamWriter, sequence: int, body: bytes) -> bool:
        answer = self.answers.pop(0) if self.answers else 0
        if answer not in (0, "cut"):
            writer.write(_pdu(0x80000004, sequence, b"", int(answer)))
            return True
        submitted = _read(f"{len(self.taken) + 1:08x}", body)
        self.taken.append(submitted)
        if answer == "cut":
            writer.transport.abort()
            return False
        writer.write(_pdu(0x80000004, sequence, submitted.id.encode() + b"\0"))
        return True


def _pdu(command: int, sequence: int, body: bytes = b"", status: int = 0) -> bytes:
    return struct.pack(">IIII", 16 + len(body), command, status, sequence) + body


def _read(id: str, body: bytes) -> Submitted:
    _, rest = body.split(b"\0", 1)
    sender_ton, rest = rest[0], rest[2:]
    sender, rest = rest.split(b"\0", 1)
    receiver_ton, rest = rest[0], rest[2:]
    receiver, rest = rest.split(b"\0", 1)
    esm_class, rest = rest[0], rest[3:]
    _, _, rest = rest.split(b"\0", 2)
    receipt, _, coding, _, length = rest[:5]
    message = rest[5:]
    assert len(message) == length
    header = message[: message[0] + 1] if esm_class & 0x40 else b""
    text = message[len(header) :]
    shown = text.decode("utf-16-be") if coding == 8 else _septets(text)
    return Submitted(
        id,
        sender.decode(),
        sender_ton,
        receiver.decode(),
        receiver_ton,
        esm_class,
        receipt,
        coding,
        header,
        shown,
    )


def _septets(text: bytes) -> str:
    shown, escaped = "", False
    for code in text:
        if code == 0x1B:
            escaped = True
            continue
        shown += (_GSM_ESCAPED if escaped else _GSM).get(code, chr(code))
        escaped = False
    return shown
