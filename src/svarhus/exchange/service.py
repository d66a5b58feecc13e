"""What people and programs may see of their running organisation, and ask of it."""

import asyncio
from collections.abc import Collection
from datetime import date, timedelta
from itertools import takewhile
from typing import Protocol

import msgspec

from svarhus.domains.callbacks.errors import NoCallbacks
from svarhus.domains.callbacks.state import Booking, BookingKind, WhyMoved
from svarhus.domains.calls.supervision import Supervision
from svarhus.domains.cases.requests import Known
from svarhus.domains.channels.model import DeskItem
from svarhus.domains.organisation.errors import NoPart
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.people.projection import sees_everybody, sees_whole
from svarhus.domains.people.rights import Actor, Right, may, oneself, require
from svarhus.domains.presence.errors import PersonNotFound
from svarhus.domains.schedules.fill import FilledSchedule, filled_on, together
from svarhus.domains.schedules.meeting import Meeting, meeting_at
from svarhus.domains.schedules.reserving import Asked
from svarhus.domains.schedules.slots import Sought, free_slots
from svarhus.exchange.core.changes import refuse_what_must_wait, refuse_whole_that_must_wait
from svarhus.exchange.core.core import Core
from svarhus.exchange.core.decisions.calls.supervising import is_supervisor, queue_of
from svarhus.exchange.core.decisions.promises.fitting import unplaced
from svarhus.exchange.core.errors import ExchangeUnavailable
from svarhus.exchange.core.requests import (
    AssignCall,
    BookCallback,
    CallNow,
    CancelCallback,
    CloseQueue,
    EndAfterCallWork,
    EndCall,
    ExtendAfterCallWork,
    KeepCallback,
    LogIn,
    LogOut,
    MarkCallback,
    MoveCallback,
    OpenQueue,
    PickCall,
    RaiseCall,
    StartCallback,
    Supervise,
)
from svarhus.exchange.running.exchange import Exchange
from svarhus.exchange.showing import live
from svarhus.exchange.showing.feed import LiveFeed, Sight
from svarhus.exchange.showing.views import LeftQueues, LiveAgent, LiveTopic
from svarhus.kit.clock import Clock, Instant, local_date
from svarhus.kit.document import DocumentPart
from svarhus.kit.ids import BookingId, CallId, CategoryKey, OrganisationId, PersonKey, QueueKey


class RunningOrganisations(Protocol):
    """Those that run in this process."""

    def of(self, organisation: OrganisationId) -> Exchange:
        """ExchangeUnavailable when it does not run (yet)."""
        ...


MOST_DAYS_FILLED = timedelta(days=62)
"""That are looked at in one go."""


class ScheduleNow(msgspec.Struct, frozen=True):
    """A work schedule at a moment."""

    meeting: Meeting
    """Of a caller of whom nobody said what the call is about."""
    filled: FilledSchedule


class FreeSlot(msgspec.Struct, frozen=True):
    """A time that can be promised, and how many calls still fit there."""

    at: Instant
    free: int


MYSELF = "me"
"""In place of a person's key: who asks."""


