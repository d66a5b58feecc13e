"""The rows of lists: looked at, changed one by one and many at a time, each time as a version that can be restored."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Literal

import msgspec
from msgspec.structs import replace
from pydantic import JsonValue

from svarhus.domains.audit.log import AuditLog
from svarhus.domains.contacts.lines import NOTHING_TOLD, Read, Wishes
from svarhus.domains.contacts.workbook_writing import workbook
from svarhus.domains.contacts.writing import written
from svarhus.domains.numberlists import repository
from svarhus.domains.numberlists.errors import (
    FaultyListLines,
    ListFull,
    ListRowExists,
    NoList,
    NoListRow,
    NoListVersion,
    WrongListRow,
)
from svarhus.domains.numberlists.model import How, ListRow, ListVersion, RowsChange, rows_change
from svarhus.domains.numberlists.reading import no_numbers, read_rows, rows_of
from svarhus.domains.organisation.errors import Outdated
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.parts import removed
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.organisation.service import Applied, OrganisationService
from svarhus.domains.people.preferences import find_preferences
from svarhus.domains.people.rights import Actor, Right, require
from svarhus.kit.clock import Clock
from svarhus.kit.database import Database, Page, Session
from svarhus.kit.listed import found as found_in
from svarhus.kit.workshop import GoOn, Workshop

MOST_ROWS = 100_000
"""Of one list."""

FileFormat = Literal["xlsx", "csv"]

_HEADINGS = ("number", "name", "notes")
_WIDTHS = (20, 36, 60)


class WrittenRow(msgspec.Struct, frozen=True):
    """A row as somebody has written it."""

    number: str
    name: str = ""
    note: str = ""


class ListImport(msgspec.Struct, frozen=True):
    """What a file did, or would do."""

    read: Read[ListRow]
    change: RowsChange
    unchanged: int
    joined: int
    """Lines about a number of which an earlier line is: the last one holds."""
    version: int
    """The newest, afterwards."""


class _Before(msgspec.Struct, frozen=True):
    """What is there when a list is changed."""

    country: str
    newest: ListVersion


class ListBook:
    """All raise Refused without the right, and NoList. Those that change take `expected`, the version that must be the
    newest (Outdated); None: any may be."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        organisations: OrganisationRepository,
        documents: OrganisationService,
        audit: AuditLog,
        workshop: Workshop,
    ) -> None:
        """`workshop`: where files are read, so that calls are decided meanwhile."""
        self._database = database
        self._clock = clock
        self._organisations = organisations
        self._documents = documents
        self._audit = audit
        self._workshop = workshop

    # ---- looking

    async def rows(
        self,
        actor: Actor,
        key: str,
        search: str = "",
        cursor: str | None = None,
        limit: int = 50,
        of_version: int | None = None,
    ) -> tuple[ListVersion, Page[ListRow]]:
        """A page of a version, by number, and the version. NoListVersion."""
        require(actor, Right.SEE_CONFIGURATION)
        async with self._database.read() as session:
            await self._country(session, actor, key)
            version = await self._version(session, actor, key, of_version)
            found = await repository.page_of_rows(
                session, actor.organisation, key, version.version, search, cursor, limit
            )
        return version, found

    async def versions(self, actor: Actor, key: str, cursor: str | None = None, limit: int = 50) -> Page[ListVersion]:
        """The newest first."""
        require(actor, Right.SEE_CONFIGURATION)
        async with self._database.read() as session:
            await self._country(session, actor, key)
            return await repository.versions(session, actor.organisation, key, cursor, limit)

    async def newest(self, actor: Actor) -> Mapping[str, ListVersion]:
        """Of all lists that have rows, or had some."""
        require(actor, Right.SEE_CONFIGURATION)
        async with self._database.read() as session:
            return await repository.newest_of_all(session, actor.organisation)

    async def take_out(self, actor: Actor, key: str, format: FileFormat, of_version: int | None = None) -> bytes:
        """All rows as a file that can be brought in again. Who takes it is noted in the audit log. NoListVersion."""
        require(actor, Right.CHANGE_CONFIGURATION)
        async with self._database.begin() as session:
            await self._country(session, actor, key)
            version = await self._version(session, actor, key, of_version)
            found = await repository.rows(session, actor.organisation, key, version.version)
            await self._note(session, actor, "list-exported", key, version)
        return await self._workshop.run(partial(_file, found, format))

    # ---- changing

    async def add(self, actor: Actor, key: str, wanted: WrittenRow, expected: int | None = None) -> ListVersion:
        """WrongListRow; ListRowExists; ListFull."""
        require(actor, Right.CHANGE_CONFIGURATION)
        async with self._database.begin() as session:
            before = await self._before(session, actor, key, expected)
            row = _row(wanted, before.country)
            if await repository.row(session, actor.organisation, key, row.number):
                raise ListRowExists(row.number)
            change = RowsChange(added={row.number: row})
            return await self._keep(session, actor, key, before, change, How.ADDED, row.number)

    async def change(
        self, actor: Actor, key: str, number: str, wanted: WrittenRow, expected: int | None = None
    ) -> ListVersion:
        """Another row in place of the one of this number. NoListRow; WrongListRow; ListRowExists."""
        require(actor, Right.CHANGE_CONFIGURATION)
        async with self._database.begin() as session:
            before = await self._before(session, actor, key, expected)
            old = await repository.row(session, actor.organisation, key, number)
            if old is None:
                raise NoListRow(number)
            row = _row(wanted, before.country)
            if row == old:
                return before.newest
            if row.number == number:
                change = RowsChange(changed={number: row})
            elif await repository.row(session, actor.organisation, key, row.number):
                raise ListRowExists(row.number)
            else:
                change = RowsChange(added={row.number: row}, removed=frozenset({number}))
            return await self._keep(session, actor, key, before, change, How.CHANGED, row.number)

    async def remove(self, actor: Actor, key: str, numbers: Sequence[str], expected: int | None = None) -> ListVersion:
        """NoListRow when one of them is not there, and then none is removed."""
        require(actor, Right.CHANGE_CONFIGURATION)
        async with self._database.begin() as session:
            before = await self._before(session, actor, key, expected)
            there = await repository.rows(session, actor.organisation, key, before.newest.version)
            if missing := [number for number in numbers if number not in there]:
                raise NoListRow(missing[0])
            change = RowsChange(removed=frozenset(numbers))
            about = numbers[0] if len(change.removed) == 1 else ""
            return await self._keep(session, actor, key, before, change, How.REMOVED, about)

    async def bring_in(
        self,
        actor: Actor,
        key: str,
        file: bytes,
        wishes: Wishes = NOTHING_TOLD,
        *,
        dry_run: bool,
        skip_faulty: bool,
        in_place_of_all: bool,
        note: str = "",
        expected: int | None = None,
    ) -> ListImport:
        """The rows of a file, beside what is there or in place of it; all, or (with `skip_faulty`) those that are
        right. What its headings mean is taken from `wishes`, else from the actor's preferences.

        UnreadableFile; FaultyListLines when some are not right; ListFull. Nothing is changed then.
        """
        require(actor, Right.CHANGE_CONFIGURATION)
        async with self._database.read() as session:
            country = await self._country(session, actor, key)
            told = {**await _told_headings(session, actor), **wishes.meanings}
        read = await self._workshop.run(partial(read_rows, file, country, Wishes(wishes.encoding, told)))
        async with self._database.begin() as session:
            before = await self._before(session, actor, key, expected, lock=not dry_run)
            there = await repository.rows(session, actor.organisation, key, before.newest.version)
            found = _planned(read, there, before.newest, keep_others=not in_place_of_all)
            if dry_run:
                return found
            if read.nameless:
                raise no_numbers()
            if read.faults and not skip_faulty:
                remedy = "Mend them, or bring in the others without them."
                raise FaultyListLines(f"{read.faulty_lines:,} lines are not right.", remedy, read.faults)
            if not found.change:
                return found
            how = How.REPLACED if in_place_of_all else How.FILE
            made = await self._keep(session, actor, key, before, found.change, how, "", note)
        return replace(found, version=made.version)

    async def restore(self, actor: Actor, key: str, version: int, expected: int | None = None) -> ListVersion:
        """The rows of an earlier version, as a new one. NoListVersion."""
        require(actor, Right.CHANGE_CONFIGURATION)
        async with self._database.begin() as session:
            before = await self._before(session, actor, key, expected)
            await self._version(session, actor, key, version)
            there = await repository.rows(session, actor.organisation, key, before.newest.version)
            wanted = await repository.rows(session, actor.organisation, key, version)
            change = rows_change(there, wanted, keep_others=False)
            if not change:
                return before.newest
            return await self._keep(session, actor, key, before, change, How.RESTORED, str(version))

    async def retire(self, actor: Actor, key: str, expected_revision: int | None = None) -> Applied:
        """Take the list out of the document, and its rows with all versions for good. InUse names what uses it."""
        require(actor, Right.CHANGE_CONFIGURATION)

        def edit(before: Configuration) -> Configuration:
            return removed(before, "lists", key)

        applied = await self._documents.change(actor, edit, f"deleted list {key}", expected_revision)
        async with self._database.begin() as session:
            _, now = await self._organisations.current(session, actor.organisation, lock=True)
            if found_in(now.lists, key) is None:
                await repository.forget(session, actor.organisation, key)
        return applied

    # ----

    async def _before(
        self, session: Session, actor: Actor, key: str, expected: int | None, *, lock: bool = True
    ) -> _Before:
        """`lock`: nobody else changes the organisation until this unit of work ends."""
        country = await self._country(session, actor, key, lock=lock)
        newest = await repository.newest(session, actor.organisation, key)
        if expected is not None and expected != newest.version:
            raise Outdated(
                f"Version {newest.version} is the newest, not {expected}.",
                "Look at what was changed, and try again on top of it.",
            )
        return _Before(country, newest)

    async def _country(self, session: Session, actor: Actor, key: str, *, lock: bool = False) -> str:
        """Of the organisation. NoList."""
        _, configuration = await self._organisations.current(session, actor.organisation, lock=lock)
        if found_in(configuration.lists, key) is None:
            raise NoList(key)
        return configuration.organisation.country

    async def _version(self, session: Session, actor: Actor, key: str, wanted: int | None) -> ListVersion:
        if wanted is None:
            return await repository.newest(session, actor.organisation, key)
        found = await repository.version(session, actor.organisation, key, wanted)
        if found is None:
            raise NoListVersion(wanted)
        return found

    async def _keep(
        self,
        session: Session,
        actor: Actor,
        key: str,
        before: _Before,
        change: RowsChange,
        how: How,
        about: str,
        note: str = "",
    ) -> ListVersion:
        rows = before.newest.rows + len(change.added) - len(change.removed)
        if rows > MOST_ROWS:
            raise ListFull(f"At most {MOST_ROWS:,} rows fit on a list.", "Take off some that are not needed.")
        made = ListVersion(
            version=before.newest.version + 1,
            at=self._clock.now(),
            author=actor.name,
            how=how,
            about=about,
            note=note,
            added=len(change.added),
            changed=len(change.changed),
            removed=len(change.removed),
            rows=rows,
        )
        come = (*change.added.values(), *change.changed.values())
        searched = await self._workshop.run(partial(_searched, come, before.country))
        await repository.keep(session, actor.organisation, key, made, change, searched)
        await self._note(session, actor, "list-changed", key, made)
        return made

    async def _note(self, session: Session, actor: Actor, action: str, key: str, version: ListVersion) -> None:
        """Numbers are left out: what is taken off a list must not live on in the audit log."""
        after: JsonValue = {"version": version.version, "rows": version.rows}
        now = self._clock.now()
        await self._audit.write(session, actor.organisation, now, actor.name, action, key, after=after)


