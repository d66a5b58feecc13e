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
    PinChecked,
    Pressed,
    Remember,
    SaidAll,
    Say,
    SecretBegun,
    SecretKeyed,
    View,
)
from svarhus.domains.people.pins import PinAnswer
from svarhus.kit.document import DocumentPart
from svarhus.kit.ids import PersonKey
from svarhus.ports.speech import Phrase, TemplatePhrase

ATTEMPTS = 3
TO_KEY = 15.0
"""Seconds for a number or a PIN, from when it has been asked for."""
TO_CHOOSE = 8.0
TO_CHECK = 20.0
"""Seconds after which a PIN that nobody has answered for is asked for again."""
LONGEST_NUMBER = 20

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
    asked for it, but for the PIN all the same: anybody can show any number. A number that nobody has is asked for its
    PIN as well, and hears the same then as somebody who has mistyped it.
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
                yield from _ask_pin(view, view.calling, "") if view.calling else _ask_who(view)
            case SaidAll(), "last":
                yield Leave("next")
            case SaidAll(), "told":
                yield from _choices(view)
            case SaidAll(), "choose":
                yield After("silence", TO_CHOOSE)
            case SaidAll(), "who" | "pin":
                yield After("silence", TO_KEY)
            case Pressed(digit), "who":
                yield from _keyed(view, digit)
            case Pressed(digit), "choose" | "told":
                yield from _chosen(view, digit)
            case SecretBegun(), "pin":
                yield BeQuiet()
                yield After("silence", TO_KEY)
            case SecretKeyed(), "pin":
                yield from _check(view)
            case PinChecked(answer), "check":
                yield NoLonger("silence")
                yield from _checked(view, answer)
            case Elapsed("silence"), "check":
                yield from _again(view, "member.unknown")
            case Elapsed("silence"), "choose":
                yield from _last(view, ())
            case Elapsed("silence"), _:
                yield from _again(view, "menu.no_input")


def _ask_who(view: View, attempt: int = 1, *first: Phrase) -> Iterable[Action]:
    yield Remember({"step": "who", "digits": "", "attempt": attempt})
    yield Say((*first, _spoken(view, "member.who")), takes_keys=TakesKeys.NUMBER)


def _keyed(view: View, digit: str) -> Iterable[Action]:
    """A digit of the number; # ends it, * begins it anew."""
    digits = str(view.memory.get("digits", ""))
    if not digits:
        yield BeQuiet()
    if digit == "#" and digits:
        yield from _ask_pin(view, view.person_of(digits), digits)
        return
    kept = "" if digit in "*#" else (digits + digit)[:LONGEST_NUMBER]
    yield Remember({**view.memory, "digits": kept})
    yield After("silence", TO_KEY)


def _ask_pin(view: View, person: PersonKey | None, claimed: str) -> Iterable[Action]:
    yield NoLonger("silence")
    yield Remember({"step": "pin", "person": person or "", "claimed": claimed, "attempt": _attempt(view)})
    yield Say((_spoken(view, "member.pin"),), takes_keys=TakesKeys.HIDDEN)


def _check(view: View) -> Iterable[Action]:
    yield Remember({**view.memory, "step": "check"})
    yield After("silence", TO_CHECK)
    yield CheckPin(_person(view), str(view.memory.get("claimed", "")))


def _checked(view: View, answer: PinAnswer) -> Iterable[Action]:
    person = _person(view)
    if answer is not PinAnswer.RIGHT or person is None:
        yield from _again(view, _ANSWERS.get(answer, "member.wrong"))
        return
    language, stands = view.language_of(person), view.stands(person)
    if stands is MemberStands.NO_MEMBER:
        yield from _last(view, (TemplatePhrase("member.no_queue", language),))
        return
    yield Remember({"step": "told", "person": person, "language": language})
    yield Say((TemplatePhrase(_STANDS[stands], language),), takes_keys=TakesKeys.CHOICE)


def _again(view: View, why: str) -> Iterable[Action]:
    """From the beginning, as long as there are attempts left: also who calls from a colleague's phone gets in."""
    if why == "member.too_many" or _attempt(view) >= ATTEMPTS:
        yield from _last(view, (_spoken(view, why),))
        return
    yield from _ask_who(view, _attempt(view) + 1, _spoken(view, why))


def _choices(view: View) -> Iterable[Action]:
    yield Remember({**view.memory, "step": "choose"})
    yield Say((_spoken(view, "member.choices"),), takes_keys=TakesKeys.CHOICE)


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
        yield Say((_spoken(view, "menu.invalid"),))


def _last(view: View, said: tuple[Phrase, ...]) -> Iterable[Action]:
    yield NoLonger("silence")
    yield Remember({**view.memory, "step": "last"})
    yield Say((*said, _spoken(view, "goodbye")))


def _person(view: View) -> PersonKey | None:
    key = str(view.memory.get("person", ""))
    return PersonKey(key) if key else None


def _attempt(view: View) -> int:
    return int(view.memory.get("attempt", 1))


def _spoken(view: View, template: str) -> TemplatePhrase:
    return TemplatePhrase(template, str(view.memory.get("language", view.language)))
