"""Roles of the organisation's own, and that nobody lifts anybody above themselves."""

import pytest

from integration.people.conftest import ANNA, BO, CLINIC, People
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.parts import added, removed, replaced, with_memberships
from svarhus.domains.people.meanings import MEANINGS
from svarhus.domains.people.model import OwnCard, OwnField, OwnRole, Person, Unit
from svarhus.domains.people.rights import RIGHTS, SYSTEM_ROLES, Actor, Right, Role, operator
from svarhus.domains.people.ways_in import person_of
from svarhus.domains.queues.model import Member
from svarhus.kit.errors import Invalid, Refused

STAFF = frozenset({Right.SEE_CONFIGURATION, Right.CHANGE_PEOPLE, Right.CHANGE_ROLES, Right.SET_PASSWORDS})
"""What the role `staff` gives: to look after people, and nothing else."""


def role(key: str, *rights: Right) -> OwnRole:
    return OwnRole(key=key, name=key.capitalize(), copied_from=Role.TEAM_LEADER, rights=rights)


def with_role(configuration: Configuration, person: str, wanted: str) -> Configuration:
    before = person_of(configuration, person)
    return replaced(configuration, "people", person, before.model_copy(update={"role": wanted}))


async def staff(people: People) -> Actor:
    """Bo, who has the role `staff`."""

    def edit(before: Configuration) -> Configuration:
        return with_role(added(before, "roles", role("staff", *STAFF)), BO, "staff")

    await people.wired.service.change(operator(CLINIC), edit, "made a role")
    return await people.actor("bo")


@pytest.mark.feature("ROLE-01")
async def test_a_role_of_ones_own_gives_single_rights_and_falls_back_when_deleted(people: People) -> None:
    bo = await staff(people)
    assert (bo.role_key, bo.rights) == ("staff", STAFF)
    await people.wired.service.change(operator(CLINIC), lambda before: removed(before, "roles", "staff"), "deleted")
    bo = await people.actor("bo")
    assert (bo.role_key, bo.rights) == ("user", RIGHTS[Role.USER])
    assert [*SYSTEM_ROLES] == [Role.USER, Role.TEAM_LEADER, Role.ADMINISTRATOR]
    assert RIGHTS[Role.ADMINISTRATOR] == frozenset(Right)


async def test_a_right_holds_for_its_part_alone(people: People) -> None:
    bo = await staff(people)
    new = Person(key="eva", name="Eva", email="eva@clinic.example", extension="150")
    # A new person gets the role user, whose rights Bo has not got.
    with pytest.raises(Refused):
        await people.wired.service.change(bo, lambda before: added(before, "people", new), "added eva")
    light = new.model_copy(update={"role": "staff"})
    await people.wired.service.change(bo, lambda before: added(before, "people", light), "added eva")
    desk = {"desk": Member(person="eva", priority=2)}
    await people.wired.service.change(bo, lambda before: with_memberships(before, "eva", desk), "queues")
    with pytest.raises(Refused):
        await people.wired.service.change(
            bo, lambda before: added(before, "units", Unit(key="south", name="South")), "unit"
        )
    with pytest.raises(Refused):
        await people.wired.service.export(bo)


async def test_nobody_lifts_themselves_above_themselves(people: People) -> None:
    bo = await staff(people)
    with pytest.raises(Refused):
        await people.wired.service.change(bo, lambda before: with_role(before, BO, "administrator"), "up")
    more = role("staff", *STAFF, Right.SEE_AUDIT)
    with pytest.raises(Refused):
        await people.wired.service.change(bo, lambda before: replaced(before, "roles", "staff", more), "up")
    with pytest.raises(Refused):
        await people.wired.sign_in.set_password(bo, ANNA, "battery staple")
    with pytest.raises(Refused):
        await people.wired.invitations.make(bo, ANNA)

    def with_password(before: Configuration) -> Configuration:
        anna = person_of(before, ANNA).model_copy(update={"password": "battery staple"})
        return replaced(before, "people", ANNA, anna)

    with pytest.raises(Refused):
        await people.wired.service.change(bo, with_password, "taken over")
    await people.session("anna")


async def test_a_field_takes_its_values_along(people: People) -> None:
    def edit(before: Configuration) -> Configuration:
        with_field = added(before, "fields", OwnField(key="since", name="Since", kind="date"))
        bo = person_of(with_field, BO).model_copy(update={"fields": {"since": "2027-01-01"}})
        return replaced(with_field, "people", BO, bo)

    await people.wired.service.change(operator(CLINIC), edit, "added a field")
    applied = await people.wired.service.change(
        operator(CLINIC), lambda before: removed(before, "fields", "since"), "removed it"
    )
    assert person_of(applied.configuration, BO).fields == {}


async def test_who_is_removed_leaves_the_queues(people: People) -> None:
    applied = await people.wired.service.change(
        operator(CLINIC), lambda before: removed(before, "people", BO), "removed bo"
    )
    assert [member.person for member in applied.configuration.queues[0].members] == ["anna"]


async def test_everybody_changes_the_own_card_as_far_as_it_is_theirs(people: People) -> None:
    bo = await people.actor("bo")
    wanted = OwnCard(language="fi", mobile="+46701234567", presented="+46846500410")
    configuration = await people.wired.own_cards.choose(bo, wanted.model_dump())
    assert person_of(configuration, BO) == person_of((await people.wired.service.current(bo))[1], BO)
    assert (person_of(configuration, BO).presented, person_of(configuration, BO).language) == ("+46846500410", "fi")
    newest = (await people.wired.audit.read(CLINIC, None, 1)).items[0]
    assert (newest.who, newest.action, newest.subject) == ("bo", "person-card-changed", "bo")
    with pytest.raises(Invalid):
        await people.wired.own_cards.choose(bo, {"presented": "+46701234567"})


def test_every_right_has_a_meaning() -> None:
    assert set(MEANINGS) == set(Right)
