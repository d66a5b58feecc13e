"""Which number is called, and what follows.

A number that is keyed proves nothing of who keys it: whether a callback is booked for it is heard and changed by those
alone who call from it. What others hear is the same either way, now and when they call again.
"""

from collections.abc import Iterable

from svarhus.domains.callflows import number_taking
from svarhus.domains.callflows.callback import message, offering
from svarhus.domains.callflows.callback.settings import CallbackElementSettings, Ending
from svarhus.domains.callflows.callback.words import last, own, spoken
from svarhus.domains.callflows.number_taking import NotTaken, Taking
from svarhus.domains.callflows.steps import Action, BeQuiet, View


def take(settings: CallbackElementSettings, view: View) -> Iterable[Action]:
    """The time is accepted: whom do we call?"""
    memory = {"at": str(view.memory["at"])}
    taking = number_taking.begin(view, memory, confirm=settings.confirm_number, keyed=settings.key_number)
    yield from _when_taken(settings, view, taking)


def pressed(settings: CallbackElementSettings, view: View, digit: str) -> Iterable[Action]:
    yield from _when_taken(settings, view, number_taking.pressed(view, digit, own(view, settings.wrong_number)))


def silence(settings: CallbackElementSettings, view: View) -> Iterable[Action]:
    yield from _when_taken(settings, view, number_taking.silence(view, own(view, settings.wrong_number)))


def _when_taken(settings: CallbackElementSettings, view: View, taking: Taking) -> Iterable[Action]:
    """Nobody agrees to anything by saying nothing, and everybody is told what came of it."""
    number = yield from taking
    match number:
        case None:
            pass
        case NotTaken.NO_NUMBER:
            yield BeQuiet()
            yield from message.leave(settings, view, Ending.NO_NUMBER)
        case NotTaken.NOT_CONFIRMED:
            yield from last(Ending.DECLINED, spoken(view, "callback.declined"))
        case _:
            yield from offering.book(settings, view, number)
