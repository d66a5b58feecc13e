"""One's own account: who one is, password, second factor, sessions, card, settings."""

from typing import Annotated

from fastapi import Path, Query, Request

from svarhus.app.api.access import COOKIE, Services, SignedIn
from svarhus.app.api.models.me import (
    Code,
    LanguageChosen,
    Me,
    NewPin,
    OwnCardShown,
    PasswordChange,
    PasswordSent,
    PhonePassword,
    PinShown,
    QrCodeShown,
    RecoveryCodes,
    SecondFactorShown,
    SecondFactorStatus,
    SessionShown,
)
from svarhus.app.api.pictures import PHOTO_SENT, PhotoKept
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.app.api.services import ApiServices
from svarhus.domains.organisation.choices import presentable
from svarhus.domains.people.errors import NoPerson
from svarhus.domains.people.model import OwnCard
from svarhus.domains.people.preferences import Preferences
from svarhus.domains.people.rights import Actor, Right
from svarhus.domains.people.ways_in import person_of
from svarhus.domains.signin.second_factor import NewSecondFactor
from svarhus.kit.ids import PersonKey

router = ApiRouter(prefix="/api/me", tags=["me"], responses=PROBLEMS)


@router.get("")
async def me(actor: SignedIn, services: Services) -> Me:
    """Who you are here, and what you may do."""
    return await me_of(actor, services)


async def me_of(actor: Actor, services: ApiServices) -> Me:
    _, configuration = await services.organisations.repository.load(actor.organisation)
    organisation = configuration.organisation
    person = person_of(configuration, actor.person) if actor.person else None
    on = bool(actor.person) and (await _second_factor(actor, services)).on
    return Me(
        organisation=actor.organisation,
        organisation_name=organisation.name,
        person=actor.person,
        name=actor.name,
        shown_name=person.name if person else actor.name,
        role=actor.role_key,
        role_name=next((role.name for role in configuration.roles if role.key == actor.own_role), None),
        rights=tuple(right for right in Right if right in actor.rights),
        language=person.language if person else organisation.language,
        second_factor=on,
    )


# ---- password and phone


@router.put("/password", status_code=204)
async def change_password(request: Request, change: PasswordChange, actor: SignedIn, services: Services) -> None:
    """Change your own password. Your other sessions end."""
    token = request.cookies.get(COOKIE)
    await services.organisations.sign_in.change_password(actor, token, change.present, change.new)


@router.get("/phone-password")
async def phone_password(actor: SignedIn, services: Services) -> PhonePassword | None:
    """The password with which your own phone registers under your extension; null when you have none."""
    password = await services.centre.phones.password(actor)
    return PhonePassword(password=password) if password else None


# ---- PIN


@router.get("/pin")
async def pin(actor: SignedIn, services: Services) -> PinShown:
    """Whether you have a PIN, by which you log in and out of queues at any telephone."""
    status = await services.organisations.pins.status(actor)
    return PinShown(since=status.since, digits=status.digits, numbers=status.numbers)


@router.put("/pin", status_code=204)
async def set_pin(sent: NewPin, actor: SignedIn, services: Services) -> None:
    """Set your PIN. Nobody can read it afterwards."""
    await services.organisations.pins.set(actor, sent.pin)


@router.delete("/pin", status_code=204)
async def clear_pin(actor: SignedIn, services: Services) -> None:
    """From now on no PIN of yours fits."""
    await services.organisations.pins.clear(actor)


# ---- second factor


@router.get("/second-factor")
async def second_factor(actor: SignedIn, services: Services) -> SecondFactorStatus:
    return await _second_factor(actor, services)


@router.post("/second-factor", status_code=201)
async def begin_second_factor(sent: PasswordSent, actor: SignedIn, services: Services) -> SecondFactorShown:
    """Begin to set one up. It is on when a code of the app was sent back."""
    person = await services.organisations.sign_in.check_password(actor, sent.password)
    begun = await services.organisations.second_factors.begin(actor.organisation, person)
    return shown_second_factor(begun)


@router.post("/second-factor/confirm", status_code=201)
async def confirm_second_factor(sent: Code, actor: SignedIn, services: Services) -> RecoveryCodes:
    """Turn it on with the code that the app shows."""
    codes = await services.organisations.second_factors.confirm(actor.organisation, _person(actor), sent.code)
    return RecoveryCodes(codes=codes)


