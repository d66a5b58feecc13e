"""Work on cases: opening, taking, noting, tagging, handling. Everything is kept before it is answered."""

import secrets
from collections.abc import Awaitable, Callable
from datetime import timedelta

import msgspec

from svarhus.domains.desk import history, repository
from svarhus.domains.desk.done import DoneCase, DoneFilter, done_cases
from svarhus.domains.desk.earlier import earlier_contacts
from svarhus.domains.desk.errors import CannotHandle, CaseTaken, NoteNotFound, NotYourNote, TagNotPossible
from svarhus.domains.desk.model import (
    Act,
    Attempt,
    CaseKind,
    CaseRef,
    DeskView,
    EarlierContact,
    Marks,
    Note,
    Subject,
    TagSet,
)
from svarhus.domains.desk.own import own_queues
from svarhus.domains.desk.priority import Priority
from svarhus.domains.desk.subjects import CallsInProgress, find_subject, last_call_of
from svarhus.domains.organisation.audit import AuditLog
from svarhus.domains.organisation.looks import Looks
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.people.rights import Actor, Right, may, require
from svarhus.domains.people.unnamed import unnamed_to
from svarhus.domains.presence.errors import NotAPerson
from svarhus.domains.tags.model import Tag, TagTree
from svarhus.domains.voicemails import repository as voicemails
from svarhus.domains.voicemails.model import Voicemail
from svarhus.kit.clock import Clock, Instant, after
from svarhus.kit.database import Database, Page, Session
from svarhus.kit.ids import OrganisationId, PersonKey, RecordingId

Changed = Callable[[OrganisationId, CaseRef, Marks, Voicemail | None], None]
"""Told after the marks of a case have changed, for those who are watching; with the voicemail when it is one."""

RIGHT_FOR = {
    CaseKind.CALL: Right.SEE_LIVE,
    CaseKind.CALLBACK: Right.HANDLE_CALLBACKS,
    CaseKind.VOICEMAIL: Right.HANDLE_VOICEMAILS,
}

OPENED = "case-opened"
"""As the audit log calls it."""
LOOKED_ALREADY = timedelta(minutes=10)
"""Within which opening the same case anew is the same look."""

A_SHIFT = timedelta(hours=12)

Done = tuple[str, str] | None
"""What was done and its detail, for the history; None when nothing has changed."""

Change = Callable[[Session, Subject, Marks, Instant], Awaitable[Done]]


class Case(msgspec.Struct, frozen=True):
    """A case with all that is known of it."""

    subject: Subject
    marks: Marks
    notes: tuple[Note, ...]
    tags: tuple[TagSet, ...]
    possible_tags: tuple[Tag, ...]
    history: tuple[Act, ...]
    attempts: tuple[Attempt, ...]


