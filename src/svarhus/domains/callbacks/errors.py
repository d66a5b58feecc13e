"""What can stand in the way of a callback.

SvarhusError
├── NotFound     BookingNotFound
├── Conflict     NoSlot, HasPlace, CannotStart, CannotMark, AgentBusy, PhoneNotReachable
└── Invalid      NoCallbacks, NoCategory, NotCallable
"""

from collections.abc import Sequence

from svarhus.kit.errors import Conflict, Fault, Invalid, NotFound


class BookingNotFound(NotFound):
    id = "booking-not-found"
    title = "No such booking"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "It may have been cancelled or carried out meanwhile. Read the list anew.")


class NoSlot(Conflict):
    id = "no-place"
    title = "That time is not free"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Choose another time, or add places to the work schedule.")


class HasPlace(Conflict):
    id = "has-place"
    title = "There is a place for it"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Nothing needs to be done: it was settled meanwhile. Read the list anew.")


class CannotStart(Conflict):
    id = "callback-in-progress"
    title = "Somebody is at it already"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Wait until the attempt is over, and mark it as answered or unanswered.")


class CannotMark(Conflict):
    id = "nothing-to-mark"
    title = "There is nothing to mark"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "An attempt is marked once, after the call. Start the callback first.")


class AgentBusy(Conflict):
    id = "agent-busy"
    title = "You are in a call"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "End that call first.")


class PhoneNotReachable(Conflict):
    id = "phone-not-reachable"
    title = "Your phone cannot be rung"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Check that the phone is on and registered, or answer at another number.")


class NoCallbacks(Invalid):
    id = "no-callbacks"
    title = "The queue takes no callbacks"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Give the queue callback settings with a work schedule.")


class NoCategory(Invalid):
    id = "no-category"
    title = "There is no such category"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Choose one of the organisation's categories, or none.")


class NotCallable(Invalid):
    id = "number-not-callable"
    title = "The number cannot be called"

    def __init__(self, detail: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(detail, "Check the number, the allowed countries, the limits and the outgoing trunk.", faults)
