"""People sign in; who does not know the password is kept out."""

import asyncio
from datetime import timedelta

import pytest
import pytest_asyncio
from msgspec.structs import replace

from integration.conftest import TestClock
from svarhus.app.organisations import Organisations
from svarhus.domains.people.attempts import FREE_OF_ACCOUNT, LONGEST_OF_ACCOUNT
from svarhus.domains.people.errors import NoPerson, NoToken, TooManyAttempts, WeakPassword, WrongPassword, WrongSignIn
from svarhus.domains.people.rights import Actor, Role
from svarhus.domains.signin.service import IDLE, LONGEST, NewSession, Origin
from svarhus.kit.clock import Instant
from svarhus.kit.errors import Invalid, NotSignedIn, Refused
from svarhus.kit.ids import OrganisationId, PersonKey
from unit.organisation.small_file import SMALL

CLINIC = OrganisationId("clinic")
PASSWORD = "correct horse"
HERE = "192.0.2.1"


@pytest_asyncio.fixture(autouse=True)
async def clinic(wired: Organisations) -> None:
    """Anna is administrator, Bo is user; both have a password."""
    text = SMALL
    for person in ("anna", "bo"):
        text = text.replace(f"    email: {person}@", f"    password: {PASSWORD}\n    email: {person}@")
    await wired.service.apply_file(text.encode())


async def sign_in(wired: Organisations, person: str = "anna", password: str = PASSWORD, address: str = HERE) -> Actor:
    return (await begin(wired, f"{person}@clinic.example", password, address)).actor


async def begin(
    wired: Organisations, email: str = "anna@clinic.example", password: str = PASSWORD, address: str = HERE
) -> NewSession:
    begun = await wired.sign_in.sign_in(email, password, Origin(address))
    assert isinstance(begun, NewSession)
    return begun


async def test_the_right_password_begins_a_session(wired: Organisations) -> None:
    begun = await begin(wired, " Anna@Clinic.example ")
    assert begun.actor == Actor(CLINIC, Role.ADMINISTRATOR, "anna", PersonKey("anna"))
    assert await wired.sign_in.signed_in(begun.token) == begun.actor


@pytest.mark.parametrize(("person", "password"), [("anna", "wrong"), ("nobody", PASSWORD), ("anna", "")])
async def test_a_wrong_sign_in_does_not_say_what_is_wrong(wired: Organisations, person: str, password: str) -> None:
    with pytest.raises(WrongSignIn) as raised:
        await sign_in(wired, person, password)
    assert raised.value.detail == "The e-mail address and the password do not go together."


async def test_an_account_waits_longer_after_each_failure(wired: Organisations, clock: TestClock) -> None:
    for _ in range(3):
        with pytest.raises(WrongSignIn):
            await sign_in(wired, password="wrong")
    for seconds in (1, 2, 4, 8):
        with pytest.raises(TooManyAttempts):
            await sign_in(wired)
        clock.pass_by(timedelta(seconds=seconds - 0.1))
        with pytest.raises(TooManyAttempts):
            await sign_in(wired)
        clock.pass_by(timedelta(seconds=0.2))
        with pytest.raises(WrongSignIn):
            await sign_in(wired, password="wrong")
    clock.pass_by(timedelta(minutes=5))
    assert (await sign_in(wired)).person == "anna"


async def test_the_right_password_forgives_the_account(wired: Organisations) -> None:
    for number in range(5):
        for _ in range(2):
            with pytest.raises(WrongSignIn):
                await sign_in(wired, password="wrong", address=f"192.0.2.{number}")
        await sign_in(wired)


async def test_an_address_that_tries_many_accounts_must_wait(wired: Organisations) -> None:
    for number in range(20):
        with pytest.raises(WrongSignIn):
            await sign_in(wired, f"guess{number}")
    with pytest.raises(TooManyAttempts):
        await sign_in(wired)
    assert (await sign_in(wired, address="192.0.2.2")).person == "anna"


