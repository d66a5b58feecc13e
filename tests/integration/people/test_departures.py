"""Nobody is locked out by a file, and who comes back finds everything again."""

import io
from collections.abc import Callable

import pytest
from PIL import Image

from integration.conftest import TestClock
from integration.people.conftest import ANNA, BO, CLINIC, HERE, PASSWORD, People
from svarhus.app.organisations import Organisations
from svarhus.domains.organisation.departures import KEPT_FOR
from svarhus.domains.organisation.errors import FaultyFile, NobodyLeft
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.parts import removed, replaced
from svarhus.domains.organisation.staying_in import Warned
from svarhus.domains.people.errors import WrongSignIn
from svarhus.domains.people.preferences import Preferences
from svarhus.domains.people.rights import operator
from svarhus.domains.people.ways_in import person_of
from svarhus.domains.signin.service import NewSession
from svarhus.kit.errors import NotFound, NotSignedIn
from unit.organisation.small_file import SMALL

OPERATOR = operator(CLINIC)
FILE = SMALL.encode()
NO_PEOPLE = (SMALL[: SMALL.index("people:")] + SMALL[SMALL.index("trunks:") :]).replace(
    "    members:\n      - person: anna\n      - person: bo\n", ""
)


def without(person: str) -> Callable[[Configuration], Configuration]:
    return lambda before: removed(before, "people", person)


def changed(person: str, **wanted: object) -> Callable[[Configuration], Configuration]:
    def edit(before: Configuration) -> Configuration:
        return replaced(before, "people", person, person_of(before, person).model_copy(update=wanted))

    return edit


async def leave_and_return(people: People, file: bytes = FILE) -> None:
    await people.wired.service.change(OPERATOR, without("bo"), "gone")
    await people.wired.service.apply_file(file)


# ---- at least one administrator


@pytest.mark.parametrize("dry_run", [True, False])
async def test_a_file_without_people_is_refused(people: People, *, dry_run: bool) -> None:
    anna = await people.actor("anna")
    with pytest.raises(NobodyLeft) as refused:
        await people.wired.service.apply_file(NO_PEOPLE.encode(), dry_run=dry_run)
    assert "Anna (`anna`)" in refused.value.detail
    with pytest.raises(NobodyLeft):
        await people.wired.service.replace_with(anna, NO_PEOPLE.encode(), dry_run=dry_run)
    await people.session("anna")


@pytest.mark.feature("ROLE-02")
async def test_the_last_administrator_who_can_sign_in_stays(people: People) -> None:
    service = people.wired.service
    await service.change(OPERATOR, changed("bo", role="administrator"), "two")
    await service.change(OPERATOR, without("anna"), "one is enough")
    for edit in (without("bo"), changed("bo", role="user")):
        with pytest.raises((NobodyLeft, FaultyFile)):
            await service.change(OPERATOR, edit, "none")
    await people.session("bo")


async def test_an_administrator_without_a_password_is_not_enough(people: People) -> None:
    eva = "  - key: eva\n    name: Eva\n    email: eva@clinic.example\n    role: administrator\n"
    with_eva = SMALL.replace("    role: administrator\n", "", 1).replace("trunks:", f"{eva}trunks:", 1)
    with pytest.raises(NobodyLeft):
        await people.wired.service.apply_file(with_eva.encode())
    able = with_eva.replace("    email: eva@", "    password: correct battery\n    email: eva@")
    await people.wired.service.apply_file(able.encode())
    await people.session("eva", "correct battery")


async def test_a_restored_revision_does_not_lock_out(wired: Organisations) -> None:
    await wired.service.apply_file(NO_PEOPLE.encode())
    able = SMALL.replace("    email: anna@", f"    password: {PASSWORD}\n    email: anna@")
    await wired.service.apply_file(able.encode())
    with pytest.raises(NobodyLeft):
        await wired.service.restore(OPERATOR, 1)


