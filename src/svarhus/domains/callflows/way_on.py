"""What becomes of a caller who is not let into a queue, where the call flow says nothing of it."""

from collections.abc import Iterable

from svarhus.domains.callflows.elements.hang_up import engaged
from svarhus.domains.callflows.elements.transfer import TransferElement, TransferSettings
from svarhus.domains.callflows.elements.voicemail import VoicemailElement, VoicemailSettings
from svarhus.domains.callflows.steps import Action, End, Entered, Event, Leave, Remember, SaidAll, Say, View
from svarhus.domains.queues.entry import WayOn
from svarhus.domains.queues.model import Queue
from svarhus.ports.speech import TemplatePhrase

_MARK = "way_on"
"""In the memory of the element: the caller is on the way on."""


def begin(queue: Queue, view: View) -> Iterable[Action]:
    """Take the way that the queue says."""
    yield Remember({_MARK: queue.entry.way_on.value})
    yield from step(queue, Entered(), view)


def is_taken(view: View) -> bool:
    """The caller is on the way: what happens is for `step`."""
    return _MARK in view.memory


def step(queue: Queue, event: Event, view: View) -> Iterable[Action]:
    """The actions for an event on the way. The call ends with it."""
    match WayOn(str(view.memory[_MARK])):
        case WayOn.VOICEMAIL:
            yield from _to_the_end(VoicemailElement().step(VoicemailSettings(queue=queue.key), event, view), view)
        case WayOn.NUMBER if queue.entry.number:
            connect = TransferSettings(number=queue.entry.number)
            yield from _to_the_end(TransferElement().step(connect, event, view), view)
        case WayOn.BUSY:
            yield from engaged(event, view)
        case _:
            yield from _sorry(event, view)


def _sorry(event: Event, view: View) -> Iterable[Action]:
    if isinstance(event, Entered):
        yield Say((TemplatePhrase("queue.not_let_in", view.language),))
    elif isinstance(event, SaidAll):
        yield End()


def _to_the_end(actions: Iterable[Action], view: View) -> Iterable[Action]:
    """Another element's actions: what it remembers stands beside our mark, and by its exit the call ends."""
    for action in actions:
        match action:
            case Remember(memory):
                yield Remember({_MARK: view.memory[_MARK], **memory})
            case Leave():
                yield End()
            case _:
                yield action