async def test_attempts_at_the_same_time_cannot_slip_by(wired: Organisations) -> None:
    attempts = [sign_in(wired, password="wrong") for _ in range(20)]
    outcomes = await asyncio.gather(*attempts, return_exceptions=True)
    assert sum(isinstance(outcome, WrongSignIn) for outcome in outcomes) == 3
    assert sum(isinstance(outcome, TooManyAttempts) for outcome in outcomes) == 17


async def test_strangers_do_not_keep_somebody_out(wired: Organisations, clock: TestClock) -> None:
    known = await begin(wired)
    for number in range(FREE_OF_ACCOUNT + 5):
        with pytest.raises((WrongSignIn, TooManyAttempts)):
            await sign_in(wired, password="wrong", address=f"198.51.100.{number}")
        clock.pass_by(timedelta(milliseconds=1))
    for _ in range(25):
        with pytest.raises((WrongSignIn, TooManyAttempts)):
            await sign_in(wired, password="wrong")
    # From a new place it may take some seconds, from where somebody has signed in before it takes none.
    with pytest.raises(TooManyAttempts) as later:
        await sign_in(wired, address="203.0.113.1")
    assert later.value.seconds <= LONGEST_OF_ACCOUNT.total_seconds() + 1
    again = await wired.sign_in.sign_in("anna@clinic.example", PASSWORD, Origin(HERE, known_as=known.known_as))
    assert isinstance(again, NewSession) and again.known_as == known.known_as


async def test_a_known_device_guesses_no_faster(wired: Organisations) -> None:
    known = Origin("203.0.113.1", known_as=(await begin(wired)).known_as)
    for _ in range(3):
        with pytest.raises(WrongSignIn):
            await wired.sign_in.sign_in("anna@clinic.example", "wrong", known)
    with pytest.raises(TooManyAttempts):
        await wired.sign_in.sign_in("anna@clinic.example", PASSWORD, known)
    # It is known to Anna alone, and what is no device of ours is not taken over.
    for _ in range(4):
        with pytest.raises((WrongSignIn, TooManyAttempts)):
            await wired.sign_in.sign_in("bo@clinic.example", "wrong", known)
    with pytest.raises(TooManyAttempts):
        await wired.sign_in.sign_in("bo@clinic.example", PASSWORD, known)
    planted = await wired.sign_in.sign_in("bo@clinic.example", PASSWORD, Origin(HERE, known_as="planted"))
    assert isinstance(planted, NewSession) and planted.known_as != "planted"


async def test_the_e_mail_field_reaches_no_other_counter(wired: Organisations) -> None:
    for email in ("clinic/anna", "clinic/anna/code", "code clinic/anna", "person clinic/anna"):
        for _ in range(3):
            with pytest.raises((WrongSignIn, TooManyAttempts)):
                await begin(wired, email, address="198.51.100.7")
    anna = await sign_in(wired)
    await wired.sign_in.check_password(anna, PASSWORD)


async def test_sessions_end(wired: Organisations, clock: TestClock) -> None:
    begun = await begin(wired)
    for _ in range(int(LONGEST / timedelta(hours=8)) - 1):
        clock.pass_by(timedelta(hours=8))
        await wired.sign_in.signed_in(begun.token)
    clock.pass_by(timedelta(hours=9))
    with pytest.raises(NotSignedIn):
        await wired.sign_in.signed_in(begun.token)


async def test_an_idle_session_ends(wired: Organisations, clock: TestClock) -> None:
    begun = await begin(wired)
    clock.pass_by(IDLE)
    with pytest.raises(NotSignedIn):
        await wired.sign_in.signed_in(begun.token)
    await wired.sign_in.forget_old()


async def test_signing_out_ends_the_session(wired: Organisations) -> None:
    begun = await begin(wired)
    await wired.sign_in.sign_out(begun.token)
    with pytest.raises(NotSignedIn):
        await wired.sign_in.signed_in(begun.token)