class Cases:
    """All refuse with Refused without the right, and with CaseNotFound when there is none of this kind and id."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        organisations: OrganisationRepository,
        audit: AuditLog,
        looks: Looks,
        in_progress: CallsInProgress,
        changed: Changed,
    ) -> None:
        self._database = database
        self._clock = clock
        self._organisations = organisations
        self._audit = audit
        self._looks = looks
        self._in_progress = in_progress
        self._changed = changed

    # ---- looking

    async def open(self, actor: Actor, case: CaseRef) -> Case:
        """All of it. Who looks is noted in the audit log."""
        require(actor, RIGHT_FOR[case.kind])
        async with self._database.begin() as session:
            subject = await self._subject(session, actor, case)
            await self._note_look(session, actor, case)
            return await self._whole(session, actor, subject)

    async def earlier(self, actor: Actor, case: CaseRef, cursor: str | None, limit: int) -> Page[EarlierContact]:
        """What the same number had to do with us, the newest first, this case included."""
        require(actor, RIGHT_FOR[case.kind])
        async with self._database.begin() as session:
            subject = await self._subject(session, actor, case)
            if subject.number is None:
                return Page((), None)
            return await earlier_contacts(session, actor.organisation, subject.number, cursor, limit)

    async def done(
        self, actor: Actor, since: Instant, mine: bool, kind: CaseKind | None, cursor: str | None, limit: int
    ) -> Page[DoneCase]:
        """Of what the actor may take care of: what was done since then, the last first. NotAPerson.

        Who looks at what others have done is noted in the audit log.
        """
        require(actor, Right.HANDLE_CALLBACKS, Right.HANDLE_VOICEMAILS)
        kinds = frozenset(each for each, right in RIGHT_FOR.items() if may(actor, right) and kind in (None, each))
        wanted = DoneFilter(kinds, since, _person(actor) if mine else None)
        async with self._database.begin() as session:
            found = await done_cases(session, actor.organisation, wanted, cursor, limit)
        if found.items and not mine:
            await self._looks.note(actor, "done-opened")
        return found

    async def last_of(self, actor: Actor) -> CaseRef | None:
        """What the person who asks spoke about last, within a working day: it may still want notes and tags."""
        require(actor, Right.SEE_LIVE)
        if actor.person is None:
            return None
        async with self._database.begin() as session:
            since = after(self._clock.now(), -A_SHIFT)
            return await last_call_of(session, actor.organisation, actor.person, since)

    # ---- taking

    async def take(self, actor: Actor, case: CaseRef, instead_of: PersonKey | None = None) -> Case:
        """Take care of it from now on. CaseTaken when somebody else does, unless they are named: then it is
        taken over, if it is still theirs."""
        person = _person(actor)

        async def taken(session: Session, subject: Subject, marks: Marks, now: Instant) -> Done:
            if marks.taken_by == person:
                return None
            unnamed = unnamed_to(actor, await self._configuration(session, actor))
            if marks.taken_by and instead_of not in {marks.taken_by, unnamed.person(marks.taken_by)}:
                raise CaseTaken(f"{await self._name(session, actor, marks.taken_by or '')} has taken it.")
            await repository.set_taken(session, actor.organisation, case, person, now)
            return ("taken_over", marks.taken_by) if marks.taken_by else ("taken", "")

        return await self._act(actor, case, taken)

    async def require_free(self, actor: Actor, case: CaseRef) -> None:
        """CaseTaken when somebody else has taken it."""
        async with self._database.begin() as session:
            marks = await repository.find_marks(session, actor.organisation, case)
            if marks.taken_by not in {None, actor.person}:
                raise CaseTaken(f"{await self._name(session, actor, marks.taken_by or '')} has taken it.")

    async def release(self, actor: Actor, case: CaseRef) -> Case:
        """Let others take it. CaseTaken when it is somebody else's."""
        person = _person(actor)

        async def released(session: Session, subject: Subject, marks: Marks, now: Instant) -> Done:
            if marks.taken_by is None:
                return None
            if marks.taken_by != person:
                raise CaseTaken(f"{await self._name(session, actor, marks.taken_by)} has taken it.")
            await repository.set_taken(session, actor.organisation, case, None, None)
            return ("released", "")

        return await self._act(actor, case, released)

    async def prioritise(self, actor: Actor, case: CaseRef, priority: Priority | None) -> Case:
        """Give it a priority by hand; None: that of its queue."""

        async def set_to(session: Session, subject: Subject, marks: Marks, now: Instant) -> Done:
            if marks.priority == priority:
                return None
            await repository.set_priority(session, actor.organisation, case, priority)
            return ("prioritised", priority.value if priority else "")

        return await self._act(actor, case, set_to)

    # ---- notes and tags

    async def note(self, actor: Actor, case: CaseRef, text: str) -> Case:
        async def noted(session: Session, subject: Subject, marks: Marks, now: Instant) -> Done:
            id = secrets.token_hex(8)
            await repository.add_note(session, actor.organisation, case, id, actor.name, now, text)
            return ("noted", "")

        return await self._act(actor, case, noted)

    async def edit_note(self, actor: Actor, case: CaseRef, note: str, text: str) -> Case:
        """Say it otherwise; what it said is kept. NoteNotFound, NotYourNote."""

        async def edited(session: Session, subject: Subject, marks: Marks, now: Instant) -> Done:
            notes = await repository.find_notes(session, actor.organisation, case)
            found = next((each for each in notes if each.id == note), None)
            if found is None:
                raise NoteNotFound(f"The case has no note `{note}`.")
            if found.author != actor.name:
                raise NotYourNote(f"{await self._name(session, actor, found.author)} wrote it.")
            if found.text == text:
                return None
            await repository.edit_note(session, actor.organisation, found, text, now)
            return ("note_edited", "")

        return await self._act(actor, case, edited)

    async def tag(self, actor: Actor, case: CaseRef, tag: str) -> Case:
        """TagNotPossible: there is none, it is not active, or not for the case's queue."""

        async def tagged(session: Session, subject: Subject, marks: Marks, now: Instant) -> Done:
            _, configuration = await self._organisations.current(session, actor.organisation)
            if not TagTree(configuration.tags).settable(tag, subject.queue):
                raise TagNotPossible(f"The tag `{tag}` cannot be set on this case.")
            added = await repository.add_tag(session, actor.organisation, case, tag, actor.name, now)
            return ("tagged", tag) if added else None

        return await self._act(actor, case, tagged)

    async def untag(self, actor: Actor, case: CaseRef, tag: str) -> Case:
        async def untagged(session: Session, subject: Subject, marks: Marks, now: Instant) -> Done:
            removed = await repository.remove_tag(session, actor.organisation, case, tag)
            return ("untagged", tag) if removed else None

        return await self._act(actor, case, untagged)

    # ---- handling

    async def handle(self, actor: Actor, case: CaseRef) -> Case:
        """It is done. Who was first stays. CannotHandle: a callback is marked, a call is over by itself."""
        _only_messages(case)

        async def handled(session: Session, subject: Subject, marks: Marks, now: Instant) -> Done:
            if not subject.open:
                return None
            await voicemails.handle(session, actor.organisation, RecordingId(case.id), now, actor.name)
            return ("handled", "")

        return await self._act(actor, case, handled)

    async def reopen(self, actor: Actor, case: CaseRef) -> Case:
        """It was not done after all."""
        _only_messages(case)

        async def reopened(session: Session, subject: Subject, marks: Marks, now: Instant) -> Done:
            if subject.open:
                return None
            await voicemails.reopen(session, actor.organisation, RecordingId(case.id))
            return ("reopened", "")

        return await self._act(actor, case, reopened)

    # ---- each person's view

    async def view(self, actor: Actor) -> DeskView:
        """What the person has hidden: until they choose, what is not of their queues and units. NotAPerson."""
        require(actor, Right.SEE_LIVE)
        person = _person(actor)
        async with self._database.begin() as session:
            chosen = await repository.find_view(session, actor.organisation, person)
            if chosen is not None:
                return chosen
            _, configuration = await self._organisations.current(session, actor.organisation)
        own = own_queues(configuration, person)
        return DeskView(hidden_queues=tuple(queue.key for queue in configuration.queues if queue.key not in own))

    async def keep_view(self, actor: Actor, view: DeskView) -> DeskView:
        require(actor, Right.SEE_LIVE)
        async with self._database.begin() as session:
            await repository.keep_view(session, actor.organisation, _person(actor), view)
        return view

    # ---- inside

    async def _act(self, actor: Actor, case: CaseRef, change: Change) -> Case:
        """One change of a case with its revision and its line in the history; those who change the same case
        at once come one after the other. A change that gives None has changed nothing."""
        require(actor, RIGHT_FOR[case.kind])
        now = self._clock.now()
        async with self._database.begin() as session:
            await repository.lock(session, actor.organisation, case)
            subject = await self._subject(session, actor, case)
            before = await repository.find_marks(session, actor.organisation, case)
            done = await change(session, subject, before, now)
            if done:
                await repository.changed(session, actor.organisation, case)
                await repository.add_act(session, actor.organisation, case, now, actor.name, *done)
                subject = await self._subject(session, actor, case)
            whole = await self._whole(session, actor, subject)
            message = await self._message(session, actor, case) if done else None
        if done:
            self._changed(actor.organisation, case, whole.marks, message)
        return whole

    async def _message(self, session: Session, actor: Actor, case: CaseRef) -> Voicemail | None:
        if case.kind is not CaseKind.VOICEMAIL:
            return None
        return await voicemails.find_voicemail(session, actor.organisation, RecordingId(case.id))

    async def _subject(self, session: Session, actor: Actor, case: CaseRef) -> Subject:
        return await find_subject(session, actor.organisation, case, self._in_progress)

    async def _whole(self, session: Session, actor: Actor, subject: Subject) -> Case:
        organisation, case = actor.organisation, subject.ref
        _, configuration = await self._organisations.current(session, organisation)
        acts = await repository.find_acts(session, organisation, case)
        facts = await history.booking_facts(session, organisation, case.id) if case.kind is CaseKind.CALLBACK else ()
        happened = (
            await history.call_history(session, organisation, subject.call)
            if subject.call and case.kind is not CaseKind.CALLBACK
            else history.booking_history(facts)
        )
        return Case(
            subject=subject,
            marks=await repository.find_marks(session, organisation, case),
            notes=await repository.find_notes(session, organisation, case),
            tags=await repository.find_tags(session, organisation, case),
            possible_tags=TagTree(configuration.tags).of_queue(subject.queue),
            history=tuple(sorted((*happened, *acts), key=lambda act: act.at)),
            attempts=history.attempts(facts),
        )

    async def _note_look(self, session: Session, actor: Actor, case: CaseRef) -> None:
        now = self._clock.now()
        since = after(now, -LOOKED_ALREADY)
        look = (actor.organisation, actor.name, OPENED, case.key)
        if await self._audit.last(session, *look, since) is None:
            await self._audit.write(session, actor.organisation, now, actor.name, OPENED, case.key)

    async def _name(self, session: Session, actor: Actor, person: str) -> str:
        configuration = await self._configuration(session, actor)
        if unnamed_to(actor, configuration).hides(person):
            return "Somebody"
        return next((each.name for each in configuration.people if each.key == person), person)

    async def _configuration(self, session: Session, actor: Actor) -> Configuration:
        """In the same unit of work: another one would want a connection while this one holds a lock."""
        _, configuration = await self._organisations.current(session, actor.organisation)
        return configuration


def _person(actor: Actor) -> PersonKey:
    if actor.person is None:
        raise NotAPerson("A token is nobody who takes care of cases.")
    return actor.person


def _only_messages(case: CaseRef) -> None:
    if case.kind is CaseKind.CALLBACK:
        raise CannotHandle("A callback is not handled by itself.", "Mark it as answered or unanswered, or cancel it.")
    if case.kind is CaseKind.CALL:
        raise CannotHandle("A call is over when it ends.", "Nothing needs to be done.")
