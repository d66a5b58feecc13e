"""A revision of the organisation's configuration, made ready for quick look-up. Immutable."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from weakref import ref
from zoneinfo import ZoneInfo

from svarhus.domains.audio.model import Message
from svarhus.domains.callflows.interpreter import booked_in, hours_of, queue_at
from svarhus.domains.callflows.model import CallFlow
from svarhus.domains.callflows.position import Position
from svarhus.domains.categories.model import Category
from svarhus.domains.hours.model import OpeningHours
from svarhus.domains.numbers.lists import NumberList
from svarhus.domains.numbers.model import Number, Trunk, holds
from svarhus.domains.organisation.difference import UNCHANGED, Difference, DocumentParts, difference
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.people.model import Person, Unit, leads
from svarhus.domains.presence.device import extension_of
from svarhus.domains.presence.errors import PersonNotFound
from svarhus.domains.presence.pause import SHIPPED, PauseReason
from svarhus.domains.queues.alerts import AlertRule
from svarhus.domains.queues.carrying import CarriedOut
from svarhus.domains.queues.distribution import STRATEGIES
from svarhus.domains.queues.model import Member, Queue
from svarhus.domains.queues.precedence import Precedence
from svarhus.domains.queues.roster import Roster, as_member, belongs, outside_as_member, outside_as_person, roster
from svarhus.domains.schedules.layout import with_lengths
from svarhus.domains.schedules.model import Schedule
from svarhus.kit.buckets import Buckets
from svarhus.kit.ids import CategoryKey, OrganisationId, PauseKey, PersonKey, QueueKey

_LOOKED_UP_IN: Mapping[str, tuple[str, ...]] = {
    "people": ("staff", "people", "hidden", "by_extension"),
    "queues": (
        "queues",
        "outside",
        "people",
        "queue_by_extension",
        "queues_of",
        "rosters",
        "with_teams",
        "precedence",
        "rings_more",
        "call_waiting",
        "watched",
        "_hours_of_bookings",
    ),
    "numbers": ("numbers",),
    "callflows": ("flows", "_hours_of_bookings"),
    "hours": ("hours",),
    "categories": ("categories", "schedules"),
    "messages": ("messages",),
    "schedules": ("schedules",),
    "trunks": ("trunks", "_pbx_extensions"),
    "units": ("units",),
    "lists": ("lists",),
    "pauses": ("pauses",),
}
"""What is made ready of each list."""


class Rules:
    """What holds at one revision."""

    def __init__(self, revision: int, document: Configuration) -> None:
        self.revision = revision
        self.document = document
        self.organisation = document.organisation
        self.id = OrganisationId(document.organisation.key)
        self.zone = ZoneInfo(document.organisation.timezone)
        self._since: tuple[ref[Rules], Difference] | None = None
        self._queues_at: dict[tuple[str, str, str], tuple[Queue, Queue]] = {}

    def made_ready(self, before: "Rules | None" = None) -> "Rules":
        """Itself, with everything ready at once, which takes its time where there are many people. What is the same
        in another revision is taken from there."""
        if before is not None:
            self._take_over(before)
        for name in dict.fromkeys(name for names in _LOOKED_UP_IN.values() for name in names):
            getattr(self, name)
        return self

    def since(self, before: "Rules") -> Difference:
        """What differs from another revision. It is known already when this one was made ready from that."""
        if before is self:
            return UNCHANGED
        if self._since is None or self._since[0]() is not before:
            self._since = ref(before), difference(before.document, self.document)
        return self._since[1]

    @cached_property
    def people(self) -> Mapping[PersonKey, Person]:
        """Everybody who may be rung: those who work here, and telephones outside that are members of queues."""
        return {**self.staff, **self.outside} if self.outside else self.staff

    @cached_property
    def staff(self) -> Mapping[PersonKey, Person]:
        return {PersonKey(person.key): person for person in self.document.people}

    @cached_property
    def outside(self) -> Mapping[PersonKey, Person]:
        """Telephones outside: the first queue that has one says its name."""
        found: dict[PersonKey, Person] = {}
        for each in (each for queue in self.document.queues for each in queue.outside):
            found.setdefault(PersonKey(each.key), outside_as_person(each, self.organisation.language))
        return found

    def person(self, key: PersonKey) -> Person:
        """PersonNotFound."""
        found = self.people.get(key)
        if found is None:
            raise PersonNotFound(f"There is nobody with the key `{key}`.")
        return found

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Keys of people who are hidden from colleagues."""
        return frozenset(person.key for person in self.document.people if person.hidden)

    def told_name(self, person: PersonKey) -> str:
        """The name, in words that anybody may read."""
        return "somebody" if person in self.hidden else self.people[person].name

    @cached_property
    def by_extension(self) -> Buckets[Person]:
        return Buckets.of((person.extension, person) for person in self.document.people if person.extension)

    def at_endpoint(self, endpoint: str) -> Person | None:
        """Whose phone it is, by its SIP user: each person has one for the desk and one for the browser."""
        return self.by_extension.get(extension_of(endpoint))

    @cached_property
    def queues(self) -> Mapping[QueueKey, Queue]:
        return {QueueKey(queue.key): queue for queue in self.document.queues}

    def queue_at(self, position: Position, queue: Queue) -> Queue:
        """The queue as it is where callers wait in it at this position of their flow."""
        flow = self.flows.get(position.flow)
        if flow is None or position.element not in flow.elements:
            return queue
        at = (position.flow, position.element, queue.key)
        known = self._queues_at.get(at)
        if known is None or known[0] is not queue:
            known = self._queues_at[at] = queue, queue_at(flow, position.element, queue)
        return known[1]

    @cached_property
    def queue_by_extension(self) -> Mapping[str, Queue]:
        return {queue.extension: queue for queue in self.document.queues if queue.extension}

    @cached_property
    def numbers(self) -> Mapping[str, Number]:
        return {number.number: number for number in self.document.numbers}

    @cached_property
    def flows(self) -> Mapping[str, CallFlow]:
        return {flow.key: flow for flow in self.document.callflows}

    @cached_property
    def hours(self) -> Mapping[str, OpeningHours]:
        return {hours.key: hours for hours in self.document.hours}

    @cached_property
    def categories(self) -> Mapping[CategoryKey, Category]:
        return {CategoryKey(category.key): category for category in self.document.categories}

    @cached_property
    def messages(self) -> Mapping[str, Message]:
        return {message.key: message for message in self.document.messages}

    @cached_property
    def schedules(self) -> Mapping[str, Schedule]:
        """Those that go by staff with the lengths that follow from the categories."""
        return {schedule.key: with_lengths(schedule, self.categories) for schedule in self.document.schedules}

    def closing(self, schedule: str) -> tuple[OpeningHours, ...]:
        """The opening hours whose exceptions hold for the schedule: as named, else those of flows that book in it."""
        named = self.schedules[schedule].hours
        keys = {named} if named else self._hours_of_bookings.get(schedule, frozenset())
        return tuple(self.hours[key] for key in sorted(keys))

    @cached_property
    def _hours_of_bookings(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for flow in self.document.callflows:
            for queue in booked_in(flow):
                callbacks = self.queues[queue].callbacks
                if callbacks:
                    found[callbacks.schedule] = found.get(callbacks.schedule, frozenset()) | hours_of(flow)
        return found

    @cached_property
    def calls_back_itself(self) -> frozenset[QueueKey]:
        """Queues whose callbacks are carried out by themselves."""
        found = (queue for queue in self.document.queues if queue.callbacks)
        return frozenset(
            QueueKey(queue.key)
            for queue in found
            if queue.callbacks and queue.callbacks.carried_out is CarriedOut.AUTOMATIC
        )

    @cached_property
    def trunks(self) -> Mapping[str, Trunk]:
        return {trunk.key: trunk for trunk in self.document.trunks}

    @cached_property
    def lists(self) -> Mapping[str, NumberList]:
        return {each.key: each for each in self.document.lists}

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        return {unit.key: unit for unit in self.document.units}

    def outgoing_trunk(self, units: Collection[str] = ()) -> str | None:
        """By which trunk calls of these units go out: that of the first that has one, else the organisation's."""
        own = (self.units[unit].outgoing_trunk for unit in units if unit in self.units)
        return next(filter(None, own), self.organisation.outgoing.trunk)

    def billing_id(self, units: Collection[str] = ()) -> str:
        """To what calls of these units are charged; empty: nobody says."""
        own = (self.units[unit].billing_id for unit in units if unit in self.units)
        return next(filter(None, own), self.organisation.outgoing.billing_id) or ""

    def pbx_of(self, extension: str) -> str | None:
        """The trunk of the PBX that has this extension."""
        return next((trunk for trunk, each in self._pbx_extensions if holds(each, extension)), None)

    @cached_property
    def _pbx_extensions(self) -> Sequence[tuple[str, str]]:
        return [(trunk.key, each) for trunk in self.document.trunks for each in trunk.extensions]

    def may_present(self, person: Person, number: str) -> bool:
        """Whether those whom the person calls may see the number. Of one that is not ours nothing is said."""
        ours = self.numbers.get(number)
        return ours is None or ours.presenting.lets(person.key, supervisor=leads(person, self.document.roles))

    def units_of(self, person: PersonKey | None) -> Collection[str]:
        found = self.people.get(person) if person else None
        return found.units if found else ()

    @cached_property
    def pauses(self) -> Mapping[PauseKey, PauseReason | None]:
        """What can be chosen; without settings, what is shipped."""
        own: dict[PauseKey, PauseReason | None] = {PauseKey(each.key): each for each in self.document.pauses}
        return own or dict.fromkeys(SHIPPED)

    def member(self, queue: QueueKey, person: PersonKey) -> Member | None:
        """As what the person belongs to the queue."""
        found = self.queues.get(queue)
        listed = (*found.members, *map(outside_as_member, found.outside)) if found else ()
        named = next((each for each in listed if each.person == person), None)
        who = self.people.get(person)
        if named or found is None or who is None:
            return named
        return next((as_member(team, who) for team in found.teams if belongs(who, team)), None)

    @cached_property
    def watched(self) -> Mapping[QueueKey, tuple[AlertRule, ...]]:
        """What must not be, in the queues where something is said of it."""
        return {QueueKey(queue.key): queue.alerts for queue in self.document.queues if queue.alerts}

    @cached_property
    def queues_of(self) -> Mapping[PersonKey, frozenset[QueueKey]]:
        """The queues that each person is a member of."""
        found: dict[PersonKey, set[QueueKey]] = {}
        for queue, members in self.rosters.items():
            for person in members:
                found.setdefault(person, set()).add(queue)
        return {person: frozenset(queues) for person, queues in found.items()}

    @cached_property
    def rosters(self) -> Mapping[QueueKey, Roster]:
        """Each queue's members."""
        return {key: roster(queue, self.document.people) for key, queue in self.queues.items()}

    @cached_property
    def with_teams(self) -> frozenset[QueueKey]:
        """Queues whose members follow from people's units and tags."""
        return frozenset(key for key, queue in self.queues.items() if queue.teams)

    @cached_property
    def precedence(self) -> Mapping[QueueKey, Precedence]:
        """Of the queues that have any."""
        queues = self.queues.items()
        return {key: queue.precedence for key, queue in queues if queue.precedence is not Precedence.NONE}

    @cached_property
    def rings_more(self) -> frozenset[QueueKey]:
        """Queues in which others may be rung as well while phones ring already."""
        return frozenset(key for key, queue in self.queues.items() if STRATEGIES[queue.distribution].rings_more)

    @cached_property
    def call_waiting(self) -> frozenset[QueueKey]:
        """Queues for which members are rung who talk."""
        return frozenset(key for key, queue in self.queues.items() if queue.call_waiting)

    # ---- from another revision

    def _take_over(self, before: "Rules") -> None:
        found = self.since(before)
        differing = {name for list_name in found.lists for name in _LOOKED_UP_IN.get(list_name, ())}
        ready = vars(before).items()
        of_lists = {name for names in _LOOKED_UP_IN.values() for name in names}
        vars(self).update({name: value for name, value in ready if name in of_lists and name not in differing})
        people, queues = found.of("people"), found.of("queues")
        if "people" in found.lists:
            self._take_people(before, people.old, people.new)
        if "people" in found.lists and (before.with_teams or self.with_teams):
            # Who is a member of what is worked out anew.
            for name in ("rosters", "queues_of"):
                vars(self).pop(name, None)
        elif "queues" in found.lists:
            self._take_members(before, queues.old, queues.new)

    def _take_people(self, before: "Rules", old: DocumentParts, new: DocumentParts) -> None:
        vars(self).update(by_extension=before.by_extension.changed(_by_extension(old), _by_extension(new)))
        if not self.since(before).of("people").reordered:
            staff = dict(before.staff)
            for key in old.keys() - new.keys():
                del staff[PersonKey(key)]
            staff |= {PersonKey(key): part for key, part in new.items() if isinstance(part, Person)}
            vars(self).update(staff=staff)
        if not any(isinstance(each, Person) and each.hidden for each in (*old.values(), *new.values())):
            vars(self).update(hidden=before.hidden)

    def _take_members(self, before: "Rules", old: DocumentParts, new: DocumentParts) -> None:
        found = dict(before.queues_of)
        were = {key: before.rosters[key] for key in _queues(old)}
        are = {key: roster(queue, self.document.people) for key, queue in _queues(new).items()}
        for key, members in were.items():
            for person in members:
                found[person] = found[person] - {key}
        for key, members in are.items():
            for person in members:
                found[person] = found.get(person, frozenset()) | {key}
        for person in {person for members in were.values() for person in members}:
            if not found[person]:
                del found[person]
        stay = {key: known for key, known in before.rosters.items() if key not in old}
        vars(self).update(queues_of=found, rosters={**stay, **are})


def _queues(parts: DocumentParts) -> Mapping[QueueKey, Queue]:
    return {QueueKey(key): part for key, part in parts.items() if isinstance(part, Queue)}


def _by_extension(parts: DocumentParts) -> dict[str, Person]:
    return {part.extension: part for part in parts.values() if isinstance(part, Person) and part.extension}
