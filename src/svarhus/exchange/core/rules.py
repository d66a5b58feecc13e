"""A revision of the organisation's configuration, made ready for quick look-up. Immutable."""

from collections.abc import Mapping
from functools import cached_property
from typing import ClassVar
from zoneinfo import ZoneInfo

from svarhus.domains.audio.model import Message
from svarhus.domains.callflows.interpreter import booked_in, hours_of
from svarhus.domains.callflows.model import CallFlow
from svarhus.domains.hours.model import OpeningHours
from svarhus.domains.numbers.model import Number, Trunk
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.people.model import Person
from svarhus.domains.presence.device import browser_endpoint, desk_endpoint
from svarhus.domains.queues.distribution import STRATEGIES
from svarhus.domains.queues.distribution.strategy import Strategy
from svarhus.domains.queues.model import Queue
from svarhus.domains.schedules.model import Schedule
from svarhus.kit.ids import OrganisationId, PersonKey, QueueKey


class Rules:
    """What holds at one revision."""

    strategies: ClassVar[Mapping[str, Strategy]] = STRATEGIES

    def __init__(self, revision: int, document: Configuration) -> None:
        self.revision = revision
        self.document = document
        self.organisation = document.organisation
        self.id = OrganisationId(document.organisation.key)
        self.zone = ZoneInfo(document.organisation.timezone)

    @cached_property
    def people(self) -> Mapping[PersonKey, Person]:
        return {PersonKey(person.key): person for person in self.document.people}

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Keys of people who are hidden from colleagues."""
        return frozenset(person.key for person in self.document.people if person.hidden)

    def told_name(self, person: PersonKey) -> str:
        """The name, in words that anybody may read."""
        return "somebody" if person in self.hidden else self.people[person].name

    @cached_property
    def by_extension(self) -> Mapping[str, Person]:
        return {person.extension: person for person in self.document.people if person.extension}

    @cached_property
    def by_endpoint(self) -> Mapping[str, Person]:
        """Whose phone it is, by its SIP user: each person has one for the desk and one for the browser."""
        found = {desk_endpoint(extension): person for extension, person in self.by_extension.items()}
        return found | {browser_endpoint(extension): person for extension, person in self.by_extension.items()}

    @cached_property
    def queues(self) -> Mapping[QueueKey, Queue]:
        return {QueueKey(queue.key): queue for queue in self.document.queues}

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
    def messages(self) -> Mapping[str, Message]:
        return {message.key: message for message in self.document.messages}

    @cached_property
    def schedules(self) -> Mapping[str, Schedule]:
        return {schedule.key: schedule for schedule in self.document.schedules}

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
    def trunks(self) -> Mapping[str, Trunk]:
        return {trunk.key: trunk for trunk in self.document.trunks}

    @cached_property
    def queues_of(self) -> Mapping[PersonKey, frozenset[QueueKey]]:
        """The queues that each person is a member of."""
        found: dict[PersonKey, set[QueueKey]] = {}
        for queue in self.document.queues:
            for member in queue.members:
                found.setdefault(PersonKey(member.person), set()).add(QueueKey(queue.key))
        return {person: frozenset(queues) for person, queues in found.items()}

    @cached_property
    def priorities(self) -> Mapping[QueueKey, Mapping[PersonKey, int]]:
        """Of each queue's members; 1 is asked first."""
        return {
            key: {PersonKey(member.person): member.priority for member in queue.members}
            for key, queue in self.queues.items()
        }

    def start_logged_in(self, person: PersonKey) -> frozenset[QueueKey]:
        """The queues in which the person is logged in from the start."""
        return frozenset(
            QueueKey(queue.key)
            for queue in self.document.queues
            for member in queue.members
            if member.person == person and member.starts_logged_in
        )
