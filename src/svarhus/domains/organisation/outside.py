"""Whether telephones outside can be members of queues."""

from collections.abc import Iterator

from svarhus.domains.numbers.model import Number
from svarhus.domains.numbers.outgoing import may_call
from svarhus.domains.organisation.draft import Draft
from svarhus.domains.organisation.reading import Path
from svarhus.domains.organisation.shape import Finding
from svarhus.domains.people.model import Person
from svarhus.domains.queues.model import OUTSIDE, OutsideMember, Queue


def incoherent_outside(draft: Draft) -> Iterator[Finding]:
    """Numbers that cannot be rung, would lead back to us, or stand in a queue twice; and people who have their keys."""
    ours = {number.number for _, number in draft.every("numbers", Number)}
    for path, queue in draft.each("queues", Queue):
        seen: set[str] = set()
        for index, member in enumerate(queue.outside):
            yield from _member((*path, "outside", index, "number"), member, ours, seen, draft)
            seen.add(member.number)
    for path, person in draft.each("people", Person):
        if person.key.startswith(OUTSIDE):
            message = f"keys that begin with `{OUTSIDE}` are those of telephones outside"
            yield Finding((*path, "key"), message, "Choose another key.", reason="key-of-outside", values=(OUTSIDE,))


def _member(path: Path, member: OutsideMember, ours: set[str], seen: set[str], draft: Draft) -> Iterator[Finding]:
    number = member.number
    if number in seen:
        yield Finding(path, f"`{number}` is named twice", "Name each once.", reason="named-twice", values=(number,))
    if number in ours:
        message, remedy = f"`{number}` is a number of ours: it would ring ourselves", "Name a telephone outside."
        yield Finding(path, message, remedy, reason="outside-is-ours", values=(number,))
    if draft.organisation and draft.organisation.outgoing.trunk is None:
        yield Finding(
            path,
            "a number outside cannot be rung: outgoing calls have no trunk",
            "Name it in `organisation.outgoing.trunk`.",
            reason="no-outgoing-trunk",
        )
    elif draft.organisation and may_call(draft.organisation.outgoing, number, 0, 0) is not None:
        yield Finding(
            path,
            f"`{number}` cannot be rung: calls to such numbers are not allowed",
            "Allow its country in `organisation.outgoing.countries`, or name another number.",
            reason="outside-not-allowed",
            values=(number,),
        )
