"""Numbers that people call, the trunks by which calls come and go, and the limits of outgoing calls."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from svarhus.domains.numbers.presenting import Presenting
from svarhus.kit.document import E164, BillingId, DocumentPart, Key, Keyed, ShownName, UnitRef
from svarhus.kit.unfit import Unfit

CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166 code such as SE.")]


ExtensionRange = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{2,8}(-[0-9]{2,8})?$", description="One extension, or a first and a last, such as 7000-7199."
    ),
]


class Number(DocumentPart):
    """A number that people call, and the call flow that answers it."""

    number: E164
    name: ShownName
    unit: UnitRef = None
    flow: Key
    trunk: Key | None = Field(default=None, description="Only calls by this trunk; without it, by any.")
    category: Key | None = Field(default=None, description="What those who call it call about.")
    presenting: Presenting = Presenting()


def span(extensions: str) -> range:
    """The numbers from the first to the last of a range; empty when it runs backwards."""
    first, _, last = extensions.partition("-")
    return range(int(first), int(last or first) + 1)


def holds(extensions: str, number: str) -> bool:
    """Whether the number, written with as many digits, lies in the range."""
    return len(number) == len(extensions.partition("-")[0]) and number.isdecimal() and int(number) in span(extensions)


def overlap(one: str, other: str) -> bool:
    """Whether some number lies in both ranges."""
    a, b = span(one), span(other)
    return len(one.partition("-")[0]) == len(other.partition("-")[0]) and a.start < b.stop and b.start < a.stop


class Trunk(Keyed):
    """A connection to a carrier or to a PBX."""

    unit: UnitRef = None
    host: str | None = Field(
        default=None,
        pattern=r"^[A-Za-z0-9.\-]+(:[0-9]{1,5})?$",
        description="Where outgoing calls go: host or host:port. Leave out when the other side registers with us.",
    )
    addresses: tuple[str, ...] = Field(
        default=(), description="Addresses or networks (CIDR) from which its calls come."
    )
    transport: Literal["udp", "tcp", "tls"] = "udp"
    username: str = Field(default="", max_length=64, pattern=r"^[A-Za-z0-9._+\-]*$")
    password: str = Field(default="", max_length=128, description="Write-only: an export leaves it out.")
    register_: bool = Field(default=False, alias="register", description="We register with the carrier.")
    accepts_registration: bool = Field(
        default=False, description="The carrier or PBX registers with us by the user name and password."
    )
    encrypted: bool = Field(
        default=False, description="SRTP always. Without it, SRTP is used where the other side offers it."
    )
    extensions: tuple[ExtensionRange, ...] = Field(
        default=(),
        max_length=100,
        description="Internal numbers of phones at the PBX behind this trunk: calls to and from them stay inside.",
    )
    dialled_in: str = Field(
        default="",
        max_length=64,
        pattern=r"^[A-Za-z0-9\-]*$",
        description="Header in which it says what number was dialled, such as To or P-Called-Party-ID. "
        "Empty: the request URI.",
    )

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if self.host is None and not self.accepts_registration and not self.addresses:
            raise Unfit(
                "give a host, the addresses from which its calls come, or accepts_registration", "trunk-nowhere"
            )
        if self.register_ and (self.host is None or not self.username):
            raise Unfit("to register with the carrier, give host and username", "register-needs")
        if self.accepts_registration and not self.username:
            raise Unfit("to let the other side register, give a username", "accept-needs")
        for each in self.extensions:
            if not span(each) or len({len(end) for end in each.split("-")}) > 1:
                raise Unfit(f"{each}: the first comes before the last, with as many digits", "extensions-backwards")
        if self.extensions and self.host is None and not self.accepts_registration:
            raise Unfit("to call its extensions, give a host or accepts_registration", "extensions-need-host")
        return self


class Outgoing(DocumentPart):
    """What calls to the outside are allowed, whoever or whatever makes them."""

    trunk: Key | None = Field(default=None, description="The trunk of outgoing calls. None: none are possible.")
    presented: E164 | None = Field(default=None, description="Number shown when nothing else says which.")
    billing_id: BillingId | None = None
    countries: tuple[CountryCode, ...] = Field(
        default=("SE", "NO", "DK", "FI"), description="Countries that may be called."
    )
    simultaneous: int = Field(default=20, ge=0, le=10_000, description="Outgoing calls at the same time.")
    daily: int = Field(default=2_000, ge=0, le=1_000_000, description="Outgoing calls a calendar day.")
