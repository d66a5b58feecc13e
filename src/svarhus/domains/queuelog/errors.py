"""What can go wrong in the queue log.

SvarhusError
└── NotFound   NotUnanswered
"""

from svarhus.kit.errors import NotFound


class NotUnanswered(NotFound):
    id = "not-unanswered"
    title = "No such unanswered call"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Read the queue log anew.")
