"""What people call about: said once, and named by menu choices, numbers, queues and work schedules."""

from datetime import timedelta

from pydantic import Field

from svarhus.domains.cases.priority import Priority
from svarhus.domains.queues.needs import Need, Needs
from svarhus.domains.queues.precedence import Precedence
from svarhus.kit.document import Keyed, Language, UnitRef

MOST_URGENT = 9
"""The highest priority that a place in a call flow can give."""

_PRECEDENCE = {Priority.HIGH: Precedence.MEDIUM, Priority.VERY_HIGH: Precedence.HIGHEST}


class Category(Keyed):
    """A kind of matter. It is the whole organisation's, or one unit's own."""

    unit: UnitRef = None
    priority: Priority = Field(
        default=Priority.NORMAL,
        description="With which its cases begin, whatever the queue says. It gives the colour. Callers about one of "
        "high priority wait with medium precedence before other queues, of very high with the highest, and first in "
        "their own.",
    )
    call_minutes: int = Field(default=10, ge=1, le=480, description="How long a conversation usually takes.")
    handling_minutes: int = Field(
        default=0, ge=0, le=480, description="What there is to do before and after it, beside the conversation."
    )
    skills: tuple[Need, ...] = Field(
        default=(), max_length=10, description="What members must have to be rung for it, beside what the queue needs."
    )
    language: Language | None = Field(
        default=None, description="In which members must take calls to be rung for it, whatever the caller chose."
    )

    @property
    def length(self) -> timedelta:
        """How long one case of it keeps somebody busy: conversation and handling."""
        return timedelta(minutes=self.call_minutes + self.handling_minutes)

    @property
    def precedence(self) -> Precedence:
        """Of its callers, before those of other queues with the same members."""
        return _PRECEDENCE.get(self.priority, Precedence.NONE)

    @property
    def queue_priority(self) -> int:
        """With which its callers wait at least, before those of the same queue."""
        return MOST_URGENT if self.priority is Priority.VERY_HIGH else 0

    def added_to(self, needs: Needs) -> Needs:
        """What is needed for it in a queue that needs this already: of a skill that both name, the higher level."""
        if not self.skills and self.language is None:
            return needs
        levels = {need.skill.casefold(): need for need in needs.skills}
        for own in self.skills:
            known = levels.get(own.skill.casefold())
            if known is None or known.level < own.level:
                levels[own.skill.casefold()] = own
        language = self.language or needs.language
        return needs.model_copy(update={"skills": tuple(levels.values()), "language": language})