async def test_whoever_locks_themselves_out_is_told_before(people: People) -> None:
    service = people.wired.service
    await service.change(OPERATOR, changed("bo", role="administrator"), "two")
    anna = await people.actor("anna")
    two = SMALL.replace("    email: bo@", "    role: administrator\n    email: bo@")
    one = two.replace("role: administrator\n    units", "role: user\n    units", 1)
    told = await service.replace_with(anna, one.encode(), dry_run=True)
    assert told.warnings[0].message.startswith("You lose rights of your own: ")
    assert (told.warnings[0].reason, "change_people" in told.warnings[0].values) == ("you-lose-rights", True)
    moved = two.replace("anna@clinic.example", "anna@new.example")
    assert (await service.replace_with(anna, moved.encode(), dry_run=True)).warnings == (
        Warned("You sign in as anna@new.example afterwards.", "you-sign-in-as", ("anna@new.example",)),
    )
    assert (await service.apply_file(one.encode(), dry_run=True)).warnings == (
        Warned("Anna (`anna`) is no longer administrator afterwards.", "no-longer-administrator", ("Anna", "anna")),
    )
    assert (await service.replace_with(anna, two.encode(), dry_run=True)).warnings == ()


async def test_a_new_organisation_without_a_password_is_told_so(wired: Organisations) -> None:
    applied = await wired.service.apply_file(FILE)
    assert [warning.reason for warning in applied.warnings] == ["nobody-signs-in"]


# ---- who returns


async def test_who_returns_has_everything_as_before(people: People) -> None:
    wired = people.wired
    bo = await people.session("bo")
    secret, _ = await people.second_factor(BO)
    file = io.BytesIO()
    Image.new("RGB", (50, 60), "teal").save(file, "PNG")
    photo = await wired.photos.put(bo.actor, BO, file.getvalue())
    await wired.preferences.set(bo.actor, Preferences(transfer="blind"))
    phones = await wired.repository.phone_secrets(CLINIC)
    await wired.service.change(OPERATOR, without("bo"), "gone")
    with pytest.raises(NotSignedIn):
        await wired.sign_in.signed_in(bo.token)
    with pytest.raises(WrongSignIn):
        await people.password("bo")
    assert await wired.photos.all(await people.actor("anna")) == {}
    with pytest.raises(NotFound):
        await wired.photos.photo(await people.actor("anna"), "bo")
    await wired.service.apply_file(FILE)
    with pytest.raises(NotSignedIn):
        await wired.sign_in.signed_in(bo.token)
    step = await people.step("bo")
    again = await wired.sign_in.enter_code(step.ticket, people.code(secret, 1), HERE)
    assert (await wired.preferences.of(again.actor)).transfer == "blind"
    assert await wired.photos.all(again.actor) == {"bo": photo}
    assert await wired.repository.phone_secrets(CLINIC) == phones


async def test_another_under_the_same_key_gets_nothing_of_it(people: People) -> None:
    before = await people.wired.repository.phone_secrets(CLINIC)
    other = SMALL.replace("name: Bo\n", "name: Britt\n").replace("bo@clinic", "britt@clinic")
    await leave_and_return(people, other.encode())
    with pytest.raises(WrongSignIn):
        await people.wired.sign_in.sign_in("britt@clinic.example", PASSWORD, HERE)
    assert (await people.wired.repository.phone_secrets(CLINIC)).people["bo"] != before.people["bo"]


async def test_a_trunk_that_returns_has_its_password(wired: Organisations) -> None:
    text = SMALL.replace("    host: sip", "    password: trunk-secret\n    host: sip")
    await wired.service.apply_file(text.encode())
    gone = SMALL.replace("key: carrier", "key: other").replace("trunk: carrier", "trunk: other")
    await wired.service.apply_file(gone.encode())
    await wired.service.apply_file(FILE)
    assert (await wired.repository.phone_secrets(CLINIC)).trunks == {"carrier": "trunk-secret"}


async def test_who_left_long_ago_is_forgotten(people: People, clock: TestClock) -> None:
    await people.wired.service.change(OPERATOR, without("bo"), "gone")
    clock.pass_by(KEPT_FOR)
    await people.wired.service.forget_old()
    await people.session("anna")
    assert "bo" in (await people.wired.repository.phone_secrets(CLINIC)).people
    clock.pass_by(KEPT_FOR / 1000)
    await people.wired.service.forget_old()
    assert set((await people.wired.repository.phone_secrets(CLINIC)).people) == {"anna"}
    await people.wired.service.apply_file(FILE)
    with pytest.raises(WrongSignIn):
        await people.password("bo")
    assert isinstance(await people.password(ANNA), NewSession)
