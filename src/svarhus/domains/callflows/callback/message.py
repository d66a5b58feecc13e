"""A spoken message as the last step of the dialogue. It is of the call's case, as the callback is."""

from collections.abc import Iterable

from svarhus.domains.callflows.callback.settings import MESSAGE, CallbackElementSettings, Ending
from svarhus.domains.callflows.callback.words import own, spoken
from svarhus.domains.callflows.steps import Action, Leave, LetGoOfSlot, Remember, Say, TakeMessage, View
from svarhus.kit.ids import QueueKey


def leave(settings: CallbackElementSettings, view: View, exit: str) -> Iterable[Action]:
    """Go on by the exit; or first take a message."""
    if exit not in settings.message_after:
        yield Leave(exit)
        return
    standard = "callback.say_more" if exit == Ending.BOOKED else "voicemail.leave"
    yield LetGoOfSlot()
    yield Remember({"step": "message", "exit": exit})
    yield Say(own(view, settings.greeting) or (spoken(view, standard),))


def take(settings: CallbackElementSettings, view: View) -> Iterable[Action]:
    yield Remember({**view.memory, "step": "recording"})
    yield TakeMessage(QueueKey(settings.queue), settings.longest_message)


def taken(view: View, seconds: float) -> Iterable[Action]:
    """Who said nothing goes on as without a message."""
    exit = MESSAGE if seconds > 0 and MESSAGE in view.exits else view.memory["exit"]
    yield Remember({"step": "thanks", "exit": exit})
    yield Say((spoken(view, "voicemail.thanks" if seconds > 0 else "voicemail.nothing"),))