class RunningService:
    """All raise Refused without the right, and ExchangeUnavailable when nothing can be decided."""

    def __init__(self, running: RunningOrganisations, clock: Clock) -> None:
        self._running = running
        self._clock = clock

    # ---- seeing

    def feed(self, actor: Actor) -> LiveFeed:
        """What happens now. It ends when the organisation stops."""
        require(actor, Right.SEE_LIVE)
        return self._running.of(actor.organisation).live

    def sight(self, actor: Actor, topics: Collection[LiveTopic]) -> Sight:
        """As much of these topics as the actor may see: of whom promises and messages come is not for everybody."""
        exchange = self._running.of(actor.organisation)
        cases = exchange.live.desk.channels.allowed(actor)
        none = frozenset() if may(actor, Right.HANDLE_CALLBACKS) else frozenset({LiveTopic.CALLBACKS})
        own = actor.person if actor.person in exchange.core.rules.hidden else None
        everybody = sees_everybody(actor)
        supervision = _sees_supervision(actor, exchange.core)
        return Sight(frozenset(topics) - none, cases, everybody, None if everybody else own, supervision)

    def desk(self, actor: Actor) -> tuple[DeskItem, ...]:
        """All that waits for somebody and that the actor may take care of, what is due first at the front."""
        require(actor, Right.SEE_LIVE)
        exchange, now = self._running.of(actor.organisation), self._clock.now()
        desk = exchange.live.desk
        shown, items = desk.channels.allowed(actor), desk.items(exchange.core)
        return tuple(desk.as_of(exchange.core, item, now) for item in items if item.kind in shown)

    def agents(self, actor: Actor) -> tuple[LiveAgent, ...]:
        """What everybody is doing, in the order of their keys."""
        require(actor, Right.SEE_LIVE)
        core = self._running.of(actor.organisation).core
        found = (agent for agent in live.agents(core) if _is_shown(actor, core, agent.key))
        return tuple(sorted(found, key=lambda agent: agent.key))

    def agent(self, actor: Actor, person: str) -> LiveAgent:
        require(actor, Right.SEE_LIVE)
        core, key = self._running.of(actor.organisation).core, person_meant(actor, person)
        found = live.agent(core, key) if _is_shown(actor, core, key) else None
        if found is None:
            raise PersonNotFound(f"There is nobody with the key `{person}`.")
        return found

    def slots(
        self,
        actor: Actor,
        queue: QueueKey,
        first: Instant | None,
        last: Instant,
        category: CategoryKey | None = None,
    ) -> tuple[FreeSlot, ...]:
        """The slots of a queue's work schedule that are free and may be offered now, from `first` on, in order.
        `category`: what the booking is to be about; None: as the queue says."""
        require(actor, Right.HANDLE_CALLBACKS)
        core, now = self._running.of(actor.organisation).core, self._clock.now()
        rules = core.rules
        if queue not in rules.queues:
            raise NoPart(f"There is no queue `{queue}`.")
        settings = rules.queues[queue].callbacks
        if settings is None:
            raise NoCallbacks(f"The queue {queue} takes no callbacks.")
        schedule = rules.schedules[settings.schedule]
        taken, own = core.state.taken(settings.schedule, now, None), rules.queues[queue].category
        asked = Asked(category or (CategoryKey(own) if own else None), rules.organisation.language)
        sought = Sought(asked, core.state.taken_for(settings.schedule, now, None), rules.categories)
        found = free_slots(schedule, now, rules.zone, taken, first, rules.closing(schedule.key), sought)
        return tuple(FreeSlot(at, free) for at, free in takewhile(lambda slot: slot[0] <= last, found))

    async def filled(self, actor: Actor, schedule: str, first: date | None, last: date | None) -> ScheduleNow:
        """How full a work schedule is from the first day, today without one, to the last, and how callers are met now.
        NoPart."""
        require(actor, Right.SEE_LIVE)
        core, now = self._running.of(actor.organisation).core, self._clock.now()
        rules = core.rules
        if schedule not in rules.schedules:
            raise NoPart(f"There is no schedule `{schedule}`.")
        found, closing = rules.schedules[schedule], rules.closing(schedule)
        begin = first or local_date(now, rules.zone)
        days = (min(last or begin, begin + MOST_DAYS_FILLED) - begin).days + 1
        taken = core.state.taken_for(schedule, now, None)
        sought = Sought(Asked(None, rules.organisation.language), taken, rules.categories)
        meeting = meeting_at(found, now, rules.zone, core.state.taken(schedule, now, None), sought, closing)
        looks = []
        for day in (begin + timedelta(days=ahead) for ahead in range(days)):
            looks.append(filled_on(found, now, day, rules.zone, taken, rules.categories, closing))
            await asyncio.sleep(0)  # Calls go before figures.
        return ScheduleNow(meeting, together(looks))

    # ---- presence

    async def log_in(self, actor: Actor, person: str, queues: tuple[QueueKey, ...]) -> LiveAgent:
        """To all of the person's queues when none are named. NotAMember, OthersLogIn, PersonNotFound."""
        leads = self._leads_in(actor, queues)
        key = person_meant(actor, person) if leads else _allowed(actor, person)
        await self._running.of(actor.organisation).ask(LogIn(key, queues, not leads))
        return self.agent(actor, key)

    async def log_out(self, actor: Actor, person: str, queues: tuple[QueueKey, ...]) -> LeftQueues:
        """From all queues when none are named. OthersLogIn, PersonNotFound."""
        leads = self._leads_in(actor, queues)
        key = person_meant(actor, person) if leads else _allowed(actor, person)
        exchange = self._running.of(actor.organisation)
        before = self.agent(actor, key).queues
        await exchange.ask(LogOut(key, queues, not leads))
        now, state = self.agent(actor, key), exchange.core.state
        left = (queue for queue in before if queue not in now.queues)
        deserted = tuple(queue for queue in left if not state.logged_in(QueueKey(queue)))
        return LeftQueues(**msgspec.structs.asdict(now), nobody_left_in=deserted)

    def _leads_in(self, actor: Actor, queues: tuple[QueueKey, ...]) -> bool:
        """Whether the actor logs members in and out there, not bound by what a queue lets its members do: by the role,
        or as named in all of these queues."""
        rules = self._running.of(actor.organisation).core.rules
        named = bool(queues) and all(is_supervisor(rules, queue, actor.person) for queue in queues)
        return named or may(actor, Right.LOG_OTHERS_IN)

    async def end_after_call_work(self, actor: Actor, person: str) -> LiveAgent:
        key = _allowed(actor, person)
        await self._running.of(actor.organisation).ask(EndAfterCallWork(key))
        return self.agent(actor, key)

    async def extend_after_call_work(self, actor: Actor, person: str, seconds: int) -> LiveAgent:
        """So many seconds more, from now. NotInAfterCallWork."""
        key = _allowed(actor, person)
        await self._running.of(actor.organisation).ask(ExtendAfterCallWork(key, seconds))
        return self.agent(actor, key)

    # ---- calls and callbacks

    async def end_call(self, actor: Actor, call: CallId) -> None:
        """Take a call down, whatever it is doing. CallNotFound."""
        require(actor, Right.END_CALLS)
        await self._running.of(actor.organisation).ask(EndCall(call))

    def refuse_what_must_wait(self, actor: Actor, list_name: str, key: str, after: DocumentPart | None) -> None:
        """Changes of the configuration that are not possible while calls come in. NumberInUse, QueueInUse.

        `after`: what the part is to be; None: it is to be deleted.
        """
        if core := self._core_if_running(actor):
            refuse_what_must_wait(core.state, core.rules, list_name, key, after)

    def refuse_whole_that_must_wait(self, actor: Actor, wanted: Configuration) -> None:
        """The same of a whole that is to take the place of the one in force. NumberInUse, QueueInUse."""
        if core := self._core_if_running(actor):
            refuse_whole_that_must_wait(core.state, core.rules, wanted)

    def _core_if_running(self, actor: Actor) -> Core | None:
        """None: nothing runs here that a change could disturb."""
        try:
            return self._running.of(actor.organisation).core
        except ExchangeUnavailable:
            return None

    async def close_queue(self, actor: Actor, queue: QueueKey, until: Instant | None, message: str | None) -> None:
        """Let nobody new in until then, or until it is opened. NoPart, OpensInThePast."""
        require(actor, Right.CLOSE_QUEUES)
        await self._running.of(actor.organisation).ask(CloseQueue(queue, until, message, actor.person))

    async def open_queue(self, actor: Actor, queue: QueueKey) -> None:
        """Let callers in again. NoPart."""
        require(actor, Right.CLOSE_QUEUES)
        await self._running.of(actor.organisation).ask(OpenQueue(queue, actor.person))

    async def supervise(self, actor: Actor, call: CallId, how: Supervision, member: PersonKey | None) -> None:
        """Be with a conversation of others; one's own phone rings first. CallNotFound, NotPossibleNow, AgentBusy,
        PhoneNotReachable."""
        exchange, person = self._running.of(actor.organisation), myself(actor)
        core = exchange.core
        found = core.state.calls.get(call)
        queue = queue_of(core.state, found) if found else None
        if not is_supervisor(core.rules, queue, person):
            require(actor, _RIGHT_TO[how])
        await exchange.ask(Supervise(call, person, how, member))

    async def book(
        self,
        actor: Actor,
        queue: QueueKey,
        number: str,
        at: Instant | None,
        known: Known | None = None,
        kind: BookingKind = BookingKind.TIMED,
        email: str | None = None,
        category: CategoryKey | None = None,
    ) -> BookingId:
        """Promise a customer a time, the next free one without `at`; or to be called as soon as it can be.
        `known`: the case that goes on with it. `email`: where the customer is told of it too. `category`: what it is
        about; None: as that case, or the queue, says.

        NoCallbacks, NoCategory, NotCallable, NoSlot."""
        exchange = self._running.of(actor.organisation)
        require(actor, Right.HANDLE_CALLBACKS)
        require_to_book_in(actor, exchange.core, queue)
        request = BookCallback(queue, number, actor.person, at, known, kind, email, category)
        return BookingId(await exchange.ask(request))

    async def pick(self, actor: Actor, call: CallId) -> None:
        """Ring one's own phone for a caller who waits. CallNotFound, NotPossibleNow, NotAMember, AgentBusy."""
        require(actor, Right.LOG_SELF_IN)
        leads = self._leads(actor, call)
        await self._running.of(actor.organisation).ask(PickCall(call, person_meant(actor, MYSELF), leads))

    async def raise_call(self, actor: Actor, call: CallId, raised: bool) -> None:
        """Put a waiting caller before the others, or back. CallNotFound."""
        self._require_to_steer(actor, call)
        await self._running.of(actor.organisation).ask(RaiseCall(call, actor.person, raised))

    async def assign(self, actor: Actor, call: CallId, to: PersonKey) -> None:
        """Offer a waiting caller to a chosen colleague. CallNotFound, NotPossibleNow, PersonNotFound."""
        self._require_to_steer(actor, call)
        core = self._running.of(actor.organisation).core
        if not _is_shown(actor, core, to):
            raise PersonNotFound(f"There is nobody with the key `{to}`.")
        await self._running.of(actor.organisation).ask(AssignCall(call, actor.person, to))

    def _leads(self, actor: Actor, call: CallId) -> bool:
        """Whether the actor may say who is served next where the caller waits."""
        core = self._running.of(actor.organisation).core
        place = core.state.place_of(call)
        named = place is not None and is_supervisor(core.rules, place.queue, actor.person)
        return named or may(actor, Right.STEER_WAITING)

    def _require_to_steer(self, actor: Actor, call: CallId) -> None:
        if not self._leads(actor, call):
            require(actor, Right.STEER_WAITING)

    async def start(self, actor: Actor, booking: BookingId) -> CallId:
        """Ring one's own phone, then the customer. BookingNotFound, CannotStart, PhoneNotReachable, AgentBusy."""
        require(actor, Right.HANDLE_CALLBACKS)
        request = StartCallback(booking, person_meant(actor, MYSELF))
        return CallId(await self._running.of(actor.organisation).ask(request))

    async def mark(self, actor: Actor, booking: BookingId, answered: bool) -> None:
        """Say whether the customer was reached. BookingNotFound, CannotMark."""
        require(actor, Right.HANDLE_CALLBACKS)
        request = MarkCallback(booking, person_meant(actor, MYSELF), answered)
        await self._running.of(actor.organisation).ask(request)

    async def move(
        self,
        actor: Actor,
        booking: BookingId,
        at: Instant | None,
        queue: QueueKey | None = None,
        why: WhyMoved = WhyMoved.ASKED,
    ) -> None:
        """Promise another time, the next free one without `at`. `queue`: whose members call then, if they are others.

        BookingNotFound, CannotStart, NoCallbacks, NoSlot, and HasPlace for what has not lost its place."""
        exchange = self._running.of(actor.organisation)
        require(actor, Right.HANDLE_CALLBACKS)
        if queue is not None:
            require_to_book_in(actor, exchange.core, queue)
        await exchange.ask(MoveCallback(booking, actor.person, at, queue, why))

    def unplaced(self, actor: Actor, schedule: str | None) -> tuple[Booking, ...]:
        """Promises to come for which the work schedule has no place any more, by time; of one schedule or of all."""
        require(actor, Right.HANDLE_CALLBACKS)
        core = self._running.of(actor.organisation).core
        found = unplaced(core.state, core.rules, self._clock.now())
        return tuple(booking for booking in found if schedule in (None, booking.schedule))

    async def keep(self, actor: Actor, booking: BookingId) -> None:
        """Let the time stand above what the schedule has places for. BookingNotFound, HasPlace."""
        require(actor, Right.HANDLE_CALLBACKS)
        await self._running.of(actor.organisation).ask(KeepCallback(booking, actor.person))

    async def call_now(self, actor: Actor, booking: BookingId) -> None:
        """Let it be due at once. BookingNotFound, CannotStart."""
        require(actor, Right.HANDLE_CALLBACKS)
        await self._running.of(actor.organisation).ask(CallNow(booking, actor.person))

    async def cancel(self, actor: Actor, booking: BookingId) -> None:
        """Take the promise back, at the customer's wish. BookingNotFound, CannotStart."""
        require(actor, Right.HANDLE_CALLBACKS)
        await self._running.of(actor.organisation).ask(CancelCallback(booking, actor.person))


