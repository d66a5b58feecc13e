"""What goes over the line. Sections are those of the specification."""

import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from svarhus.kit.short_messages import ShortMessage
from svarhus.kit.short_messages import read as read_text

HEADER = struct.Struct(">IIII")
LARGEST = 65_536
"""Octets of a PDU; one that says it is larger is none."""
VERSION = 0x34


class Command(IntEnum):
    """5.1.2.1. An answer has the highest bit set."""

    GENERIC_NACK = 0x80000000
    SUBMIT_SM = 0x00000004
    DELIVER_SM = 0x00000005
    UNBIND = 0x00000006
    BIND_TRANSCEIVER = 0x00000009
    ENQUIRE_LINK = 0x00000015


ANSWER = 0x80000000

OK = 0x00000000
TEMPORARILY_NOT_TAKEN = 0x00000064
"""ESME_RX_T_APPN: send it again later."""
NOT_TAKEN = 0x00000066
"""ESME_RX_R_APPN."""
UNKNOWN_COMMAND = 0x00000003

_UDH, _RECEIPT = 0x40, 0x04
"""`esm_class`, 5.2.12: with a user data header; a delivery receipt."""
_INTERNATIONAL, _ALPHANUMERIC, _ISDN = 0x01, 0x05, 0x01
"""Type of number, and numbering plan: 5.2.5, 5.2.6."""
_RECEIPTED_MESSAGE_ID, _MESSAGE_PAYLOAD, _MESSAGE_STATE = 0x001E, 0x0424, 0x0427
_DELIVERED_STATE, _ON_THE_WAY = 2, (1, 6)
"""5.2.28; 6 is accepted, which is not the end yet."""


@dataclass(frozen=True)
class Pdu:
    command: int
    status: int
    sequence: int
    body: bytes

    @property
    def is_answer(self) -> bool:
        return bool(self.command & ANSWER)


@dataclass(frozen=True)
class Delivered:
    """A `deliver_sm`, 4.6.1."""

    esm_class: int
    text: bytes
    options: Mapping[int, bytes]
    sender: str = ""
    receiver: str = ""
    coding: int = 0

    @property
    def is_receipt(self) -> bool:
        return bool(self.esm_class & _RECEIPT)

    @property
    def written(self) -> str:
        """What somebody has written, without the header that puts parts together. Malformed."""
        octets = self.text or self.options.get(_MESSAGE_PAYLOAD, b"")
        if self.esm_class & _UDH:
            if not octets or octets[0] >= len(octets):
                raise Malformed("a user data header that ends early")
            octets = octets[1 + octets[0] :]
        return read_text(self.coding, octets)


@dataclass(frozen=True)
class Receipt:
    """What became of a message."""

    id: str
    delivered: bool | None
    """None: that is not known yet."""
    said: str


class Malformed(Exception):
    """It is not SMPP, or not as the specification has it."""


def written(command: int, sequence: int, body: bytes = b"", status: int = OK) -> bytes:
    return HEADER.pack(HEADER.size + len(body), command, status, sequence) + body


def body_length(header: bytes) -> int:
    """Octets that follow a header. Malformed."""
    length = HEADER.unpack(header)[0]
    if not HEADER.size <= length <= LARGEST:
        raise Malformed(f"a PDU of {length} octets")
    return int(length - HEADER.size)


def read(header: bytes, body: bytes) -> Pdu:
    _, command, status, sequence = HEADER.unpack(header)
    return Pdu(command, status, sequence, body)


def bind(system_id: str, password: str, system_type: str) -> bytes:
    """4.1.5, body of a `bind_transceiver`."""
    return _text(system_id) + _text(password) + _text(system_type) + bytes([VERSION, 0, 0]) + _text("")


def submit(sender: str, receiver: str, part: ShortMessage, *, receipt: bool) -> bytes:
    """4.4.1, body of a `submit_sm`. `receiver`: E.164. `sender`: E.164, or letters and digits."""
    return b"".join(
        (
            _text(""),  # service_type: the provider's
            _address(sender),
            _address(receiver),
            bytes([_UDH if part.header else 0, 0, 0]),  # esm_class, protocol_id, priority_flag
            _text(""),  # schedule_delivery_time: at once
            _text(""),  # validity_period: the provider's
            bytes([1 if receipt else 0, 0, part.coding, 0]),  # registered_delivery, replace, coding, default message
            bytes([len(part.header) + len(part.text)]),
            part.header,
            part.text,
        )
    )


def message_id(answer: Pdu) -> str:
    """4.4.2, of a `submit_sm_resp`."""
    return answer.body.split(b"\0", 1)[0].decode("latin-1")


def delivered(request: Pdu) -> Delivered:
    """Malformed."""
    try:
        rest = _after_text(request.body)
        sender, rest = _found_address(rest)
        receiver, rest = _found_address(rest)
        esm_class, rest = rest[0], rest[3:]
        rest = _after_text(_after_text(rest))  # schedule, validity
        coding, length, rest = rest[2], rest[4], rest[5:]
        return Delivered(esm_class, rest[:length], _options(rest[length:]), sender, receiver, coding)
    except (IndexError, ValueError, struct.error) as error:
        raise Malformed("a deliver_sm that ends early") from error


def receipt(found: Delivered) -> Receipt:
    """By its options, 5.3.2, or by the words that providers write, appendix B. Malformed."""
    words = found.text.decode("latin-1")
    fields = {name.lower(): value for name, value in re.findall(r"(\w+):(\S*)", words)}
    option = found.options.get(_RECEIPTED_MESSAGE_ID, b"").rstrip(b"\0").decode("latin-1")
    id = option or fields.get("id", "")
    if not id:
        raise Malformed("a receipt without the id of its message")
    state = found.options.get(_MESSAGE_STATE)
    stat = fields.get("stat", "").upper()
    if state:
        arrived = None if state[0] in _ON_THE_WAY else state[0] == _DELIVERED_STATE
    else:
        arrived = None if stat in {"ENROUTE", "ACCEPTD", "BUFFERED", ""} else stat.startswith("DELIVRD")
    error = fields.get("err", "")
    return Receipt(id, arrived, " ".join(word for word in (stat, error and f"err {error}") if word))


def _found_address(rest: bytes) -> tuple[str, bytes]:
    """An address in front, and what comes after it."""
    kind, rest = rest[0], rest[2:]
    number = rest[: rest.index(b"\0")].decode("latin-1")
    return (f"+{number}" if kind == _INTERNATIONAL and not number.startswith("+") else number), _after_text(rest)


def _address(number: str) -> bytes:
    if number.startswith("+"):
        return bytes([_INTERNATIONAL, _ISDN]) + _text(number[1:])
    return bytes([_ALPHANUMERIC, 0]) + _text(number)


def _text(value: str) -> bytes:
    """C-octet string, 3.1."""
    return value.encode("latin-1", errors="replace").replace(b"\0", b"") + b"\0"


def _after_text(rest: bytes) -> bytes:
    return rest[rest.index(b"\0") + 1 :]


def _options(rest: bytes) -> dict[int, bytes]:
    found = {}
    while rest:
        tag, length = struct.unpack(">HH", rest[:4])
        found[int(tag)] = rest[4 : 4 + length]
        rest = rest[4 + length :]
    return found
