"""What can go wrong with visitors."""

from svarhus.kit.errors import NotFound, NotSignedIn, TooMany


class NotOpen(NotFound):
    """Nobody can call from a page here."""

    id = "call-us-not-open"
    title = "There is no page to call from"


class TooManyVisitors(TooMany):
    """`seconds`: when it is worth to try again."""

    id = "too-many-visitors"
    title = "Too many visitors just now"

    def __init__(self, seconds: int) -> None:
        minutes = max(1, round(seconds / 60))
        super().__init__("Too many are calling from this page just now.", f"Try again in about {minutes} min.")
        self.seconds = seconds


class VisitOver(NotSignedIn):
    id = "visit-over"
    title = "The visit is over"
