"""That somebody can always sign in as administrator, and what is told to whoever is about to lock themselves out."""

from collections.abc import Collection, Sequence

import msgspec

from svarhus.domains.organisation.errors import NobodyLeft
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.register import Register
from svarhus.domains.people.model import Person
from svarhus.domains.people.rights import Actor
from svarhus.domains.people.ways_in import actor_of
from svarhus.kit.listed import found


class Staff(msgspec.Struct, frozen=True):
    """Those of an organisation on whom it depends who can administrate it, before a change or after it."""

    configuration: Configuration
    administrators: tuple[Person, ...]
    own: Person | None
    """Whoever makes the change; None for programs, and who is not there."""


def staff_of(configuration: Configuration, register: Register, actor: Actor) -> Staff:
    """`register`: of the configuration. `actor`: whoever makes the change."""
    administrators = sorted(register.administrators.values(), key=lambda each: each.key)
    own = found(configuration.people, actor.person) if actor.person else None
    return Staff(configuration, tuple(administrators), own)


def _able(staff: Staff, with_password: Collection[str]) -> Sequence[Person]:
    """Those who can sign in as administrator."""
    return [each for each in staff.administrators if each.key in with_password]


def refuse_nobody_left(before: Staff, after: Staff, had: Collection[str], have: Collection[str]) -> None:
    """NobodyLeft when somebody could sign in as administrator and nobody could afterwards.

    `had`, `have`: who has a password, before and afterwards.
    """
    able = _able(before, had)
    if able and not _able(after, have):
        names = ", ".join(f"{each.name} (`{each.key}`)" for each in able)
        raise NobodyLeft(
            f"Nobody could sign in as administrator any more. Now {names} can.",
            "Keep one of them, or give another administrator a password first.",
        )


class Warned(msgspec.Struct, frozen=True):
    """What a change does to whoever makes it, or leaves undone."""

    message: str
    """A sentence."""
    reason: str
    """Stable id, for who tells it in another language."""
    values: tuple[str, ...] = ()
    """What the message names, in the order of the message: for the same."""


def warnings(
    actor: Actor, before: Staff | None, after: Staff, have: Collection[str], given: Collection[str]
) -> tuple[Warned, ...]:
    """What is worth a warning before the change is made. `given`: whose password is set."""
    if not _able(after, have):
        sentence = "Nobody can sign in as administrator: give one a password, or make an invitation."
        return (Warned(sentence, reason="nobody-signs-in"),)
    if before is None:
        return ()
    if actor.person is None:
        return _losing(before, after)
    was, now = before.own, after.own
    if was is None:
        return ()
    if now is None:
        sentence = "You are no longer in the organisation afterwards: you are signed out at once."
        return (Warned(sentence, reason="you-leave"),)
    found = []
    if lost := sorted(actor_of(before.configuration, was).rights - actor_of(after.configuration, now).rights):
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


def _losing(before: Staff, after: Staff) -> tuple[Warned, ...]:
    stay = {each.key for each in after.administrators}
    return tuple(
        Warned(
            f"{each.name} (`{each.key}`) is no longer administrator afterwards.",
            reason="no-longer-administrator",
            values=(each.name, each.key),
        )
        for each in before.administrators
        if each.key not in stay
    )
