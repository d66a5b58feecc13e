"""Members log in and out at any telephone: by extension and PIN."""

from collections.abc import Iterable

from svarhus.domains.callflows.keys import TakesKeys
from svarhus.domains.callflows.steps import (
    ActAs,
    Action,
    After,
    BeQuiet,
    CheckPin,
    Deed,
    Elapsed,
    ElementType,
    Entered,
    Event,
    Exits,
    Leave,
    MemberStands,
    NoLonger,
    PersonKeyed,
    PinChecked,
    Pressed,
    Remember,
    SaidAll,
    Say,
    SecretDeclined,
    SecretKeyed,
    SecretPressed,
    View,
)
from svarhus.domains.people.pins import PinAnswer
from svarhus.kit.document import DocumentPart
from svarhus.kit.ids import PersonKey
from svarhus.ports.speech import Phrase, TemplatePhrase

ATTEMPTS = 3
TO_KEY = 15.0
"""Seconds for the next key of a number or a PIN, and for the first one from when it has been asked for."""
TO_CHOOSE = 8.0
TO_CHECK = 20.0
"""Seconds after which a PIN that nobody has answered for is asked for again."""

_DEEDS = {"1": Deed.LOG_IN, "2": Deed.LOG_OUT, "3": Deed.PAUSE, "4": Deed.END_PAUSE}
_ANSWERS = {
    PinAnswer.WRONG: "member.wrong",
    PinAnswer.TOO_MANY: "member.too_many",
    PinAnswer.UNKNOWN: "member.unknown",
}
_STANDS = {
    MemberStands.LOGGED_IN: "agent.logged_in",
    MemberStands.LOGGED_OUT: "agent.logged_out",
    MemberStands.PAUSED: "agent.paused",
}


class MemberLoginSettings(DocumentPart):
    """It has none."""


class MemberLoginElement(ElementType[MemberLoginSettings]):
    """The dialogue: who → PIN → how it stands → what is to be done, as often as one likes.

    The step is in the memory: `who`, `pin`, `check`, `told`, `choose`, `last`. Who calls from an own number is not
    asked for it, but for the PIN all the same, also after a wrong one: anybody can show any number. With * in place of
    the PIN one is somebody else (`other`). A number that nobody has is asked for its PIN as well, and hears the same
    then as somebody who has mistyped it.

    No key that is pressed here is kept, whatever is asked for: who is in a hurry keys the PIN at any of the steps.
    """

    type = "member_login"
    title = "Log in and out by phone"
    description = (
        "Asks for the extension or number, unless a member calls from an own phone, and for the PIN; says how it "
        "stands, and lets the member log in and out and pause by key. Exit: `next`, when the member is done or gives "
        "up."
    )
    Settings = MemberLoginSettings

    def exits(self, settings: MemberLoginSettings) -> Exits:
        return Exits(frozenset({"next"}))

    def step(self, settings: MemberLoginSettings, event: Event, view: View) -> Iterable[Action]:
        match event, view.memory.get("step"):
            case Entered(), _:
                yield from _ask_pin(view, view.calling) if view.calling else _ask_who(view)
            case SaidAll(), "last":
                yield Leave("next")
            case SaidAll(), "told":
                yield from _choices(view)
            case SaidAll(), "choose":
                yield After("silence", TO_CHOOSE)
            case SaidAll(), "who" | "pin":
                yield After("silence", TO_KEY)
            case Pressed(), "who":
                yield from _ask_who(view, _attempt(view))
            case PersonKeyed(person), "who":
                yield from _ask_pin(view, person, _attempt(view))
            case Pressed(digit), "choose" | "told":
                yield from _chosen(view, digit)
            case SecretPressed(), "who" | "pin":
                yield BeQuiet()
                yield After("silence", TO_KEY)
            case SecretKeyed(), "pin":
                yield from _check(view)
            case SecretDeclined(), "pin":
                yield from _somebody_else(view)
            case PinChecked(answer), "check":
                yield NoLonger("silence")
                yield from _checked(view, answer)
            case Elapsed("silence"), "check":
                yield from _again(view, "member.unknown", _person(view))
            case Elapsed("silence"), "choose":
                yield from _last(view, ())
            case Elapsed("silence"), step:
                yield from _again(view, "menu.no_input", _person(view), asks_who=step == "who")


