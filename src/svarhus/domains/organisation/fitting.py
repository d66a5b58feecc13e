"""Whether people's skills and what queues need of them fit together."""

from collections.abc import Iterator

from svarhus.domains.categories.model import Category
from svarhus.domains.organisation.draft import Draft
from svarhus.domains.organisation.reading import Path
from svarhus.domains.organisation.shape import Finding
from svarhus.domains.people.model import Person
from svarhus.domains.queues.model import Queue
from svarhus.domains.queues.needs import Needs, fit


def unfitting(draft: Draft) -> Iterator[Finding]:
    """Skills that are named twice, and queues that nobody could ever be rung for."""
    for path, person in draft.each("people", Person):
        yield from _twice((*path, "skills"), "skill", [each.skill for each in person.skills])
        yield from _twice((*path, "languages"), "language", [each.language for each in person.languages])
    for path, category in draft.each("categories", Category):
        yield from _twice((*path, "skills"), "skill", [each.skill for each in category.skills])
    for path, queue in draft.each("queues", Queue):
        yield from _twice((*path, "needs", "skills"), "skill", [each.skill for each in queue.needs.skills])
        yield from _rings_nobody(path, queue, draft)


def _twice(path: Path, setting: str, words: list[str]) -> Iterator[Finding]:
    before: set[str] = set()
    for index, word in enumerate(words):
        if word.casefold() in before:
            message, remedy = f"`{word}` is named twice", "Name each once."
            yield Finding((*path, index, setting), message, remedy, reason="named-twice", values=(word,))
        before.add(word.casefold())


def _rings_nobody(path: Path, queue: Queue, draft: Draft) -> Iterator[Finding]:
    """Skills that no member has, and no time after which others are rung."""
    if not queue.needs.skills or not queue.members or queue.teams or queue.needs.widens_after is not None:
        return
    skills = Needs(skills=queue.needs.skills)
    people = [draft.find("people", member.person, Person) for member in queue.members]
    if all(person is not None and fit(person, skills, "") is None for person in people):
        yield Finding(
            (*path, "needs", "skills"),
            "no member has all of these skills on these levels: nobody would ever be rung",
            "Give a member the skills, ask for less, or say after how long others are rung (`widens_after`).",
            reason="nobody-fits",
        )
