"""How the API is told which case is meant."""

from pydantic import BaseModel, Field


class CaseGiven(BaseModel):
    """A case, by one of its episodes."""

    kind: str = Field(pattern=r"^[a-z]{1,30}$", description="The channel.")
    id: str = Field(pattern=r"^[a-z0-9-]{1,120}$")