def _ask_who(view: View, attempt: int = 1, *first: Phrase) -> Iterable[Action]:
    yield NoLonger("silence")
    yield Remember(_asking(view, "who", attempt))
    yield Say((*first, _spoken(view, "member.who")), takes_keys=TakesKeys.HIDDEN_NUMBER)


def _ask_pin(view: View, person: PersonKey | None, attempt: int = 1, *first: Phrase) -> Iterable[Action]:
    """Who is asked once more hears how to say who one is: the phone may be a colleague's."""
    asked = (_spoken(view, "member.pin"), *((_spoken(view, "member.other"),) if first else ()))
    yield NoLonger("silence")
    yield Remember({**_asking(view, "pin", attempt), "person": person or ""})
    yield Say((*first, *asked), takes_keys=TakesKeys.HIDDEN)


def _asking(view: View, step: str, attempt: int) -> dict[str, str | int]:
    return {"step": step, "attempt": attempt, "other": view.memory.get("other", 0)}


def _somebody_else(view: View) -> Iterable[Action]:
    yield BeQuiet()
    yield Remember({**view.memory, "other": 1})
    yield from _ask_who(view, _attempt(view))


def _check(view: View) -> Iterable[Action]:
    yield Remember({**view.memory, "step": "check"})
    yield After("silence", TO_CHECK)
    yield CheckPin(_person(view))


def _checked(view: View, answer: PinAnswer) -> Iterable[Action]:
    person = _person(view)
    if answer is not PinAnswer.RIGHT or person is None:
        asks_who = view.calling is None or bool(view.memory.get("other"))
        yield from _again(view, _ANSWERS.get(answer, "member.wrong"), view.calling, asks_who)
        return
    language, stands = view.language_of(person), view.stands(person)
    if stands is MemberStands.NO_MEMBER:
        yield from _last(view, (TemplatePhrase("member.no_queue", language),))
        return
    yield Remember({"step": "told", "person": person, "language": language})
    yield Say((TemplatePhrase(_STANDS[stands], language),), takes_keys=TakesKeys.HIDDEN_CHOICE)


def _again(view: View, why: str, person: PersonKey | None, asks_who: bool = False) -> Iterable[Action]:
    """As long as there are attempts left."""
    if why == "member.too_many" or _attempt(view) >= ATTEMPTS:
        yield from _last(view, (_spoken(view, why),))
    elif asks_who:
        yield from _ask_who(view, _attempt(view) + 1, _spoken(view, why))
    else:
        yield from _ask_pin(view, person, _attempt(view) + 1, _spoken(view, why))


def _choices(view: View) -> Iterable[Action]:
    yield Remember({**view.memory, "step": "choose"})
    yield Say((_spoken(view, "member.choices"),), takes_keys=TakesKeys.HIDDEN_CHOICE)


def _chosen(view: View, digit: str) -> Iterable[Action]:
    person = _person(view)
    yield NoLonger("silence")
    yield BeQuiet()
    if digit == "#" or person is None:
        yield from _last(view, ())
    elif digit in _DEEDS:
        yield Remember({**view.memory, "step": "told"})
        yield ActAs(person, _DEEDS[digit])
    else:
        yield Remember({**view.memory, "step": "told"})
        yield Say((_spoken(view, "menu.invalid"),), takes_keys=TakesKeys.HIDDEN_CHOICE)


def _last(view: View, said: tuple[Phrase, ...]) -> Iterable[Action]:
    yield NoLonger("silence")
    yield Remember({**view.memory, "step": "last"})
    yield Say((*said, _spoken(view, "goodbye")), takes_keys=TakesKeys.HIDDEN_CHOICE)


def _person(view: View) -> PersonKey | None:
    key = str(view.memory.get("person", ""))
    return PersonKey(key) if key else None


def _attempt(view: View) -> int:
    return int(view.memory.get("attempt", 1))


def _spoken(view: View, template: str) -> TemplatePhrase:
    return TemplatePhrase(template, str(view.memory.get("language", view.language)))
