"""What can stand in the way of logging in and out.

SvarhusError
├── NotFound   PersonNotFound
├── Invalid    NotAMember
└── Refused    NotAPerson
"""

from svarhus.kit.errors import Invalid, NotFound, Refused


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


class NotAPerson(Refused):
    id = "not-a-person"
    title = "Only people can do this"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Sign in as a person, or name one where that is possible.")
