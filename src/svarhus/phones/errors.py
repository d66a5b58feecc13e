"""What can go wrong for a test phone.

PhoneError      the other side did not do what the phone asked for
├── Refused     it said no, with a SIP status
└── Failed      an expectation did not come true: the product is to blame, not the phone
"""


class PhoneError(AssertionError):
    """The other side did not do what the phone asked for."""


class Refused(PhoneError):
    """The other side answered with a status of 300 or more."""

    def __init__(self, what: str, status: int, reason: str) -> None:
        super().__init__(f"{what}: {status} {reason}")
        self.status, self.reason = status, reason


class Failed(PhoneError):
    """An expectation that did not come true."""
