"""Messages that are sent: what became of them, and who brings them."""

from typing import Annotated

from fastapi import Form, Path, Query, Request

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.models.outbox import (
    IncomingAddress,
    InvitationMailed,
    MailProvider,
    MessageShown,
    ProvidersShown,
    TestWanted,
    TextProvider,
)
from svarhus.app.api.paging import Cursor, Limit, Paged, paged
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.app.api.services import ApiServices
from svarhus.domains.outbox.model import Channel, Status, Wanted
from svarhus.domains.outbox.settings import HttpSmsSettings, SmtpSettings
from svarhus.domains.people.rights import Actor
from svarhus.kit.ids import OrganisationId, PersonKey
from svarhus.ports.sms import ReportState

router = ApiRouter(tags=["outbox"], responses=PROBLEMS)

MessagePath = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
PersonPath = Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{0,47}$")]


@router.get("/api/outbox")
async def messages(
    actor: SignedIn,
    services: Services,
    channel: Channel | None = None,
    status: Annotated[tuple[Status, ...], Query(max_length=len(Status), description="Any when none is named.")] = (),
    q: Annotated[str, Query(max_length=200, description="Text in the receiver or the subject.")] = "",
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Paged[MessageShown]:
    """Messages of the last 90 days, the newest first."""
    wanted = Wanted(channel, status, q)
    found = await services.organisations.messages.read(actor, wanted, cursor, limit)
    return paged(found.map(lambda opened: MessageShown.of(opened.message, opened.text)))


@router.get("/api/outbox/providers")
async def providers(actor: SignedIn, services: Services) -> ProvidersShown:
    """Who brings your messages."""
    found = await services.organisations.messages.providers(actor)
    mail, text = found.get(Channel.MAIL), found.get(Channel.TEXT)
    return ProvidersShown(
        mail=mail if isinstance(mail, SmtpSettings) else None,
        text=None if isinstance(text, SmtpSettings) else text,
    )


@router.put("/api/outbox/providers/mail", status_code=204)
async def set_mail_provider(provider: MailProvider, actor: SignedIn, services: Services) -> None:
    """From now on this server takes your mail. What waits is tried at once."""
    await services.organisations.messages.set_provider(actor, Channel.MAIL, provider.settings, provider.password)


@router.put("/api/outbox/providers/text", status_code=204)
async def set_text_provider(provider: TextProvider, actor: SignedIn, services: Services) -> None:
    """From now on this provider takes your text messages. What waits is tried at once."""
    await services.organisations.messages.set_provider(actor, Channel.TEXT, provider.settings, provider.password)


@router.get("/api/outbox/providers/text/incoming")
async def incoming_address(request: Request, actor: SignedIn, services: Services) -> IncomingAddress:
    """Where your provider hands over texts that are sent to you. Whoever knows the address can do so."""
    key = await services.organisations.messages.incoming_key(actor)
    return IncomingAddress(address=await _incoming(request, actor, services, key) if key else None)


@router.post("/api/outbox/providers/text/incoming", status_code=201)
async def new_incoming_address(request: Request, actor: SignedIn, services: Services) -> IncomingAddress:
    """Another address; that before serves no more."""
    key = await services.organisations.messages.new_incoming_key(actor)
    return IncomingAddress(address=await _incoming(request, actor, services, key))


async def _incoming(request: Request, actor: Actor, services: ApiServices, key: str) -> str:
    """By the address at which the provider reaches us; else as the browser knows it."""
    text = (await services.organisations.messages.providers(actor)).get(Channel.TEXT)
    reached_at = text.reports_at if isinstance(text, HttpSmsSettings) else ""
    return f"{reached_at or _own_address(request)}/api/texts/incoming/{actor.organisation}/{key}"


@router.delete("/api/outbox/providers/{channel}", status_code=204)
async def remove_provider(channel: Channel, actor: SignedIn, services: Services) -> None:
    """From now on messages are only shown."""
    await services.organisations.messages.remove_provider(actor, channel)


@router.post("/api/outbox/test", status_code=201)
async def send_test(wanted: TestWanted, actor: SignedIn, services: Services) -> MessageShown:
    """Write a test message. Look what becomes of it."""
    message = await services.organisations.messages.test(actor, wanted.channel, wanted.receiver)
    return MessageShown.of(message, message.text)


@router.get("/api/outbox/{id}")
async def message(id: MessagePath, actor: SignedIn, services: Services) -> MessageShown:
    """How it stands with one message, without its text."""
    return MessageShown.of(await services.organisations.messages.one(actor, id), None)


@router.post("/api/people/{key}/invitation/mail", status_code=201)
async def mail_invitation(key: PersonPath, request: Request, actor: SignedIn, services: Services) -> InvitationMailed:
    """Make a link by which the person sets a password, and mail it to them. It holds for three days and one use."""
    invitations = services.organisations.messages.invitations
    message, until = await invitations.send(actor, PersonKey(key), _own_address(request))
    return InvitationMailed(message=MessageShown.of(message, None), expires_at=until)


def _own_address(request: Request) -> str:
    """Of this installation, as the browser knows it: behind a proxy only that is sure to be right."""
    return request.headers.get("origin") or f"{request.url.scheme}://{request.url.netloc}"


@router.post("/api/outbox/reports/{organisation}/{id}/{key}", status_code=204)
async def report(
    organisation: Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{0,47}$")],
    id: MessagePath,
    key: Annotated[str, Path(max_length=64)],
    services: Services,
    status: Annotated[str, Form(max_length=40)],
    reason: Annotated[str, Form(max_length=300)] = "",
) -> None:
    """A provider tells what became of a message: `delivered`, `failed`, or anything that is not the end yet.

    It was given this address with the message. https://46elks.com/docs/sms-delivery-reports
    """
    state = ReportState(status) if status in set(ReportState) else None
    await services.organisations.messages.reported(OrganisationId(organisation), id, key, state, reason)
