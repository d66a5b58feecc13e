"""Past alerts as the API shows them."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from svarhus.domains.queues.alerts import AlertEnd, AlertOn


class AlertShown(BaseModel):
    """An alert of a queue that was raised."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    queue: str
    on: AlertOn = Field(description="What it watches.")
    limit: int = Field(description="Seconds, callers or members.")
    minutes: int = Field(description="For so long it had to last before it was raised.")
    seen: int = Field(description="Seconds, callers or members when it was raised.")
    raised_at: datetime
    over_at: datetime | None = Field(description="null: it lasts still.")
    why: AlertEnd | None = Field(description="Why it is over.")
    told: tuple[str, ...] = Field(description="Mail addresses and telephone numbers to which it was told.")
