"""Work on cases: opening, taking, noting, tagging, handling. What is done is decided by the running organisation, and
is kept before it is answered."""

import secrets
from collections.abc import Awaitable, Callable
from datetime import timedelta

import msgspec

from svarhus.domains.audit.log import AuditLog
from svarhus.domains.audit.looks import Looks
from svarhus.domains.cases import repository, requests
from svarhus.domains.cases.errors import CannotHandle, CaseNotFound, NoteNotFound, NotYourNote, TagNotPossible
from svarhus.domains.cases.model import Act, CaseRef, EpisodeLine, Marks, Note, TagSet
from svarhus.domains.cases.priority import Priority
from svarhus.domains.cases.requests import CaseRequest, Known
from svarhus.domains.cases.state import Episode, own_case
from svarhus.domains.channels.model import Attempt, EarlierContact, Subject
from svarhus.domains.channels.registry import Channels
from svarhus.domains.desk import repository as views
from svarhus.domains.desk.done import DoneCase, DoneFilter, done_cases
from svarhus.domains.desk.earlier import earlier_contacts
from svarhus.domains.desk.model import DeskView
from svarhus.domains.desk.own import own_queues
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.people.rights import Actor, Right, oneself, require
from svarhus.domains.people.unnamed import unnamed_to
from svarhus.domains.tags.model import Tag, TagTree
from svarhus.kit.clock import Clock, Instant, after
from svarhus.kit.database import Database, Page, Session
from svarhus.kit.ids import CallId, CaseId, OrganisationId, PersonKey

InProgress = Callable[[OrganisationId, CaseRef], Subject | None]
"""What goes on just now; None when there is none of this channel and id."""

Ask = Callable[[OrganisationId, CaseRequest], Awaitable[str]]
"""Has a request decided by the running organisation. Raises its refusal; Unavailable while nothing can be decided."""

Wanted = Callable[[Session, Subject, Known], Awaitable[CaseRequest]]
"""The request for a case, as it stands now."""

OPENED = "case-opened"
"""As the audit log calls it."""
LOOKED_ALREADY = timedelta(minutes=10)
"""Within which opening the same case anew is the same look."""

A_SHIFT = timedelta(hours=12)


