"""From when on keys answer what is said."""

from enum import StrEnum


class TakesKeys(StrEnum):
    ANSWER = "answer"
    """Once it has been heard: something comes of the answer."""
    CHOICE = "choice"
    """At once, so that whoever knows the choices need not hear them; but the same key again once it has been heard."""
    NUMBER = "number"
    """At once: a number is keyed, in which equal digits follow each other as fast as a phone dials them."""
    HIDDEN = "hidden"
    """At once, and nobody is told which: a secret is keyed, and collected outside of all that is kept, until #."""
    HIDDEN_NUMBER = "hidden_number"
    """In the same way, whose secret it will be: what is told is whom the number means."""
    HIDDEN_CHOICE = "hidden_choice"
    """As a choice, of which nothing is kept but what comes of it: somebody may key a secret here by mistake."""

    @property
    def hides(self) -> bool:
        return self in (TakesKeys.HIDDEN, TakesKeys.HIDDEN_NUMBER, TakesKeys.HIDDEN_CHOICE)
