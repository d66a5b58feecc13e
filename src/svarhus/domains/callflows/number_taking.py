"""The number at which a caller is called back: known, and read back where that is wanted, or keyed in and read back.

Part of an element's dialogue: the step and what is keyed stand in the element's memory beside what it has there itself.
"""

from collections.abc import Generator, Mapping, Sequence
from enum import StrEnum

from svarhus.domains.callflows.keys import TakesKeys
from svarhus.domains.callflows.steps import Action, After, BeQuiet, Remember, Say, View
from svarhus.ports.speech import Digits, Phrase, TemplatePhrase

Memory = Mapping[str, str | int]

NUMBER_ATTEMPTS = 3
SILENT_REPEATS = 2

_OWN = frozenset({"step", "number", "digits", "attempt", "repeats"})


class NotTaken(StrEnum):
    NO_NUMBER = "no_number"
    """None was keyed that can be called."""
    NOT_CONFIRMED = "not_confirmed"
    """Nobody has said whether it is right."""


Taking = Generator[Action, None, str | NotTaken | None]
"""Gives the number in the end; None while the caller is asked."""


def begin(view: View, memory: Memory, *, confirm: bool, keyed: bool = False) -> Taking:
    """`memory`: what is to stay in it. `keyed`: it is asked for also where it is known."""
    if view.caller is None or keyed:
        yield from _ask(view, memory, attempt=1)
    elif confirm:
        yield from _confirm(view, memory, view.caller)
    else:
        return view.caller
    return None


def goes_on(view: View) -> bool:
    """The caller is being asked."""
    return view.memory.get("step") in ("confirm", "number")


def pressed(view: View, digit: str, wrong: Sequence[Phrase] = ()) -> Taking:
    """`wrong`: what is said of a number that cannot be called, instead of the standard words."""
    kept = _kept(view)
    match view.memory.get("step"), digit:
        case "confirm", "1":
            return str(view.memory["number"])
        case "confirm", "2":
            yield from _ask(view, kept, attempt=1)
        case "number", "*":
            yield from _ask(view, kept, int(view.memory.get("attempt", 1)))
        case "number", "#":
            return (yield from _keyed(view, wrong))
        case "number", _:
            yield BeQuiet()
            yield Remember({**view.memory, "digits": (str(view.memory.get("digits", "")) + digit)[:20]})
            yield After("silence", 5)
        case _:
            return (yield from _repeat(view))
    return None


def silence(view: View, wrong: Sequence[Phrase] = ()) -> Taking:
    """Nothing was pressed for a while. `wrong` as in `pressed`."""
    if view.memory.get("step") == "number" and view.memory.get("digits"):
        return (yield from _keyed(view, wrong))
    return (yield from _repeat(view))


def _keyed(view: View, wrong: Sequence[Phrase]) -> Taking:
    attempt = int(view.memory.get("attempt", 1))
    number = view.callable_number(str(view.memory.get("digits", "")))
    if number:
        yield from _confirm(view, _kept(view), number)
    elif attempt < NUMBER_ATTEMPTS:
        said = tuple(wrong) or (TemplatePhrase("callback.number_wrong", view.language),)
        yield from _ask(view, _kept(view), attempt + 1, *said)
    else:
        return NotTaken.NO_NUMBER
    return None


def _repeat(view: View) -> Taking:
    repeats, keying = int(view.memory.get("repeats", 0)) + 1, view.memory.get("step") == "number"
    if repeats > SILENT_REPEATS:
        return NotTaken.NO_NUMBER if keying else NotTaken.NOT_CONFIRMED
    phrase = _enter(view) if keying else _read_back(view, str(view.memory["number"]))
    yield from _said(view, {**view.memory, "repeats": repeats}, phrase)
    return None


def _confirm(view: View, memory: Memory, number: str) -> Generator[Action]:
    yield from _said(view, {**memory, "step": "confirm", "number": number}, _read_back(view, number))


def _ask(view: View, memory: Memory, attempt: int, *first: Phrase) -> Generator[Action]:
    """To begin anew is no attempt. `first`: what is said before."""
    asking: Memory = {**memory, "step": "number", "digits": "", "attempt": attempt}
    yield from _said(view, asking, *first, _enter(view))


def _said(view: View, memory: Memory, *phrases: Phrase) -> Generator[Action]:
    yield Remember(memory)
    yield Say(phrases, takes_keys=TakesKeys.NUMBER if memory["step"] == "number" else TakesKeys.ANSWER)


def _enter(view: View) -> TemplatePhrase:
    return TemplatePhrase("callback.enter_number", view.language)


def _read_back(view: View, number: str) -> TemplatePhrase:
    return TemplatePhrase("callback.number", view.language, {"number": Digits(view.as_dialled(number))})


def _kept(view: View) -> Memory:
    return {name: value for name, value in view.memory.items() if name not in _OWN}
