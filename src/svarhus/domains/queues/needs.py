"""What callers of a queue need, and how well somebody fits.

Only who has all that is needed, each on the level at least, is rung; of these the best first, by the sum of the levels.
After so many seconds of waiting everybody is, where the queue says so: still the best first.
"""

from pydantic import Field

from svarhus.domains.people.model import Person
from svarhus.domains.people.skills import Level, SkillName
from svarhus.kit.document import DocumentPart, Language


class Need(DocumentPart):
    """A skill, and how well at least."""

    skill: SkillName
    level: Level = Field(default=1, description="At least: 1 to 9, of which 9 is the best.")


class Needs(DocumentPart):
    """What a member must have to be rung for a caller."""

    skills: tuple[Need, ...] = Field(default=(), max_length=10, description="All of them.")
    caller_language: bool = Field(default=False, description="The language in which the caller is spoken with.")
    language: Language | None = Field(
        default=None, description="A language in which members must take calls, whatever the caller chose."
    )
    widens_after: int | None = Field(
        default=None,
        ge=0,
        le=3600,
        description="Seconds of waiting after which members are rung who have it not; never when left out.",
    )

    @property
    def given(self) -> bool:
        """Whether anything is needed."""
        return bool(self.skills) or self.caller_language or self.language is not None


def fit(person: Person, needs: Needs, language: str) -> int | None:
    """The sum of the person's levels in what is needed; None when something is missing. `language`: the caller's."""
    has = {each.skill.casefold(): each.level for each in person.skills}
    levels = [has.get(need.skill.casefold(), 0) for need in needs.skills]
    if any(level < need.level for level, need in zip(levels, needs.skills, strict=True)):
        return None
    spoken = {each.language: each.level for each in person.languages}
    wanted = {language} if needs.caller_language else set[str]()
    levels += [spoken.get(each, 0) for each in sorted(wanted | ({needs.language} if needs.language else set[str]()))]
    return sum(levels) if all(levels) else None
