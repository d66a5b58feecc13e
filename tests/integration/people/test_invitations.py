"""Links by which people set a password, and the list of where they are signed in."""

from datetime import timedelta

import pytest

from integration.conftest import TestClock
from integration.people.conftest import ANNA, BO, CLINIC, HERE, People, actions
from svarhus.domains.people.devices import device_name
from svarhus.domains.people.errors import NoInvitation, NoPerson, NoSession, TooManyAttempts, WeakPassword
from svarhus.domains.people.rights import Actor, Role
from svarhus.domains.people.tickets import INVITATION_LASTS
from svarhus.domains.signin.service import NewSession, Origin
from svarhus.kit.errors import NotSignedIn, Refused
from svarhus.kit.ids import OrganisationId, PersonKey


async def test_a_link_sets_a_password_once(people: People) -> None:
    before = await people.session("bo")
    secret, _ = await people.wired.invitations.make(await people.actor("anna"), BO)
    invited = await people.wired.invitations.look(secret, HERE)
    assert (invited.name, invited.organisation) == ("Bo", "The clinic")
    with pytest.raises(WeakPassword):
        await people.wired.invitations.accept(secret, "bo", HERE)
    begun = await people.wired.invitations.accept(secret, "battery staple", HERE)
    assert isinstance(begun, NewSession)
    with pytest.raises(NotSignedIn):
        await people.wired.sign_in.signed_in(before.token)
    with pytest.raises(NoInvitation):
        await people.wired.invitations.accept(secret, "horse battery", HERE)
    await people.session("bo", "battery staple")
    assert {"invitation-made", "password-set"} <= set(await actions(people.wired))


async def test_a_link_does_not_go_round_the_second_factor(people: People) -> None:
    await people.second_factor(BO)
    secret, _ = await people.wired.invitations.make(await people.actor("anna"), BO)
    assert not isinstance(await people.wired.invitations.accept(secret, "battery staple", HERE), NewSession)


async def test_links_end(people: People, clock: TestClock) -> None:
    anna = await people.actor("anna")
    first, _ = await people.wired.invitations.make(anna, BO)
    second, _ = await people.wired.invitations.make(anna, BO)
    with pytest.raises(NoInvitation):
        await people.wired.invitations.look(first, HERE)
    assert set(await people.wired.invitations.waiting(CLINIC)) == {"bo"}
    clock.pass_by(INVITATION_LASTS)
    with pytest.raises(NoInvitation):
        await people.wired.invitations.look(second, HERE)
    third, _ = await people.wired.invitations.make(anna, BO)
    await people.wired.invitations.withdraw(anna, BO)
    with pytest.raises(NoInvitation):
        await people.wired.invitations.look(third, HERE)


async def test_guessing_links_is_slowed_down(people: People) -> None:
    for number in range(20):
        with pytest.raises(NoInvitation):
            await people.wired.invitations.look(f"guess {number}", HERE)
    with pytest.raises(TooManyAttempts):
        await people.wired.invitations.look("another", HERE)


async def test_only_who_may_help_others_makes_links(people: People) -> None:
    with pytest.raises(Refused):
        await people.wired.invitations.make(await people.actor("bo"), ANNA)
    stranger = Actor(OrganisationId("clinic"), Role.ADMINISTRATOR, "anna")
    with pytest.raises(NoPerson):
        await people.wired.invitations.make(stranger, PersonKey("nobody"))


async def test_the_list_of_sessions(people: People, clock: TestClock) -> None:
    first = await people.session("bo")
    clock.pass_by(timedelta(minutes=5))
    elsewhere = await people.wired.sign_in.sign_in(
        "bo@clinic.example", "correct horse", Origin("192.0.2.7", "Safari, iPhone")
    )
    assert isinstance(elsewhere, NewSession)
    bo = first.actor
    listed = await people.wired.sign_in.sessions(bo)
    assert [(each.device, each.address) for each in listed] == [
        ("Safari, iPhone", "192.0.2.7"),
        ("Firefox, Linux", "192.0.2.1"),
    ]
    assert await people.wired.sign_in.session_id(first.token) == listed[1].id
    with pytest.raises(NoSession):
        await people.wired.sign_in.end_session(await people.actor("anna"), listed[0].id)
    await people.wired.sign_in.end_session(bo, listed[0].id)
    with pytest.raises(NotSignedIn):
        await people.wired.sign_in.signed_in(elsewhere.token)
    another = await people.session("bo")
    await people.wired.sign_in.end_sessions(bo, but=first.token)
    with pytest.raises(NotSignedIn):
        await people.wired.sign_in.signed_in(another.token)
    await people.wired.sign_in.end_sessions(bo)
    with pytest.raises(NotSignedIn):
        await people.wired.sign_in.signed_in(first.token)


async def test_how_it_stands_with_everybodys_way_in(people: People) -> None:
    anna = await people.actor("anna")
    await people.second_factor(BO)
    await people.wired.invitations.make(anna, BO)
    ways = {way.person: way for way in await people.wired.sign_in.overview(anna)}
    assert ways["bo"].second_factor and ways["bo"].has_password and ways["bo"].invited_until
    assert ways["bo"].seen_at is None
    assert ways["anna"].seen_at is not None


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0"
            " Safari/537.36 Edg/140.0.0.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
            " Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        ("curl/8.5.0", "curl/8.5.0"),
        ("<script>\x07 x", "<script>"),
        ("", ""),
    ],
)
def test_devices_are_named_as_people_know_them(agent: str, name: str) -> None:
    assert device_name(agent) == name
