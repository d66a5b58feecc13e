"""Transfer: the caller is connected to another number."""

from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from svarhus.domains.callflows.steps import (
    Action,
    Connect,
    DialFailed,
    ElementType,
    Entered,
    Event,
    Exits,
    Leave,
    Remember,
    SaidAll,
    Say,
    View,
)
from svarhus.domains.people.model import Extension
from svarhus.kit.document import E164, BillingId, DocumentPart
from svarhus.ports.speech import TemplatePhrase


class TransferSettings(DocumentPart):
    number: E164 | Extension = Field(description="An outside number, or the extension of a person.")
    ring_seconds: int = Field(default=30, ge=5, le=120)
    presented: Literal["caller", "organisation"] = Field(
        default="caller", description="The number that the one called sees."
    )
    billing_id: BillingId | None = Field(
        default=None, description="To what the call is charged, in place of the organisation's."
    )
    announce: bool = Field(default=True, description="Tell the caller that the call is being connected.")


class TransferElement(ElementType[TransferSettings]):
    type = "transfer"
    title = "Transfer"
    description = "Rings a number and connects the caller. Exit `failed` when it is busy or does not answer."
    Settings = TransferSettings

    def exits(self, settings: TransferSettings) -> Exits:
        return Exits(frozenset({"failed"}))

    def step(self, settings: TransferSettings, event: Event, view: View) -> Iterable[Action]:
        as_caller, billing = settings.presented == "caller", settings.billing_id or ""
        connect = Connect(settings.number, settings.ring_seconds, as_caller, billing)
        match event, view.memory.get("step"):
            case Entered(), _ if settings.announce:
                yield Say((TemplatePhrase("transfer.connecting", view.language),))
            case ((Entered() | SaidAll()), None):
                yield Remember({"step": "ringing"})
                yield connect
            case DialFailed(), _:
                yield Remember({"step": "failed"})
                yield Say((TemplatePhrase("transfer.failed", view.language),))
            case SaidAll(), "failed":
                yield Leave("failed")
