"""What the public page is told."""

from pydantic import BaseModel, Field

from svarhus.kit.moment import Moment


class EntranceShown(BaseModel):
    number: str = Field(description="E.164.")
    name: str


class CallUsShown(BaseModel):
    """Who can be called from here, without signing in."""

    key: str = Field(description="The organisation's key.")
    organisation: str = Field(description="Its name.")
    language: str
    numbers: tuple[EntranceShown, ...]


class Visit(BaseModel):
    """A phone for a visitor's browser, for a while. It reaches the numbers of the page, and nothing else."""

    token: str = Field(description="The visit's secret: `/ws/sip?guest=TOKEN`.")
    user: str
    password: str
    realm: str = "svarhus"
    websocket_path: str
    number: str = Field(description="What is shown to who answers; calls back ring in the visitor's browser.")
    expires_at: Moment