_RIGHT_TO = {
    Supervision.LISTENS: Right.LISTEN_IN,
    Supervision.WHISPERS: Right.WHISPER,
    Supervision.JOINS: Right.JOIN_CALLS,
    Supervision.TAKES_OVER: Right.TAKE_OVER_CALLS,
}


def require_to_book_in(actor: Actor, core: Core, queue: QueueKey) -> None:
    """Refused in a queue of a unit that is not the actor's, without the right to book there."""
    found = core.rules.queues.get(queue)
    if found is None or found.unit is None or found.unit in core.rules.units_of(actor.person):
        return
    if actor.person is None or core.rules.member(queue, actor.person) is None:
        require(actor, Right.BOOK_FOR_OTHER_UNITS)


def _sees_supervision(actor: Actor, core: Core) -> bool:
    """Whether the actor may be with conversations of others, somewhere."""
    named = any(is_supervisor(core.rules, queue, actor.person) for queue in core.rules.queues)
    return named or any(may(actor, right) for right in _RIGHT_TO.values())


def _is_shown(actor: Actor, core: Core, key: str) -> bool:
    return sees_whole(actor, key) or key not in core.rules.hidden


def myself(actor: Actor) -> PersonKey:
    """Who has a phone of their own. NotAPerson."""
    return oneself(actor, "A token has no phone and takes no calls.")


def person_meant(actor: Actor, person: str) -> PersonKey:
    """The key, or one's own for `MYSELF`. NotAPerson when a token means itself."""
    return myself(actor) if person == MYSELF else PersonKey(person)


def _allowed(actor: Actor, person: str) -> PersonKey:
    key = person_meant(actor, person)
    require(actor, Right.LOG_SELF_IN if key == actor.person else Right.LOG_OTHERS_IN)
    return key
