"""What a caller meets, line by line, as a person can read it."""

from collections.abc import Iterable, Iterator

from svarhus.domains.audio.wording import words
from svarhus.domains.callbacks.state import Booked, BookingKind
from svarhus.domains.calls.facts import (
    CallBegan,
    CallClosed,
    CallerListed,
    CallRefused,
    CategoryGiven,
    ElementEntered,
    Joined,
    KeyPressed,
    LanguageChosen,
    PromptStarted,
    RecordingBegan,
    RecordingNotice,
    RecordingSilenced,
    VoicemailLeft,
)
from svarhus.domains.calls.recording import OfCall
from svarhus.domains.queues.state import OfferMade, QueueEntered, QueueLeft
from svarhus.exchange.core.facts import Fact
from svarhus.exchange.core.rules import Rules
from svarhus.kit.clock import to_local
from svarhus.kit.ids import CategoryKey
from svarhus.ports.speech import MessagePhrase, Phrase


def text_of(phrase: Phrase, rules: Rules) -> str:
    """As it is said; a recording by its manuscript."""
    if not isinstance(phrase, MessagePhrase):
        return " ".join(fragment.text for fragment in words(phrase) if fragment.text)
    message = rules.messages.get(phrase.message)
    manuscripts = message.manuscripts if message else {}
    return manuscripts.get(phrase.language) or next(iter(manuscripts.values()), f"[{phrase.message}]")


def told(fact: Fact, rules: Rules) -> str | None:
    """A fact as a line; None for one that no caller notices."""
    match fact:
        case CallBegan(caller=caller, dialled=dialled):
            return f"{caller or 'somebody'} calls {dialled}"
        case CallRefused(reason=reason):
            return f"refused: {reason.replace('_', ' ')}"
        case ElementEntered(flow=flow, element=element, exit=exit):
            by = f" by `{exit}`" if exit else ""
            return f"goes{by} to `{element}` of the call flow `{flow}`"
        case PromptStarted(phrases=phrases):
            said = " ".join(text_of(phrase, rules) for phrase in phrases)
            return f"hears »{' '.join(said.split())}«"
        case KeyPressed(digit=digit):
            return f"presses {digit}"
        case LanguageChosen(language=language):
            return f"is spoken with in the language `{language}`"
        case CallerListed(caller_list=key):
            return f"is on the list {_list(rules, key)}"
        case CategoryGiven(category=key):
            return f"is about {_category(rules, key)}"
        case QueueEntered(queue=queue, position=position):
            return f"waits in {_queue(rules, queue)}, place {position}"
        case QueueLeft(queue=queue, outcome=outcome):
            return f"leaves {_queue(rules, queue)}: {outcome.replace('_', ' ')}"
        case OfferMade(person=person):
            return f"the phone of {rules.people[person].name} rings"
        case Booked(number=number, kind=BookingKind.UNTIMED):
            return f"a callback to {number} is promised, as soon as it can be"
        case Booked(number=number, at=at):
            return f"a callback to {number} is promised for {to_local(at, rules.zone):%Y-%m-%d %H:%M}"
        case RecordingBegan() if isinstance(fact.whose, OfCall):
            return "is recorded from here on"
        case RecordingBegan():
            return "speaks a message"
        case RecordingNotice():
            return "is told that the call may be recorded"
        case RecordingSilenced(on=on):
            return "is not recorded for a while" if on else "is recorded again"
        case VoicemailLeft(seconds=seconds):
            return f"has left a message of {seconds:.0f} s"
        case Joined():
            return "is in conversation"
        case CallClosed(record=record):
            return f"the call is over: {record.outcome.replace('_', ' ')}"
    return None


def lines(facts: Iterable[Fact], rules: Rules) -> Iterator[str]:
    return (line for fact in facts if (line := told(fact, rules)) is not None)


def _queue(rules: Rules, key: str) -> str:
    return next((queue.name for queue in rules.document.queues if queue.key == key), key)


def _list(rules: Rules, key: str) -> str:
    return rules.lists[key].name if key in rules.lists else key


def _category(rules: Rules, key: CategoryKey) -> str:
    return rules.categories[key].name if key in rules.categories else key
