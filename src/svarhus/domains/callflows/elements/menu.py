"""A menu: the caller chooses by key."""

from collections.abc import Iterable
from typing import Self

from pydantic import Field, model_validator

from svarhus.domains.callflows.keys import TakesKeys
from svarhus.domains.callflows.steps import (
    KEYS,
    Action,
    After,
    BeQuiet,
    Elapsed,
    ElementType,
    Entered,
    Event,
    Exits,
    GiveCategory,
    Leave,
    NoLonger,
    Pressed,
    Reference,
    Remember,
    SaidAll,
    Say,
    View,
)
from svarhus.kit.document import DocumentPart, Key
from svarhus.kit.ids import CategoryKey
from svarhus.kit.unfit import Unfit
from svarhus.ports.speech import MessagePhrase, Phrase, TemplatePhrase


class KeyCategory(DocumentPart):
    """What who presses this key calls about."""

    pressed: str = Field(pattern=r"^[0-9*#]$", description="0-9, * or #.")
    category: Key


class MenuSettings(DocumentPart):
    messages: tuple[Key, ...] = Field(min_length=1, description="The choices, said one after the other.")
    wait_seconds: int = Field(default=6, ge=1, le=60, description="Silence to wait for a key after the choices.")
    attempts: int = Field(default=3, ge=1, le=10, description="How often the choices are said before giving up.")
    categories: tuple[KeyCategory, ...] = Field(
        default=(), max_length=12, description="What callers call about, by the key that they press."
    )

    @model_validator(mode="after")
    def _one_for_each_key(self) -> Self:
        pressed = [each.pressed for each in self.categories]
        if twice := sorted({key for key in pressed if pressed.count(key) > 1}):
            raise Unfit(f"`{twice[0]}` is named twice", "named-twice", twice[0])
        return self


class MenuElement(ElementType[MenuSettings]):
    """A key interrupts the choices. A key with nothing attached, and silence, repeat them."""

    type = "menu"
    title = "Menu"
    description = "Says the choices and goes on by the key pressed: 0-9, * or #; by `invalid` or `no_input` at last."
    takes_keys_ahead = True
    Settings = MenuSettings

    def exits(self, settings: MenuSettings) -> Exits:
        return Exits(frozenset({"invalid", "no_input"}), keys=True)

    def references(self, settings: MenuSettings) -> tuple[Reference, ...]:
        messages = [Reference("messages", key, f"messages[{i}]") for i, key in enumerate(settings.messages)]
        categories = [
            Reference("categories", each.category, f"categories[{i}].category")
            for i, each in enumerate(settings.categories)
        ]
        return (*messages, *categories)

    def step(self, settings: MenuSettings, event: Event, view: View) -> Iterable[Action]:
        match event:
            case Entered():
                yield from self._choices(settings, view, attempt=1)
            case Pressed(digit) if digit in view.exits:
                yield BeQuiet()
                yield from (GiveCategory(CategoryKey(key)) for key in _categories(settings, digit))
                yield Leave(digit)
            case Pressed(digit) if digit in KEYS:
                yield NoLonger("no_input")
                yield from self._again(settings, view, "invalid")
            case SaidAll():
                yield After("no_input", settings.wait_seconds)
            case Elapsed("no_input"):
                yield from self._again(settings, view, "no_input")

    def _again(self, settings: MenuSettings, view: View, exit: str) -> Iterable[Action]:
        attempt = int(view.memory.get("attempt", 1))
        if attempt >= settings.attempts:
            yield BeQuiet()
            yield Leave(exit)
        else:
            yield from self._choices(settings, view, attempt + 1, TemplatePhrase(f"menu.{exit}", view.language))

    def _choices(
        self, settings: MenuSettings, view: View, attempt: int, first: Phrase | None = None
    ) -> Iterable[Action]:
        yield Remember({"attempt": attempt})
        choices = tuple(MessagePhrase(key, view.language) for key in settings.messages)
        yield Say((first, *choices) if first else choices, takes_keys=TakesKeys.CHOICE)


def _categories(settings: MenuSettings, pressed: str) -> Iterable[str]:
    return (each.category for each in settings.categories if each.pressed == pressed)
