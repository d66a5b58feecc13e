"""What people can, and how well."""

from typing import Annotated

from pydantic import Field

from svarhus.kit.document import DocumentPart, Language

SkillName = Annotated[str, Field(min_length=1, max_length=40, description="In a word or two, such as Wounds.")]

Level = Annotated[int, Field(ge=1, le=9, description="1 to 9, of which 9 is the best.")]


class PersonSkill(DocumentPart):
    """Something that a person can, by which calls may be given out."""

    skill: SkillName
    level: Level = 5


class PersonLanguage(DocumentPart):
    """A language in which a person takes calls."""

    language: Language
    level: Level = 5