async def test_a_new_password_ends_the_other_sessions(wired: Organisations) -> None:
    here = await begin(wired)
    there = await begin(wired)
    await wired.sign_in.change_password(here.actor, here.token, PASSWORD, "battery staple")
    await wired.sign_in.signed_in(here.token)
    with pytest.raises(NotSignedIn):
        await wired.sign_in.signed_in(there.token)
    with pytest.raises(WrongSignIn):
        await sign_in(wired)
    await sign_in(wired, password="battery staple")


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaa", "I am anna!", "x" * 201, "Sommar2027!"])
async def test_weak_passwords_are_refused(wired: Organisations, password: str) -> None:
    actor = await sign_in(wired)
    with pytest.raises(WeakPassword):
        await wired.sign_in.change_password(actor, None, PASSWORD, password)


async def test_the_present_password_must_be_right(wired: Organisations) -> None:
    actor = await sign_in(wired)
    with pytest.raises(WrongPassword):
        await wired.sign_in.change_password(actor, None, "wrong", "battery staple")


async def test_administrators_set_others_passwords(wired: Organisations) -> None:
    anna, bo = await sign_in(wired), await sign_in(wired, "bo")
    await wired.sign_in.set_password(anna, PersonKey("bo"), "battery staple")
    assert await sign_in(wired, "bo", "battery staple") == bo
    with pytest.raises(Refused):
        await wired.sign_in.set_password(bo, PersonKey("anna"), "battery staple")
    with pytest.raises(NoPerson):
        await wired.sign_in.set_password(anna, PersonKey("nobody"), "battery staple")


async def test_a_changed_role_holds_at_once(wired: Organisations) -> None:
    begun = await begin(wired, "bo@clinic.example")
    await wired.service.apply_file(SMALL.replace("    email: bo@", "    role: team_leader\n    email: bo@").encode())
    assert (await wired.sign_in.signed_in(begun.token)).role is Role.TEAM_LEADER


# ---- API tokens


async def test_a_token_signs_in_until_it_is_revoked(wired: Organisations) -> None:
    anna = await sign_in(wired)
    secret, token = await wired.tokens.make(anna, "reports", Role.TEAM_LEADER)
    assert await wired.tokens.signed_in(secret) == Actor(CLINIC, Role.TEAM_LEADER, "token:reports", answerable="anna")
    (listed,) = await wired.tokens.all(anna)
    assert listed.last_used_at is not None
    assert replace(listed, last_used_at=None) == token
    await wired.tokens.revoke(anna, token.id)
    with pytest.raises(NotSignedIn):
        await wired.tokens.signed_in(secret)
    with pytest.raises(NoToken):
        await wired.tokens.revoke(anna, token.id)


async def test_a_token_expires(wired: Organisations, clock: TestClock) -> None:
    anna = await sign_in(wired)
    with pytest.raises(Invalid):
        await wired.tokens.make(anna, "reports", Role.USER, clock.now())
    expires_at = Instant(clock.now() + timedelta(days=1))
    secret, _ = await wired.tokens.make(anna, "reports", Role.USER, expires_at)
    clock.pass_by(timedelta(days=1))
    with pytest.raises(NotSignedIn):
        await wired.tokens.signed_in(secret)


async def test_only_administrators_make_tokens(wired: Organisations) -> None:
    with pytest.raises(Refused):
        await wired.tokens.make(await sign_in(wired, "bo"), "mine", Role.USER)


async def test_a_token_of_another_organisation_cannot_be_revoked(wired: Organisations) -> None:
    anna = await sign_in(wired)
    _, token = await wired.tokens.make(anna, "reports", Role.USER)
    stranger = Actor(OrganisationId("other"), Role.ADMINISTRATOR, "eve")
    assert await wired.tokens.all(stranger) == ()
    with pytest.raises(NoToken):
        await wired.tokens.revoke(stranger, token.id)
