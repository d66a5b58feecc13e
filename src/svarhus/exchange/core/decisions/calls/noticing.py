"""Telling somebody that the call may be recorded, before it can be."""

from svarhus.domains.calls.facts import RecordingNotice
from svarhus.domains.queues.model import Queue
from svarhus.exchange.core.decisions.calls import legs
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import CallId, LegId, QueueKey
from svarhus.ports.speech import MessagePhrase, Phrase, TemplatePhrase


def needed(turn: Turn, call: CallId, queue: Queue) -> bool:
    """Whether the queue wants it told in this call, and it has not been."""
    return queue.recording.tells(call) and not turn.state.calls[call].recorded.told


def tell(turn: Turn, call: CallId, leg: LegId, queue: Queue, priority: int = 0, first: tuple[Phrase, ...] = ()) -> None:
    """In the queue's words, or the shipped ones, after what is to be said first. What follows waits for that."""
    own, language = queue.recording.message, turn.state.calls[call].language
    notice = MessagePhrase(own, language) if own else TemplatePhrase("recording.notice", language)
    turn.record(RecordingNotice(call=call, queue=QueueKey(queue.key), priority=priority))
    legs.say(turn, leg, (*first, notice))
