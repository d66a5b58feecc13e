"""What can come of handing a message over to somebody who brings it on."""

from enum import StrEnum


class Why(StrEnum):
    """Why a message was not taken; the words for people are the console's."""

    NOT_REACHED = "not_reached"
    """The provider cannot be reached."""
    NO_ANSWER = "no_answer"
    """It was reached, and did not say whether it took the message."""
    SIGN_IN_REFUSED = "sign_in_refused"
    """It does not know us by what the settings say."""
    NOT_NOW = "not_now"
    """It has a fault of its own, or wants less at a time."""
    NO_CREDIT = "no_credit"
    RECEIVER_REFUSED = "receiver_refused"
    """There is no such receiver, or none that it brings messages to."""
    MESSAGE_REFUSED = "message_refused"
    """Something else in the message is not to its liking."""


LASTING = frozenset({Why.RECEIVER_REFUSED, Why.MESSAGE_REFUSED})
"""It would be refused again."""


class NotSent(Exception):
    """The message was not handed over, or it is not known whether it was (NO_ANSWER)."""

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(detail or why.value)
        self.why = why
        self.detail = detail
        """What the provider said, for whoever looks after the settings."""

    @property
    def lasting(self) -> bool:
        return self.why in LASTING
