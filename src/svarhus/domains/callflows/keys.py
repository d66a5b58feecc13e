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
