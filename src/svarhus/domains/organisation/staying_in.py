"""That somebody can always sign in as administrator, and what is told to whoever is about to lock themselves out."""

from collections.abc import Collection
from dataclasses import dataclass

from svarhus.domains.organisation.errors import NobodyLeft
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.people.model import Person
from svarhus.domains.people.rights import Actor, Role
from svarhus.domains.people.ways_in import actor_of


def administrators(configuration: Configuration, with_password: Collection[str]) -> tuple[Person, ...]:
    """Those who can sign in."""
    return tuple(each for each in configuration.people if each.role == Role.ADMINISTRATOR and each.key in with_password)


def refuse_nobody_left(
    before: Configuration, after: Configuration, had: Collection[str], have: Collection[str]
) -> None:
    """NobodyLeft when somebody could sign in as administrator and nobody could afterwards.

    `had`, `have`: who has a password, before and afterwards.
    """
    able = administrators(before, had)
    if able and not administrators(after, have):
        names = ", ".join(f"{each.name} (`{each.key}`)" for each in able)
        raise NobodyLeft(
            f"Nobody could sign in as administrator any more. Now {names} can.",
            "Keep one of them, or give another administrator a password first.",
        )


@dataclass(frozen=True)
class Warned:
    """What a change does to whoever makes it, or leaves undone."""

    message: str
    """A sentence."""
    reason: str
    """Stable id, for who tells it in another language."""
    values: tuple[str, ...] = ()
    """What the message names, in the order of the message: for the same."""


def warnings(
    actor: Actor, before: Configuration | None, after: Configuration, have: Collection[str], given: Collection[str]
) -> tuple[Warned, ...]:
    """What is worth a warning before the change is made. `given`: whose password is set."""
    if not administrators(after, have):
        sentence = "Nobody can sign in as administrator: give one a password, or make an invitation."
        return (Warned(sentence, reason="nobody-signs-in"),)
    if before is None:
        return ()
    if actor.person is None:
        return _losing(before, after)
    was = next((each for each in before.people if each.key == actor.person), None)
    now = next((each for each in after.people if each.key == actor.person), None)
    if was is None:
        return ()
    if now is None:
        sentence = "You are no longer in the organisation afterwards: you are signed out at once."
        return (Warned(sentence, reason="you-leave"),)
    found = []
    if lost := sorted(actor_of(before, was).rights - actor_of(after, now).rights):
        found.append(
            Warned(f"You lose rights of your own: {', '.join(lost)}.", reason="you-lose-rights", values=tuple(lost))
        )
    if now.email.lower() != was.email.lower():
        sentence = f"You sign in as {now.email} afterwards."
        found.append(Warned(sentence, reason="you-sign-in-as", values=(now.email,)))
    if now.key in given:
        sentence = "Your own password is set: you are signed out at once."
        found.append(Warned(sentence, reason="your-password-set"))
    return tuple(found)


def _losing(before: Configuration, after: Configuration) -> tuple[Warned, ...]:
    stay = {each.key for each in after.people if each.role == Role.ADMINISTRATOR}
    return tuple(
        Warned(
            f"{each.name} (`{each.key}`) is no longer administrator afterwards.",
            reason="no-longer-administrator",
            values=(each.name, each.key),
        )
        for each in before.people
        if each.role == Role.ADMINISTRATOR and each.key not in stay
    )
