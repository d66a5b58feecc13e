"""One's own account as the API shows it."""

from datetime import datetime

from pydantic import BaseModel, Field

from svarhus.app.api.models import SECRET
from svarhus.domains.people.model import Person
from svarhus.domains.people.rights import Right
from svarhus.kit.document import Language


class Me(BaseModel):
    """Who you are here, and what you may do."""

    organisation: str
    organisation_name: str
    person: str | None = Field(description="Key of the person; null for an API token.")
    name: str = Field(description="As the audit log shows it.")
    shown_name: str
    role: str = Field(description="administrator, team_leader, user, or the key of a role of your own.")
    role_name: str | None = Field(description="Name of a role of your own; null for the system's.")
    rights: tuple[Right, ...]
    language: str
    second_factor: bool = Field(description="Whether it is on.")


class PasswordChange(BaseModel):
    present: str = Field(max_length=1000, json_schema_extra=SECRET)
    new: str = Field(max_length=1000, json_schema_extra=SECRET)


class PasswordSent(BaseModel):
    password: str = Field(max_length=1000, json_schema_extra=SECRET)


class PhonePassword(BaseModel):
    """With what a phone registers."""

    password: str


class PinShown(BaseModel):
    since: datetime | None = Field(description="When it was set; null: you have none.")
    digits: int = Field(description="So many a new one has at least.")
    numbers: tuple[str, ...] = Field(description="Numbers (E.164) to call, where it is asked for.")


class NewPin(BaseModel):
    pin: str = Field(max_length=40, description="Digits.", json_schema_extra=SECRET)


class QrCodeShown(BaseModel):
    """A QR code to be drawn as SVG, quiet zone included."""

    size: int = Field(description="Modules on each side.")
    path: str = Field(description="Of the dark modules: the attribute `d`.")


class SecondFactorShown(BaseModel):
    """What an authenticator app is told."""

    secret: str = Field(description="To type into the app where it cannot scan.")
    address: str = Field(description="The `otpauth:` address.")
    qr_code: QrCodeShown = Field(description="The address.")


class SecondFactorStatus(BaseModel):
    on: bool
    since: datetime | None
    recovery_codes_left: int
    required: bool = Field(description="The organisation demands one of everybody.")


class Code(BaseModel):
    code: str = Field(max_length=40, json_schema_extra=SECRET)


class RecoveryCodes(BaseModel):
    """Each lets you in once without the app. Shown this once."""

    codes: tuple[str, ...]


class SessionShown(BaseModel):
    """A place where you are signed in."""

    id: str
    device: str
    address: str
    began_at: datetime | None
    seen_at: datetime
    expires_at: datetime
    this_one: bool


class LanguageChosen(BaseModel):
    language: Language


class OwnCardShown(BaseModel):
    """Your card, and the numbers that you may show to those whom you call."""

    card: Person
    presentable: tuple[str, ...]
