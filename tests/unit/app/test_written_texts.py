"""Whatever somebody writes into the API and others are shown is read by the rule for texts."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import get_args

from fastapi.routing import APIRoute
from pydantic import BaseModel, BeforeValidator

import svarhus.app.api
from svarhus.kit.document import DocumentPart
from svarhus.kit.written import Line

(TIDIES,) = (each for each in get_args(Line) if isinstance(each, BeforeValidator))

NOT_SHOWN = {
    "Body_incoming_api_texts_incoming__organisation___key__post.message",
    "Body_incoming_api_texts_incoming__organisation___key__post.sender",
    "Body_incoming_api_texts_incoming__organisation___key__post.to",
    "Body_report_api_outbox_reports__organisation___id___key__post.reason",
    "Body_report_api_outbox_reports__organisation___id___key__post.status",
    "Code.code",
    "CodeSent.code",
    "CodeSent.ticket",
    "Credentials.email",
    "Credentials.password",
    "InvitationAccepted.password",
    "InvitationAccepted.token",
    "InvitationSent.token",
    "ListRowsGone.numbers",
    "MailProvider.password",
    "NewCallback.number",
    "NewPassword.new",
    "NewPin.pin",
    "NumberTyped.typed",
    "NumbersAsked.numbers",
    "PasswordChange.new",
    "PasswordChange.present",
    "PasswordSent.password",
    "Preferences.headings",
    "PushKeys.auth",
    "PushKeys.p256dh",
    "PushSubscription.endpoint",
    "TextProvider.password",
    "TicketSent.ticket",
    "WantedPreview.text",
}
"""Secrets; numbers, which have a reader of their own; what is only compared, or only looked at by who writes it; and
what a provider tells, of which only what can be seen is kept."""
CHECKED_AS_A_WHOLE = {"ContactWritten", "ListRowWritten"}
"""By `contacts/checking.py` and `numberlists/reading.py`, as those in files are."""


def bodies() -> Iterator[type[BaseModel]]:
    for module in iter_modules(svarhus.app.api.__path__, "svarhus.app.api."):
        router = getattr(import_module(module.name), "router", None)
        for route in getattr(router, "routes", ()):
            if isinstance(route, APIRoute) and route.body_field is not None:
                yield from models(route.body_field.field_info.annotation)


def models(annotation: object) -> Iterator[type[BaseModel]]:
    """All that stand in an annotation, but parts of the organisation's document: that is looked at as a whole."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if issubclass(annotation, DocumentPart) or annotation.__name__ in CHECKED_AS_A_WHOLE:
            return
        yield annotation
        for field in annotation.model_fields.values():
            yield from models(field.annotation)
    for inner in get_args(annotation):
        yield from models(inner)


def is_free_text(annotation: object, metadata: list[object]) -> bool:
    if annotation is str:
        deep = [*metadata, *(one for each in metadata for one in getattr(each, "metadata", ()))]
        return TIDIES not in deep and not any(getattr(each, "pattern", None) for each in deep)
    inner_metadata = list(getattr(annotation, "__metadata__", ()))
    return any(is_free_text(inner, metadata + inner_metadata) for inner in get_args(annotation))


def test_no_text_that_is_shown_is_left_out() -> None:
    found = {
        f"{model.__name__}.{name}"
        for model in bodies()
        for name, field in model.model_fields.items()
        if is_free_text(field.annotation, list(field.metadata))
    }
    assert found == NOT_SHOWN
