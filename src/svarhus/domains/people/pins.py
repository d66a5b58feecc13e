"""PINs, by which people show at any telephone who they are. Few digits, and so never a way in to anything else."""

from enum import StrEnum

from svarhus.domains.people.errors import WeakPin
from svarhus.kit.errors import Fault

LONGEST = 12
_ROW = "01234567890123456789"


class PinAnswer(StrEnum):
    """What came of a PIN that was keyed."""

    RIGHT = "right"
    WRONG = "wrong"
    """Or nobody has that number: nothing tells the two apart."""
    TOO_MANY = "too_many"
    """Too many wrong ones: it was not looked at."""
    UNKNOWN = "unknown"
    """It could not be looked at just now."""


def check_pin(pin: str, least: int, *own_numbers: str) -> None:
    """WeakPin when it is no row of `least` digits or more, or one of those that are tried first. `own_numbers`: which
    anybody can read."""
    if not (pin.isascii() and pin.isdecimal() and least <= len(pin) <= LONGEST):
        values = (str(least), str(LONGEST))
        raise _weak(Fault("pin", f"a PIN has {least} to {LONGEST} digits", reason="pin-length", values=values))
    if _is_trivial(pin) or any(pin in number for number in own_numbers):
        raise _weak(
            Fault(
                "pin",
                "the PIN is one of those that are tried first",
                "Take digits without an order, which are in none of your numbers.",
                reason="pin-simple",
            )
        )


def _is_trivial(pin: str) -> bool:
    """A few digits over and over, a row up or down, or a year."""
    in_a_row = pin in _ROW or pin in _ROW[::-1]
    again_and_again = any(pin == pin[:length] * (len(pin) // length) for length in (1, 2, 3) if len(pin) > length)
    is_year = len(pin) == 4 and pin[:2] in ("19", "20")
    return in_a_row or again_and_again or is_year or len(set(pin)) < 3


def _weak(fault: Fault) -> WeakPin:
    return WeakPin(f"{fault.message[0].upper()}{fault.message[1:]}.", fault.remedy, [fault])
