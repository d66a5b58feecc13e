"""What is asked of a call in which one talks."""

from typing import Annotated

from pydantic import BaseModel, Field

from svarhus.app.api.models.phone import To


class TransferTo(BaseModel):
    to: To
    return_after: Annotated[int, Field(ge=5, le=120)] | None = Field(
        default=20, description="Seconds after which a call that nobody takes comes back to you; null: it does not."
    )


class ConsultWith(BaseModel):
    to: To


class Keys(BaseModel):
    digits: str = Field(pattern=r"^[0-9*#A-D]{1,64}$")


class Parked(BaseModel):
    place: int = Field(description="The number of the parking place.")
