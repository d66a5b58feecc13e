"""Nobody gets in by a credential that could not be given now, and with a reset ends whatever let somebody in."""

from collections.abc import Callable

import pytest

from integration.people.conftest import ANNA, BO, CLINIC, HERE, People
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.parts import added, removed, replaced
from svarhus.domains.people.errors import NoInvitation, SignInExpired
from svarhus.domains.people.model import OwnRole, Person
from svarhus.domains.people.rights import RIGHTS, Actor, Right, Role, operator
from svarhus.domains.people.ways_in import person_of
from svarhus.domains.signin.service import NewSession
from svarhus.kit.errors import NotSignedIn, Refused
from svarhus.kit.ids import PersonKey

CARETAKER = RIGHTS[Role.USER] | {Right.CHANGE_PEOPLE, Right.SET_PASSWORDS, Right.MAKE_TOKENS}
"""Looks after the accounts of users."""


def changed(person: str, **wanted: object) -> Callable[[Configuration], Configuration]:
    def edit(before: Configuration) -> Configuration:
        return replaced(before, "people", person, person_of(before, person).model_copy(update=wanted))

    return edit


async def caretaker(people: People, *rights: Right) -> Actor:
    """Bo, who has a role of the organisation's own; Eva is there as user."""
    role = OwnRole(key="caretaker", name="Caretaker", rights=tuple(rights or sorted(CARETAKER)))
    eva = Person(key="eva", name="Eva", email="eva@clinic.example", extension="150", password="battery staple")

    def edit(before: Configuration) -> Configuration:
        return changed(BO, role="caretaker")(added(added(before, "roles", role), "people", eva))

    await people.wired.service.change(operator(CLINIC), edit, "a caretaker")
    return await people.actor("bo")


EVA = PersonKey("eva")


# ---- rights that rise later


@pytest.mark.feature("ROLE-01")
async def test_an_invitation_does_not_give_more_than_was_invited(people: People) -> None:
    bo = await caretaker(people)
    secret, _ = await people.wired.invitations.make(bo, EVA)
    assert (await people.wired.invitations.look(secret, HERE)).name == "Eva"
    await people.wired.service.change(operator(CLINIC), changed("eva", role="administrator"), "up")
    with pytest.raises(NoInvitation):
        await people.wired.invitations.look(secret, HERE)
    with pytest.raises(NoInvitation):
        await people.wired.invitations.accept(secret, "mine now, thanks", HERE)
    by_anna, _ = await people.wired.invitations.make(await people.actor("anna"), EVA)
    await people.wired.invitations.accept(by_anna, "correct staple", HERE)


async def test_an_administrators_invitation_does_not_rise_with_its_receiver(people: People) -> None:
    secret, _ = await people.wired.invitations.make(await people.actor("anna"), BO)
    await people.wired.service.change(operator(CLINIC), changed("bo", role="team_leader"), "up")
    with pytest.raises(NoInvitation):
        await people.wired.invitations.accept(secret, "mine now, thanks", HERE)


async def test_an_invitation_holds_no_longer_than_its_maker_may_make_it(people: People) -> None:
    bo = await caretaker(people)
    secret, _ = await people.wired.invitations.make(bo, EVA)
    another, _ = await people.wired.tokens.make(bo, "robot", Role.USER)
    assert (await people.wired.tokens.signed_in(another)).rights == RIGHTS[Role.USER]
    await people.wired.service.change(operator(CLINIC), changed("bo", role="user"), "down")
    with pytest.raises(NoInvitation):
        await people.wired.invitations.accept(secret, "battery staple", HERE)


async def test_a_token_gives_no_more_than_its_maker_has_now(people: People) -> None:
    anna = await people.actor("anna")
    await people.wired.service.change(operator(CLINIC), changed("bo", role="administrator"), "two of them")
    bo = await people.actor("bo")
    secret, _ = await people.wired.tokens.make(bo, "robot", Role.ADMINISTRATOR)
    robot = await people.wired.tokens.signed_in(secret)
    second, made = await people.wired.tokens.make(robot, "robot's own", Role.ADMINISTRATOR)
    assert made.created_by == "bo"
    await people.wired.service.change(anna, changed("bo", role="user"), "down")
    for each in (secret, second):
        assert (await people.wired.tokens.signed_in(each)).rights == RIGHTS[Role.USER]
    await people.wired.service.change(anna, lambda before: removed(before, "people", "bo"), "gone")
    for each in (secret, second):
        with pytest.raises(NotSignedIn):
            await people.wired.tokens.signed_in(each)