def _row(wanted: WrittenRow, country: str) -> ListRow:
    """WrongListRow."""
    found, faults = rows_of(wanted.number, wanted.name, wanted.note, country)
    if len(found) > 1:
        raise WrongListRow("It is several numbers.", "Write each by itself.")
    if not found:
        raise WrongListRow("The row cannot be kept like this.", "Mend what is named.", faults)
    return found[0]


def _planned(
    read: Read[ListRow], there: Mapping[str, ListRow], newest: ListVersion, *, keep_others: bool
) -> ListImport:
    wanted = {row.number: row for row in read.lines}
    change = rows_change(there, wanted, keep_others=keep_others)
    unchanged = len(wanted) - len(change.added) - len(change.changed)
    return ListImport(read, change, unchanged, len(read.lines) - len(wanted), newest.version)


async def _told_headings(session: Session, actor: Actor) -> Mapping[str, str]:
    if actor.person is None:
        return {}
    return (await find_preferences(session, actor.organisation, actor.person)).headings


def _searched(rows: Sequence[ListRow], country: str, go_on: GoOn) -> list[str]:
    return repository.searched_in(rows, country)


def _file(rows: Mapping[str, ListRow], format: FileFormat, go_on: GoOn) -> bytes:
    table = [_HEADINGS, *((row.number, row.name, row.note) for row in rows.values())]
    return workbook(table, _WIDTHS) if format == "xlsx" else written(table).encode()
