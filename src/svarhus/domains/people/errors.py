"""What can go wrong when people sign in."""

from svarhus.kit.errors import Invalid, NotFound, NotSignedIn, Refused, TooMany


class WrongSignIn(NotSignedIn):
    id = "wrong-sign-in"
    title = "Wrong e-mail address or password"


class TooManyAttempts(TooMany):
    """Signing in failed too often. `seconds` says when the next attempt is let through."""

    id = "too-many-attempts"

    def __init__(self, seconds: int) -> None:
        super().__init__(
            f"Signing in has failed too often. The next attempt is possible in {seconds} seconds.",
            "Wait, or ask an administrator for a new password.",
        )
        self.seconds = seconds


class WrongPassword(Refused):
    id = "wrong-password"
    title = "The present password is wrong"


class WeakPassword(Invalid):
    id = "weak-password"
    title = "The password is too easy to guess"


class NoPerson(NotFound):
    id = "no-such-person"
    title = "There is no such person"


class NoToken(NotFound):
    id = "no-such-token"
    title = "There is no such token"