# ---- no credential of somebody with more rights


async def test_nobody_sets_or_reads_a_credential_of_somebody_with_more_rights(people: People) -> None:
    bo = await caretaker(people)
    kept = await people.wired.repository.phone_secrets(CLINIC)
    service = people.wired.service
    for secret in ({"password": "correct horse"}, {"password": "battery staple"}, {"phone_password": "vi7pohke"}):
        with pytest.raises(Refused):
            await service.change(bo, changed("anna", **secret), "taken over")
        await service.change(bo, changed("eva", **secret), "a user's")
    with pytest.raises(Refused):
        await service.new_phone_password(bo, ANNA)
    with pytest.raises(Refused):
        await people.wired.second_factors.reset(bo, ANNA)
    with pytest.raises(Refused):
        await people.wired.sign_in.end_sessions_of(bo, ANNA)
    assert (await people.wired.repository.phone_secrets(CLINIC)).people["anna"] == kept.people["anna"]
    await people.session("anna")


async def test_phone_passwords_are_for_those_who_may_set_passwords(people: People) -> None:
    bo = await caretaker(people, *(CARETAKER - {Right.SET_PASSWORDS}))
    for secret in ({"password": "correct horse"}, {"phone_password": "vi7pohke"}):
        with pytest.raises(Refused):
            await people.wired.service.change(bo, changed("eva", **secret), "taken over")


async def test_nobody_pulls_down_who_may_do_more(people: People) -> None:
    bo = await caretaker(people)
    await people.wired.service.change(operator(CLINIC), changed("eva", role="administrator"), "two of them")
    for edit in (
        changed("anna", role="user"),
        changed("anna", email="elsewhere@clinic.example"),
        lambda before: removed(before, "people", "anna"),
    ):
        with pytest.raises(Refused):
            await people.wired.service.change(bo, edit, "down")
    await people.wired.service.change(bo, changed("anna", title="Head"), "a title")


# ---- what ends with a reset


async def test_half_done_sign_ins_end_with_the_password(people: People) -> None:
    anna = await people.actor("anna")
    secret, _ = await people.second_factor(BO)
    step = await people.step("bo")
    invitation, _ = await people.wired.invitations.make(anna, BO)
    await people.wired.sign_in.set_password(anna, BO, "battery staple")
    with pytest.raises(SignInExpired):
        await people.wired.sign_in.enter_code(step.ticket, people.code(secret, 1), HERE)
    with pytest.raises(NoInvitation):
        await people.wired.invitations.accept(invitation, "correct staple", HERE)


@pytest.mark.parametrize("by", ["card", "own change"])
async def test_set_ups_end_with_the_password(people: People, by: str) -> None:
    bo = await people.session("bo")
    await people.wired.second_factors.begin(CLINIC, BO)
    if by == "card":
        await people.wired.service.change(operator(CLINIC), changed("bo", password="battery staple"), "reset")
        with pytest.raises(NotSignedIn):
            await people.wired.sign_in.signed_in(bo.token)
    else:
        await people.wired.sign_in.change_password(bo.actor, bo.token, "correct horse", "battery staple")
    state = await people.wired.second_factors.state(CLINIC, BO)
    assert not state.on
    begun = await people.session("bo", "battery staple")
    assert isinstance(begun, NewSession)


async def test_half_done_sign_ins_end_with_the_second_factor(people: People) -> None:
    anna = await people.actor("anna")
    secret, _ = await people.second_factor(BO)
    step = await people.step("bo")
    await people.wired.second_factors.reset(anna, BO)
    with pytest.raises(SignInExpired):
        await people.wired.sign_in.enter_code(step.ticket, people.code(secret, 1), HERE)


async def test_nobody_goes_on_with_a_password_that_was_changed_meanwhile(people: People) -> None:
    with pytest.raises(NotSignedIn):
        await people.wired.sign_in.let_in(CLINIC, BO, "the hash of a password that was changed meanwhile", HERE)
