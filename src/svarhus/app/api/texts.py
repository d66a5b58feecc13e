"""What customers are told by SMS and e-mail."""

from typing import Annotated

from fastapi import Form, Path

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.models.desk import Kind
from svarhus.app.api.models.texts import (
    CorrespondenceShown,
    NewText,
    PreviewShown,
    TextShown,
    WantedDraft,
    WantedPreview,
)
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.domains.cases.model import CaseRef
from svarhus.domains.telling.service import Previewed
from svarhus.kit.ids import OrganisationId
from svarhus.kit.short_messages import length
from svarhus.ports.sms import IncomingSms

router = ApiRouter(tags=["texts"], responses=PROBLEMS)

Id = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,120}$")]
OrganisationPath = Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{0,47}$")]
ProvidersName = Annotated[str, Form(min_length=1, max_length=100, pattern=r"^[!-~]+$")]
Address = Annotated[str, Form(min_length=1, max_length=40)]


@router.post("/api/texts/incoming/{organisation}/{key}", status_code=204)
async def incoming(
    organisation: OrganisationPath,
    key: Annotated[str, Path(max_length=64)],
    services: Services,
    id: ProvidersName,
    sender: Annotated[str, Form(alias="from", min_length=1, max_length=40)],
    to: Address,
    message: Annotated[str, Form(max_length=4000)] = "",
) -> None:
    """A provider hands over a text that somebody has sent to you. It may do so again: it is taken once.

    The address holds a secret, see `/api/outbox/providers/text/incoming`.
    https://46elks.com/docs/receive-sms
    """
    sms = IncomingSms(id, sender, to, message)
    await services.organisations.incoming_texts.told(OrganisationId(organisation), key, sms)


@router.post("/api/texts/preview")
async def preview(wanted: WantedPreview, actor: SignedIn, services: Services) -> PreviewShown:
    """Words filled in as an example, with their length in parts. Nothing is sent or kept."""
    found = await services.centre.customer_messages.example(actor, wanted.template, wanted.language, wanted.text)
    return PreviewShown.of(found)


@router.get("/api/cases/{kind}/{id}/texts", tags=["cases"])
async def texts(kind: Kind, id: Id, actor: SignedIn, services: Services) -> CorrespondenceShown:
    """What the number of the case was sent and has sent in the last 90 days, the newest first."""
    found = await services.centre.customer_messages.of_case(actor, CaseRef(kind, id))
    return CorrespondenceShown.of(found)


@router.post("/api/cases/{kind}/{id}/texts/preview", tags=["cases"])
async def draft(kind: Kind, id: Id, wanted: WantedDraft, actor: SignedIn, services: Services) -> PreviewShown:
    """What would be sent by a template; or how long your own text is."""
    if wanted.text is not None:
        return PreviewShown.of(Previewed(wanted.text, length(wanted.text)))
    return PreviewShown.of(await services.centre.customer_messages.draft(actor, CaseRef(kind, id), wanted.template))


@router.post("/api/cases/{kind}/{id}/texts", status_code=201, tags=["cases"])
async def send(kind: Kind, id: Id, wanted: NewText, actor: SignedIn, services: Services) -> TextShown:
    """Send an SMS to the number of the case."""
    messages = services.centre.customer_messages
    return TextShown.sent(await messages.send(actor, CaseRef(kind, id), wanted.template, wanted.text, wanted.id))
