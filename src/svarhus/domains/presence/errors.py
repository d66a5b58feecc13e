"""What can stand in the way of logging in and out, and of choosing a phone.

SvarhusError
├── NotFound   PersonNotFound
├── Invalid    NotAMember, NoSuchDevice, AbsenceOver, NoSuchPause
├── Refused    OthersLogIn, NoExtension
└── Conflict   SessionTakenOver, NotInAfterCallWork, NotLoggedIn
"""

from svarhus.kit.errors import Conflict, Invalid, NotFound, Refused


class PersonNotFound(NotFound):
    id = "person-not-found"
    title = "No such person"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Choose somebody from the list of people.")


class NotAMember(Invalid):
    id = "not-a-member"
    title = "Not a member of the queue"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "An administrator adds members in the queue's settings.")


class NoSuchDevice(Invalid):
    id = "no-such-device"
    title = "You have no such phone"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Choose another one. An administrator gives people extensions and numbers.")


class AbsenceOver(Invalid):
    id = "absence-over"
    title = "The absence would be over already"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Choose a later time, or none.")


class SessionTakenOver(Conflict):
    id = "session-taken-over"
    title = "Another page is your phone now"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Go on in the other window, or take the phone back in this one.")


class NotInAfterCallWork(Conflict):
    id = "not-in-after-call-work"
    title = "The after-call work is over"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "What is written is kept. Log out of the queues to be rung no more.")


class NotLoggedIn(Conflict):
    id = "not-logged-in"
    title = "Not logged in to any queue"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Only who is logged in can pause. Log in first; who is logged out is not rung anyway.")


class NoSuchPause(Invalid):
    id = "no-such-pause"
    title = "There is no such pause"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Choose a reason from the list, and an end that is still to come, or none.")


class OthersLogIn(Refused):
    id = "others-log-in"
    title = "Members of this queue do not log in and out themselves"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Ask somebody who leads to do it for you.")


class NoExtension(Refused):
    id = "no-extension"
    title = "After-call work in this queue cannot be made longer"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "What is written is kept. Pause, when you need more time.")