class CaseSeen(msgspec.Struct, frozen=True):
    """A case with all that the reader may know of it, seen from one of its episodes."""

    id: CaseId
    subject: Subject
    episodes: tuple[EpisodeLine, ...]
    """The earliest first. None of a call that is a case by itself, of which nothing is kept."""
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
        channels: Channels,
        organisations: OrganisationRepository,
        audit: AuditLog,
        looks: Looks,
        in_progress: InProgress,
        ask: Ask,
    ) -> None:
        self._database = database
        self._clock = clock
        self.channels = channels
        self._organisations = organisations
        self._audit = audit
        self._looks = looks
        self._in_progress = in_progress
        self._ask = ask

    # ---- looking

    async def open(self, actor: Actor, case: CaseRef) -> CaseSeen:
        """All of it. Who looks is noted in the audit log."""
        self._require(actor, case)
        async with self._database.begin() as session:
            subject = await self._subject(session, actor, case)
            await self._note_look(session, actor, case)
            return await self._whole(session, actor, subject)

    async def earlier(self, actor: Actor, case: CaseRef, cursor: str | None, limit: int) -> Page[EarlierContact]:
        """What the same number had to do with us, the newest first, this case included."""
        self._require(actor, case)
        async with self._database.begin() as session:
            subject = await self._subject(session, actor, case)
            if subject.number is None:
                return Page((), None)
            return await earlier_contacts(session, self.channels, actor.organisation, subject.number, cursor, limit)

    async def done(
        self, actor: Actor, since: Instant, mine: bool, kind: str | None, cursor: str | None, limit: int
    ) -> Page[DoneCase]:
        """Of what the actor may take care of: what was done since then, the last first. NotAPerson.

        Who looks at what others have done is noted in the audit log.
        """
        require(actor, *self.channels.rights_of_done())
        kinds = frozenset(each for each in self.channels.allowed(actor) if kind in (None, each))
        wanted = DoneFilter(kinds, since, _person(actor) if mine else None)
        async with self._database.begin() as session:
            found = await done_cases(session, self.channels, actor.organisation, wanted, cursor, limit)
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
            asked = [
                await channel.last_of(session, actor.organisation, actor.person, since) for channel in self.channels
            ]
        found = [last for last in asked if last]
        return max(found, key=lambda last: last[0])[1] if found else None

    # ---- taking

    async def take(self, actor: Actor, case: CaseRef, instead_of: PersonKey | None = None) -> CaseSeen:
        """Take care of it from now on. CaseTaken when somebody else does, unless they are named: then it is
        taken over, if it is still theirs."""
        person = _person(actor)

        async def taken(session: Session, subject: Subject, known: Known) -> CaseRequest:
            holder = known.episode.marks.taken_by
            unnamed = unnamed_to(actor, await self._configuration(session, actor))
            named = holder if holder and instead_of == unnamed.person(holder) else instead_of
            return requests.TakeCase(known, person, named)

        return await self._act(actor, case, taken)

    async def release(self, actor: Actor, case: CaseRef) -> CaseSeen:
        """Let others take it. CaseTaken when it is somebody else's."""
        person = _person(actor)

        async def released(session: Session, subject: Subject, known: Known) -> CaseRequest:
            return requests.ReleaseCase(known, person)

        return await self._act(actor, case, released)

    async def prioritise(self, actor: Actor, case: CaseRef, priority: Priority | None) -> CaseSeen:
        """Give it a priority by hand; None: that of its queue."""

        async def prioritised(session: Session, subject: Subject, known: Known) -> CaseRequest:
            return requests.PrioritiseCase(known, priority, actor.name)

        return await self._act(actor, case, prioritised)

    # ---- notes and tags

    async def note(self, actor: Actor, case: CaseRef, text: str) -> CaseSeen:
        """It goes with the case, in whatever channel that goes on."""

        async def noted(session: Session, subject: Subject, known: Known) -> CaseRequest:
            return requests.NoteCase(known, secrets.token_hex(8), text, actor.name)

        return await self._act(actor, case, noted)

    async def edit_note(self, actor: Actor, case: CaseRef, note: str, text: str) -> CaseSeen:
        """Say it otherwise; what it said is kept. NoteNotFound, NotYourNote."""

        async def edited(session: Session, subject: Subject, known: Known) -> CaseRequest:
            notes = await repository.find_notes(session, actor.organisation, known.episode.case)
            found = next((each for each in notes if each.id == note), None)
            if found is None:
                raise NoteNotFound(f"The case has no note `{note}`.")
            if found.author != actor.name:
                raise NotYourNote(f"{await self._name(session, actor, found.author)} wrote it.")
            return requests.EditNote(known, note, found.text, text, actor.name)

        return await self._act(actor, case, edited)

    async def tag(self, actor: Actor, case: CaseRef, tag: str) -> CaseSeen:
        """TagNotPossible: there is none, it is not active, or not for the case's queue."""

        async def tagged(session: Session, subject: Subject, known: Known) -> CaseRequest:
            configuration = await self._configuration(session, actor)
            if not TagTree(configuration.tags).settable(tag, subject.queue):
                raise TagNotPossible(f"The tag `{tag}` cannot be set on this case.")
            return requests.TagCase(known, tag, actor.name)

        return await self._act(actor, case, tagged)

    async def untag(self, actor: Actor, case: CaseRef, tag: str) -> CaseSeen:
        async def untagged(session: Session, subject: Subject, known: Known) -> CaseRequest:
            return requests.UntagCase(known, tag, actor.name)

        return await self._act(actor, case, untagged)

    # ---- beginning and end

    async def begin(self, actor: Actor, episode: Episode) -> None:
        """Something has come in that is kept until somebody handles it."""
        self._require(actor, episode.ref)
        await self._ask(actor.organisation, requests.BeginEpisode(episode))

    async def known(self, actor: Actor, case: CaseRef) -> Known:
        """As it stands now, so that it can go on in another channel."""
        self._require(actor, case)
        async with self._database.begin() as session:
            return await self._known(session, actor, await self._subject(session, actor, case))

    async def handle(self, actor: Actor, case: CaseRef) -> CaseSeen:
        """It is done. Who was first stays. CannotHandle: a callback is marked, a call is over by itself."""
        self._require_handled(case)

        async def handled(session: Session, subject: Subject, known: Known) -> CaseRequest:
            return requests.HandleCase(known, actor.name)

        return await self._act(actor, case, handled)

    async def reopen(self, actor: Actor, case: CaseRef) -> CaseSeen:
        """It was not done after all."""
        self._require_handled(case)

        async def reopened(session: Session, subject: Subject, known: Known) -> CaseRequest:
            return requests.ReopenCase(known, actor.name)

        return await self._act(actor, case, reopened)

    # ---- each person's view

    async def view(self, actor: Actor) -> DeskView:
        """What the person has hidden: until they choose, what is not of their queues and units. NotAPerson."""
        require(actor, Right.SEE_LIVE)
        person = _person(actor)
        async with self._database.begin() as session:
            chosen = await views.find_view(session, actor.organisation, person)
            if chosen is not None:
                return chosen
            _, configuration = await self._organisations.current(session, actor.organisation)
        own = own_queues(configuration, person)
        return DeskView(hidden_queues=tuple(queue.key for queue in configuration.queues if queue.key not in own))

    async def keep_view(self, actor: Actor, view: DeskView) -> DeskView:
        require(actor, Right.SEE_LIVE)
        async with self._database.begin() as session:
            await views.keep_view(session, actor.organisation, _person(actor), view)
        return view

    # ---- inside

    async def _act(self, actor: Actor, case: CaseRef, wanted: Wanted) -> CaseSeen:
        """Have one change of a case decided, and look at what it is then."""
        self._require(actor, case)
        async with self._database.begin() as session:
            subject = await self._subject(session, actor, case)
            request = await wanted(session, subject, await self._known(session, actor, subject))
        await self._ask(actor.organisation, request)
        async with self._database.begin() as session:
            return await self._whole(session, actor, await self._subject(session, actor, case))

    def _require(self, actor: Actor, case: CaseRef) -> None:
        require(actor, self.channels.of(case.kind).right)

    def _require_handled(self, case: CaseRef) -> None:
        """CannotHandle."""
        if otherwise := self.channels.of(case.kind).ends_by_itself:
            raise CannotHandle(*otherwise)

    async def _subject(self, session: Session, actor: Actor, case: CaseRef) -> Subject:
        found = self._in_progress(actor.organisation, case)
        found = found or await self.channels.of(case.kind).subject(session, actor.organisation, case.id)
        if found is None:
            raise CaseNotFound(f"There is no {case.kind} `{case.id}`.")
        return found

    async def _known(self, session: Session, actor: Actor, subject: Subject) -> Known:
        """As the tables have it."""
        found = await repository.find_episode(session, actor.organisation, subject.ref)
        if found:
            return Known(found, kept=True)
        of = subject.goes_with and await repository.find_episode(session, actor.organisation, subject.goes_with)
        episode = Episode(
            ref=subject.ref,
            case=of.case if of else own_case(subject.ref),
            came_at=subject.at,
            queue=subject.queue,
            number=subject.number,
            name=subject.name,
            call=CallId(subject.call) if subject.call else None,
            language=subject.language,
            category=subject.category,
            marks=Marks(notes=of.marks.notes if of else 0),
        )
        return Known(episode, kept=False)

    async def _whole(self, session: Session, actor: Actor, subject: Subject) -> CaseSeen:
        organisation, ref = actor.organisation, subject.ref
        episode = (await self._known(session, actor, subject)).episode
        _, configuration = await self._organisations.current(session, organisation)
        seen = self.channels.allowed(actor)
        acts = await repository.find_acts(session, organisation, ref, episode.case, seen)
        notes = await repository.find_notes(session, organisation, episode.case)
        episodes = await repository.find_episodes(session, organisation, episode.case)
        happened = await self.channels.of(ref.kind).history(session, organisation, subject)
        return CaseSeen(
            subject=subject,
            id=episode.case,
            episodes=tuple(each for each in episodes if each.kind in seen),
            marks=episode.marks,
            notes=tuple(note for note in notes if note.kind in seen),
            tags=await repository.find_tags(session, organisation, ref),
            possible_tags=TagTree(configuration.tags).of_queue(subject.queue),
            history=tuple(sorted((*happened.acts, *acts), key=lambda act: act.at)),
            attempts=happened.attempts,
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
    return oneself(actor, "A token is nobody who takes care of cases.")
