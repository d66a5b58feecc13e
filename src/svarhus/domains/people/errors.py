"""What can go wrong when people sign in, and with what is theirs."""

from svarhus.kit.errors import Conflict, Invalid, NotFound, NotSignedIn, Refused, SvarhusError, TooMany, Unavailable


class WrongSignIn(NotSignedIn):
    id = "wrong-sign-in"
    title = "Wrong e-mail address or password"


class WrongCode(NotSignedIn):
    """The code of the second factor does not fit, or was used before."""

    id = "wrong-code"
    title = "Wrong code"

    def __init__(self) -> None:
        super().__init__(
            "The code is wrong, or has been used.", "Wait for the app's next code, or use a recovery code."
        )


class Unreadable(Unavailable):
    """The key that it was sealed with is another one, as after a backup was restored without its secrets."""

    id = "second-factor-unreadable"
    title = "The second factor cannot be checked"

    def __init__(self, detail: str) -> None:
        super().__init__(
            detail, "Use a recovery code, or ask an administrator to restore secrets.toml or reset the second factor."
        )


class SignInExpired(NotSignedIn):
    """The second step came too late."""

    id = "sign-in-expired"
    title = "Signing in took too long"

    def __init__(self) -> None:
        super().__init__("The sign-in that was begun holds no longer.", "Begin again with your password.")


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


class WeakPin(Invalid):
    id = "weak-pin"
    title = "The PIN is too easy to guess"


class WrongConfirmation(Invalid):
    """The code with which a second factor was to be confirmed."""

    id = "wrong-confirmation"
    title = "The code is not the app's present one"


class NoSecondFactor(Conflict):
    id = "no-second-factor"
    title = "There is no second factor"


class SecondFactorOn(Conflict):
    id = "second-factor-on"
    title = "The second factor is on already"


class SecondFactorRequired(Conflict):
    id = "second-factor-required"
    title = "The organisation demands a second factor"


class SecondFactorNeeded(Conflict):
    """Who demands it of all must have one."""

    id = "second-factor-needed"
    title = "You have no second factor yourself"


class NoInvitation(NotFound):
    """Unknown, used or expired: which of them is not told."""

    id = "no-such-invitation"
    title = "The link holds no longer"


class NotAPerson(Refused):
    id = "not-a-person"
    title = "Only people can do this"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Sign in as a person, or name one where that is possible.")


class NoPerson(NotFound):
    id = "no-such-person"
    title = "There is no such person"


class NoToken(NotFound):
    id = "no-such-token"
    title = "There is no such token"


class NoSession(NotFound):
    id = "no-such-session"
    title = "There is no such session"


class NoPhoto(NotFound):
    id = "no-photo"
    title = "There is no photo"


class NoPicture(Invalid):
    """What was sent is no picture of a kind that we take."""

    id = "not-a-picture"
    title = "The file is not a picture that can be used"


class PictureTooLarge(SvarhusError):
    id = "picture-too-large"
    status = 413
    title = "The picture is too large"
