"""What administrators do for people besides their cards: photos, invitations, passwords, second factors; and what
roles may do."""

from typing import Annotated, Any

from fastapi import Header, Path, Query, Request, Response

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.models.me import PhonePassword
from svarhus.app.api.models.people import (
    InvitationMade,
    Membership,
    Memberships,
    NewPassword,
    PhotoOf,
    RightShown,
    RightsShown,
    SignInOf,
    SystemRole,
)
from svarhus.app.api.pictures import PHOTO_SENT, PhotoKept
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.parts import with_memberships
from svarhus.domains.people.meanings import meaning
from svarhus.domains.people.projection import person_shown_to
from svarhus.domains.people.rights import RIGHTS, SYSTEM_ROLES, Right
from svarhus.domains.photos.pictures import MEDIA_TYPE
from svarhus.domains.queues.model import Member
from svarhus.kit.ids import PersonKey

router = ApiRouter(tags=["people"], responses=PROBLEMS)

PersonPath = Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{0,47}$")]

_PHOTO_GIVEN: dict[int | str, dict[str, Any]] = {
    200: {"content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}},
    304: {"description": "You have it."},
}


@router.get("/api/rights", tags=["roles"])
async def rights(actor: SignedIn) -> RightsShown:
    """All rights, with their meaning in English, and what the system's roles give."""
    shown = []
    for right in Right:
        words = meaning(right)
        shown.append(RightShown(key=right, group=words.group, name=words.name, text=words.text))
    roles = (
        SystemRole(key=role, rights=tuple(right for right in Right if right in RIGHTS[role])) for role in SYSTEM_ROLES
    )
    return RightsShown(rights=tuple(shown), system_roles=tuple(roles))


@router.put("/api/people/{key}/password", status_code=204)
async def set_password(key: PersonPath, wanted: NewPassword, actor: SignedIn, services: Services) -> None:
    """Set somebody else's password. All of that person's sessions end."""
    await services.organisations.sign_in.set_password(actor, PersonKey(key), wanted.new)


@router.post("/api/people/{key}/phone-password", status_code=201)
async def new_phone_password(key: PersonPath, actor: SignedIn, services: Services) -> PhonePassword:
    """Make up a new password for the person's phone, shown this once. The phone must be given it."""
    return PhonePassword(password=await services.organisations.service.new_phone_password(actor, PersonKey(key)))


@router.post("/api/people/{key}/invitation", status_code=201)
async def invite(key: PersonPath, actor: SignedIn, services: Services) -> InvitationMade:
    """Make a link by which the person sets a password. It holds for three days and for one use."""
    secret, expires_at = await services.organisations.invitations.make(actor, PersonKey(key))
    # Behind the #, so that the secret is sent to no server and stands in no log.
    return InvitationMade(path=f"/invitation#{secret}", expires_at=expires_at)


@router.delete("/api/people/{key}/invitation", status_code=204)
async def withdraw_invitation(key: PersonPath, actor: SignedIn, services: Services) -> None:
    """Let the person's link be of no use any more."""
    await services.organisations.invitations.withdraw(actor, PersonKey(key))


@router.delete("/api/people/{key}/second-factor", status_code=204)
async def reset_second_factor(key: PersonPath, actor: SignedIn, services: Services) -> None:
    """Take away the second factor of somebody who has lost it. The person's sessions end."""
    await services.organisations.second_factors.reset(actor, PersonKey(key))


@router.delete("/api/people/{key}/pin", status_code=204)
async def clear_pin(key: PersonPath, actor: SignedIn, services: Services) -> None:
    """Take away the PIN by which the person logs in and out of queues at any telephone. The person sets another."""
    await services.organisations.pins.clear_for(actor, PersonKey(key))


@router.delete("/api/people/{key}/sessions", status_code=204)
async def end_sessions(key: PersonPath, actor: SignedIn, services: Services) -> None:
    """Sign somebody out everywhere."""
    await services.organisations.sign_in.end_sessions_of(actor, PersonKey(key))


@router.get("/api/sign-ins")
async def sign_ins(actor: SignedIn, services: Services) -> tuple[SignInOf, ...]:
    """How it stands with everybody's way in."""
    found = await services.organisations.sign_in.overview(actor)
    return tuple(
        SignInOf(
            person=each.person,
            has_password=each.has_password,
            second_factor=each.second_factor,
            has_pin=each.has_pin,
            invited_until=each.invited_until,
            seen_at=each.seen_at,
        )
        for each in found
    )


# ---- queues


@router.get("/api/people/{key}/queues")
async def memberships(key: PersonPath, actor: SignedIn, services: Services) -> Memberships:
    """The queues that the person is a member of."""
    _, configuration = await services.organisations.service.current(actor)
    person_shown_to(actor, configuration, key)
    return _memberships(configuration, key)


@router.put("/api/people/{key}/queues")
async def set_memberships(key: PersonPath, wanted: Memberships, actor: SignedIn, services: Services) -> Memberships:
    """Let the person be a member of just these queues."""
    members = {
        each.queue: Member(person=key, starts_logged_in=each.starts_logged_in, priority=each.priority)
        for each in wanted.queues
    }
    applied = await services.organisations.service.change(
        actor, lambda before: with_memberships(before, key, members), f"changed the queues of {key}"
    )
    return _memberships(applied.configuration, key)


def _memberships(configuration: Configuration, key: str) -> Memberships:
    return Memberships(
        queues=tuple(
            Membership(queue=queue.key, starts_logged_in=member.starts_logged_in, priority=member.priority)
            for queue in configuration.queues
            for member in queue.members
            if member.person == key
        )
    )


# ---- photos


@router.get("/api/photos")
async def photos(actor: SignedIn, services: Services) -> tuple[PhotoOf, ...]:
    """Who has a photo."""
    found = await services.organisations.photos.all(actor)
    return tuple(PhotoOf(person=person, sha256=sha256) for person, sha256 in found.items())


@router.get("/api/people/{key}/photo", responses=_PHOTO_GIVEN)
async def photo(
    key: PersonPath,
    actor: SignedIn,
    services: Services,
    v: Annotated[str, Query(max_length=64, description="The hash: then browsers keep it for good.")] = "",
    if_none_match: Annotated[str, Header(max_length=200)] = "",
) -> Response:
    """A person's photo, a square WebP."""
    found = await services.organisations.photos.photo(actor, key)
    lasts = "max-age=31536000, immutable" if v == found.sha256 else "no-cache"
    headers = {"ETag": f'"{found.sha256}"', "Cache-Control": f"private, {lasts}"}
    if found.sha256 in if_none_match:
        return Response(status_code=304, headers=headers)
    return Response(found.image, media_type=MEDIA_TYPE, headers=headers)


@router.put("/api/people/{key}/photo", openapi_extra=PHOTO_SENT)
async def set_photo(key: PersonPath, request: Request, actor: SignedIn, services: Services) -> PhotoKept:
    """Set somebody's photo: a JPEG, PNG or WebP, of which the middle square is kept."""
    return PhotoKept(sha256=await services.organisations.photos.put(actor, key, await request.body()))


@router.delete("/api/people/{key}/photo", status_code=204)
async def remove_photo(key: PersonPath, actor: SignedIn, services: Services) -> None:
    await services.organisations.photos.remove(actor, key)
