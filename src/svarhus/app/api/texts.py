"""What customers are told by SMS and e-mail."""

from typing import Annotated

from fastapi import Form, Path

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.models.texts import PreviewShown, WantedPreview
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.kit.ids import OrganisationId
from svarhus.ports.sms import IncomingSms

router = ApiRouter(tags=["texts"], responses=PROBLEMS)

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
