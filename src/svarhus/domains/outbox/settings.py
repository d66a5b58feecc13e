"""Who brings an organisation's messages."""

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field

from svarhus.kit.document import DocumentPart

Host = Annotated[str, Field(pattern=r"^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$|^[0-9a-fA-F:]+$", max_length=253)]
Port = Annotated[int, Field(ge=1, le=65535)]
Address = Annotated[str, Field(pattern=r"^[^@\s<>,;:\"()\[\]\\]+@[^@\s<>,;:\"()\[\]\\]+$", max_length=254)]
SmsSenderName = Annotated[
    str,
    Field(
        pattern=r"^(\+[1-9][0-9]{4,14}|[A-Za-z][A-Za-z0-9]{2,10})$",
        description="A number in international form, or three to eleven letters and digits.",
    ),
]
User = Annotated[str, Field(max_length=200)]


class SmtpSettings(DocumentPart):
    """A mail server that takes our mail."""

    kind: Literal["smtp"] = "smtp"
    host: Host
    port: Port = 587
    security: Literal["tls", "starttls", "none"] = Field(
        default="starttls",
        description="`tls` from the start (port 465), `starttls` (587), or none (a relay in the house).",
    )
    user: User = Field(default="", description="Empty: it wants to know nobody.")
    sender: Address = Field(description="From whom mail comes.")
    sender_name: str = Field(default="", max_length=100)

    @property
    def place(self) -> tuple[str, int]:
        return self.host, self.port


class HttpSmsSettings(DocumentPart):
    """A provider of text messages with an interface in the manner of 46elks."""

    kind: Literal["http"] = "http"
    url: str = Field(
        default="https://api.46elks.com/a1/sms",
        max_length=500,
        pattern=r"^https?://([A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(:[0-9]{1,5})?(/[!-~]*)?$",
        description="To which messages are posted.",
    )
    user: User
    sender: SmsSenderName
    reports_at: str = Field(
        default="",
        max_length=300,
        pattern=r"^(https?://[^\s/?#@]+)?$",
        description="Address of this installation as the provider reaches it; then it tells what has arrived.",
    )

    @property
    def place(self) -> tuple[str, int]:
        parts = urlsplit(self.url)
        return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


class SmppSettings(DocumentPart):
    """A provider of text messages whom we reach over SMPP 3.4."""

    kind: Literal["smpp"] = "smpp"
    host: Host
    port: Port = 2775
    tls: bool = Field(default=False, description="From the first byte on.")
    user: Annotated[str, Field(max_length=15, description="`system_id`.")]
    system_type: str = Field(default="", max_length=12, description="Where the provider wants one.")
    sender: SmsSenderName

    @property
    def place(self) -> tuple[str, int]:
        return self.host, self.port


TextSettings = Annotated[HttpSmsSettings | SmppSettings, Field(discriminator="kind")]
AnySettings = SmtpSettings | HttpSmsSettings | SmppSettings