@router.post("/second-factor/off", status_code=204)
async def turn_second_factor_off(sent: PasswordSent, actor: SignedIn, services: Services) -> None:
    person = await services.organisations.sign_in.check_password(actor, sent.password)
    await services.organisations.second_factors.turn_off(actor.organisation, person)


@router.post("/second-factor/recovery-codes", status_code=201)
async def renew_recovery_codes(sent: PasswordSent, actor: SignedIn, services: Services) -> RecoveryCodes:
    """New ones. The old ones are of no use any more."""
    person = await services.organisations.sign_in.check_password(actor, sent.password)
    codes = await services.organisations.second_factors.renew_recovery_codes(actor.organisation, person)
    return RecoveryCodes(codes=codes)


# ---- sessions


@router.get("/sessions")
async def sessions(request: Request, actor: SignedIn, services: Services) -> tuple[SessionShown, ...]:
    """Where you are signed in, the one that was used last first."""
    token = request.cookies.get(COOKIE)
    this = await services.organisations.sign_in.session_id(token) if token else None
    return tuple(
        SessionShown(
            id=each.id,
            device=each.device,
            address=each.address,
            began_at=each.created_at,
            seen_at=each.seen_at,
            expires_at=each.expires_at,
            this_one=each.id == this,
        )
        for each in await services.organisations.sign_in.sessions(actor)
    )


@router.delete("/sessions", status_code=204)
async def end_sessions(
    request: Request,
    actor: SignedIn,
    services: Services,
    others: Annotated[bool, Query(description="But for this one.")] = False,
) -> None:
    """Sign out everywhere."""
    but = request.cookies.get(COOKIE) if others else None
    await services.organisations.sign_in.end_sessions(actor, but)


@router.delete("/sessions/{id}", status_code=204)
async def end_session(id: Annotated[str, Path(max_length=64)], actor: SignedIn, services: Services) -> None:
    """Sign out where this session is."""
    await services.organisations.sign_in.end_session(actor, id)


# ---- card and settings


@router.get("/card", response_model_exclude={"card": {"password", "phone_password"}})
async def card(actor: SignedIn, services: Services) -> OwnCardShown:
    _, configuration = await services.organisations.repository.load(actor.organisation)
    card = person_of(configuration, _person(actor))
    return OwnCardShown(card=card, presentable=presentable(configuration, card))


@router.put("/card", response_model_exclude={"card": {"password", "phone_password"}})
async def change_card(wanted: OwnCard, actor: SignedIn, services: Services) -> OwnCardShown:
    """Change what everybody may of their own card."""
    configuration = await services.organisations.own_cards.choose(actor, wanted.model_dump())
    card = person_of(configuration, _person(actor))
    return OwnCardShown(card=card, presentable=presentable(configuration, card))


@router.put("/language", status_code=204)
async def set_language(wanted: LanguageChosen, actor: SignedIn, services: Services) -> None:
    """Change the language of your console and of what you hear."""
    await services.organisations.own_cards.choose(actor, {"language": wanted.language})


@router.get("/preferences")
async def preferences(actor: SignedIn, services: Services) -> Preferences:
    """Your own settings."""
    return await services.organisations.preferences.of(actor)


@router.put("/preferences")
async def set_preferences(wanted: Preferences, actor: SignedIn, services: Services) -> Preferences:
    return await services.organisations.preferences.set(actor, wanted)


@router.put("/photo", openapi_extra=PHOTO_SENT)
async def set_photo(request: Request, actor: SignedIn, services: Services) -> PhotoKept:
    """Set your own photo: a JPEG, PNG or WebP, of which the middle square is kept."""
    sha256 = await services.organisations.photos.put(actor, _person(actor), await request.body())
    return PhotoKept(sha256=sha256)


@router.delete("/photo", status_code=204)
async def remove_photo(actor: SignedIn, services: Services) -> None:
    await services.organisations.photos.remove(actor, _person(actor))


def shown_second_factor(begun: NewSecondFactor) -> SecondFactorShown:
    drawn = QrCodeShown(size=begun.qr_code.size, path=begun.qr_code.path)
    return SecondFactorShown(secret=begun.secret, address=begun.address, qr_code=drawn)


def _person(actor: Actor) -> PersonKey:
    if actor.person is None:
        raise NoPerson("A token is no person.", "Sign in as a person.")
    return actor.person


async def _second_factor(actor: Actor, services: ApiServices) -> SecondFactorStatus:
    state = await services.organisations.second_factors.state(actor.organisation, _person(actor))
    return SecondFactorStatus(
        on=state.on, since=state.since, recovery_codes_left=state.recovery_codes_left, required=state.required
    )
