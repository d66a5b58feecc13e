"""Notices on one's own devices of calls that are offered."""

import base64
import binascii
from typing import Annotated

from fastapi import Query, Request

from svarhus.adapters.webpush.encryption import SECRET_SIZE, UnusableKeys, point_of, public_key
from svarhus.app.api.access import COOKIE, Services, SignedIn
from svarhus.app.api.models.push import PushNow, PushSubscription, PushTold
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.app.api.services import ApiServices
from svarhus.domains.push.service import Push
from svarhus.kit.errors import NotFound
from svarhus.ports.push import PushTarget

router = ApiRouter(prefix="/api/me/push", tags=["push"], responses=PROBLEMS)

Endpoint = Annotated[str, Query(max_length=2000)]


class PushNotThere(NotFound):
    id = "push-not-there"
    title = "Notices are not sent from here"


@router.get("")
async def push_now(actor: SignedIn, services: Services) -> PushNow:
    """With what a browser subscribes, and how many of your devices are told."""
    push = _push(services)
    return PushNow(key=push.public_key, devices=await push.devices(actor))


@router.put("/subscription", status_code=204)
async def subscribe(request: Request, subscription: PushSubscription, actor: SignedIn, services: Services) -> None:
    """Tell this browser of calls that are offered to you, until you sign out."""
    receiver, secret = _decoded(subscription.keys.p256dh), _decoded(subscription.keys.auth)
    if len(secret) != SECRET_SIZE:
        raise UnusableKeys(f"`auth` must be {SECRET_SIZE} bytes.", "Subscribe again.")
    target = PushTarget(subscription.endpoint, point_of(public_key(receiver)), secret)
    await _push(services).subscribe(actor, request.cookies.get(COOKIE), target, subscription.language)


@router.delete("/subscription", status_code=204)
async def unsubscribe(endpoint: Endpoint, actor: SignedIn, services: Services) -> None:
    """Tell this browser no more."""
    await _push(services).unsubscribe(actor, endpoint)


@router.post("/test")
async def test_push(actor: SignedIn, services: Services) -> PushTold:
    """Show a notice on all of your devices, to see that they come."""
    told = await _push(services).test(actor)
    return PushTold(taken=told.taken, devices=told.devices)


def _push(services: ApiServices) -> Push:
    if services.push is None:
        raise PushNotThere("This installation sends no notices.", "Notices in the page itself work all the same.")
    return services.push


def _decoded(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise UnusableKeys("The keys are not in base64url.", "Subscribe again.") from error
