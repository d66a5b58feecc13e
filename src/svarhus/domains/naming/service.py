"""Tells the lines of logs by names."""

from collections.abc import Collection, Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace
from pydantic import JsonValue

from svarhus.domains.audit.log import Audited
from svarhus.domains.naming.model import Thing, ThingKind, thing_of
from svarhus.domains.naming.parts import PEOPLE, Mention, part_names, revisions_at
from svarhus.domains.naming.things import looked_up
from svarhus.domains.naming.told import Told, told
from svarhus.domains.organisation.lists import SINGULAR
from svarhus.domains.organisation.repository import OrganisationRepository, Revision
from svarhus.domains.people.rights import Actor
from svarhus.kit.database import Database, Session

TOLD_AT_MOST = 200
"""Changes of one line; a file may have changed thousands."""


class Change(msgspec.Struct, frozen=True):
    """One difference by names. What has none is named by its key."""

    told: Told
    name: str | None
    entry: str | None
    before: str | None
    after: str | None


class LineNamed(msgspec.Struct, frozen=True):
    """A line of the audit log and the names of what it speaks of."""

    line: Audited
    who_name: str | None
    about: Thing
    changes: tuple[Change, ...]


class RevisionNamed(msgspec.Struct, frozen=True):
    """A revision and the names of who made it and of what it changed."""

    revision: Revision
    author_name: str | None
    about: Thing | None
    """None: more than one part, or the organisation itself."""


class Naming:
    """Finds names for one page of a log at a time."""

    def __init__(self, database: Database, organisations: OrganisationRepository) -> None:
        self._database = database
        self._organisations = organisations

    async def lines(self, actor: Actor, lines: Sequence[Audited]) -> tuple[LineNamed, ...]:
        """The actor may read the log; of what its lines are about they are told what they may see elsewhere."""
        async with self._database.begin() as session:
            in_force = await revisions_at(session, actor.organisation, {line.at for line in lines})
            drafts = [_Draft(line, _revision(line, in_force.get(line.at))) for line in lines]
            names = await self._names(session, actor, {each for draft in drafts for each in draft.mentions()})
            things = await looked_up(session, actor, {draft.about for draft in drafts})
        return tuple(draft.named(names, things) for draft in drafts)

    async def revisions(self, actor: Actor, revisions: Sequence[Revision]) -> tuple[RevisionNamed, ...]:
        abouts = {each.revision: _about(each.comment) for each in revisions}
        authors = {each.revision: Mention(PEOPLE, each.author, each.revision) for each in revisions}
        parts = {
            number: Mention(about.list_name, about.key, number)
            for number, about in abouts.items()
            if about and about.list_name
        }
        async with self._database.begin() as session:
            names = await self._names(session, actor, {*authors.values(), *parts.values()})
        return tuple(
            RevisionNamed(
                each,
                names.get(authors[each.revision]),
                replace(about, name=names.get(parts[each.revision])) if (about := abouts[each.revision]) else None,
            )
            for each in revisions
        )

    async def people(self, actor: Actor, keys: Collection[str]) -> Mapping[str, str]:
        """The names of those of these keys who are there."""
        async with self._database.begin() as session:
            found = await self._names(session, actor, {Mention(PEOPLE, key) for key in keys})
        return {mention.key: name for mention, name in found.items()}

    async def _names(self, session: Session, actor: Actor, mentions: Collection[Mention]) -> Mapping[Mention, str]:
        _, configuration = await self._organisations.current(session, actor.organisation)
        return await part_names(session, actor, configuration, mentions)


class _Draft:
    """A line whose names are still to be found."""

    def __init__(self, line: Audited, revision: int | None) -> None:
        self.line = line
        self.about = thing_of(line.action, line.subject)
        self._revision = revision
        self._changes = tuple(told(each) for each in _changes(line.after))

    def mentions(self) -> Iterator[Mention]:
        yield self._mention(PEOPLE, self.line.who)
        if self.about.list_name:
            yield self._mention(self.about.list_name, self.about.key)
        for each in self._changes:
            if each.list_name and each.key:
                yield self._mention(each.list_name, each.key)
            if each.points_to:
                yield from (self._mention(each.points_to, key) for key in _keys(each))

    def named(self, names: Mapping[Mention, str], things: Mapping[Thing, Thing]) -> LineNamed:
        about = things.get(self.about, self.about)
        if about.list_name:
            about = replace(about, name=names.get(self._mention(about.list_name, about.key)))
        who = names.get(self._mention(PEOPLE, self.line.who))
        return LineNamed(self.line, who, about, tuple(self._change(each, names) for each in self._changes))

    def _change(self, each: Told, names: Mapping[Mention, str]) -> Change:
        def called(key: str | None) -> str | None:
            if key is None or each.points_to is None:
                return key
            return names.get(self._mention(each.points_to, key), key)

        values = (each.before, each.after) if each.entry else (called(each.before), called(each.after))
        name = names.get(self._mention(each.list_name, each.key)) if each.list_name and each.key else None
        return Change(each, name, called(each.entry), *values)

    def _mention(self, list_name: str, key: str) -> Mention:
        return Mention(list_name, key, self._revision)


def _keys(each: Told) -> Iterator[str]:
    if each.entry:
        yield each.entry
    else:
        yield from (value for value in (each.before, each.after) if value)


def _changes(after: JsonValue) -> list[str]:
    found = after.get("changes") if isinstance(after, dict) else None
    return [str(each) for each in found[:TOLD_AT_MOST]] if isinstance(found, list) else []


def _revision(line: Audited, in_force: int | None) -> int | None:
    """A change names the revision that it made."""
    number = line.subject.removeprefix("revision ")
    made = line.action == "configuration-changed" and number.isascii() and number.isdigit()
    return int(number) if made else in_force


def _about(comment: str) -> Thing | None:
    """The one part that a revision changed, as its comment says."""
    if comment.startswith(_MEMBERSHIPS):
        return Thing(ThingKind.PERSON, comment.removeprefix(_MEMBERSHIPS), PEOPLE)
    verb, _, rest = comment.partition(" ")
    if verb not in _VERBS:
        return None
    for list_name, singular in SINGULAR.items():
        key = rest.removeprefix(f"{singular} ")
        if key != rest and " " not in key:
            return Thing(ThingKind.PERSON if list_name == PEOPLE else ThingKind.PART, key, list_name)
    return None


_MEMBERSHIPS = "changed the queues of "
_VERBS = frozenset({"added", "changed", "deleted", "moved"})
