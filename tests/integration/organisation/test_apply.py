"""An organisation is changed as a whole, or not at all."""

import asyncio

import pytest
from sqlalchemy import text

from integration.conftest import TestClock
from svarhus.app.organisations import DEMO, Organisations, demo_file, load_demo
from svarhus.domains.organisation.claims import clashes
from svarhus.domains.organisation.errors import FaultyFile, NoOrganisation, NoRevision, OtherOrganisation, Outdated
from svarhus.domains.organisation.repository import CHANGED
from svarhus.domains.people.errors import WrongSignIn
from svarhus.domains.people.rights import Actor, Role, operator
from svarhus.domains.signin.service import NewSession, Origin
from svarhus.kit.database import Database
from svarhus.kit.errors import NotSignedIn, Refused
from svarhus.kit.ids import OrganisationId
from unit.organisation.small_file import SMALL

CLINIC = OrganisationId("clinic")
OPERATOR = operator(CLINIC)
FILE = SMALL.encode()


@pytest.mark.feature("FLOW-22")
async def test_a_file_makes_an_organisation(wired: Organisations) -> None:
    applied = await wired.service.apply_file(FILE)
    assert applied.revision == 1
    assert "organisation `clinic` added" in applied.changes
    assert "queue `desk` added" in applied.changes
    revision, configuration = await wired.repository.load(CLINIC)
    assert (revision, configuration) == (1, applied.configuration)


async def test_the_same_file_again_changes_nothing(wired: Organisations) -> None:
    await wired.service.apply_file(FILE)
    again = await wired.service.apply_file(FILE)
    assert (again.revision, again.changes) == (1, ())
    assert len((await wired.service.revisions(OPERATOR)).items) == 1


@pytest.mark.parametrize("dry_run", [True, False])
async def test_a_secret_that_is_given_is_set_whatever_it_was(wired: Organisations, *, dry_run: bool) -> None:
    secrets = "    password: {}\n    phone_password: {}\n    email: bo@"
    known = SMALL.replace("    email: bo@", secrets.format("correct horse", "vi7pohke"))
    guessed = SMALL.replace("    email: bo@", secrets.format("battery staple", "ut3gamle"))
    await wired.service.apply_file(known.encode())
    right = await wired.service.apply_file(known.encode(), dry_run=dry_run)
    wrong = await wired.service.apply_file(guessed.encode(), dry_run=dry_run)
    assert right.changes == wrong.changes == ("person `bo`: password set", "person `bo`: phone password set")
    assert right.revision == wrong.revision == 1


@pytest.mark.feature("FLOW-02", "FLOW-22")
async def test_a_change_makes_a_revision_and_is_told_in_words(wired: Organisations) -> None:
    await wired.service.apply_file(FILE)
    applied = await wired.service.apply_file(FILE.replace(b"ring_time: 20", b"ring_time: 25"))
    assert (applied.revision, applied.changes) == (2, ("queue `desk`: ring_time 20 → 25",))
    assert (await wired.repository.load_revision(CLINIC, 1)).queues[0].ring_time == 20
    assert (await wired.repository.load(CLINIC))[1].queues[0].ring_time == 25


@pytest.mark.feature("FLOW-22")
async def test_a_dry_run_tells_the_changes_and_makes_none(wired: Organisations) -> None:
    new = await wired.service.apply_file(FILE, dry_run=True)
    assert new.dry_run
    assert await wired.repository.organisations() == ()
    await wired.service.apply_file(FILE)
    rehearsed = await wired.service.apply_file(FILE.replace(b"name: Bo", b"name: Bosse"), dry_run=True)
    assert rehearsed.changes == ("person `bo`: name Bo → Bosse",)
    assert (await wired.repository.load(CLINIC))[0] == 1
    assert len((await wired.audit.read(CLINIC, None, 50)).items) == 1


async def test_a_faulty_file_changes_nothing(wired: Organisations) -> None:
    await wired.service.apply_file(FILE)
    with pytest.raises(FaultyFile) as raised:
        await wired.service.apply_file(
            FILE.replace(b"ring_time: 20", b"ring_time: 1").replace(b"name: Bo", b"name: Bob")
        )
    assert raised.value.faults[0].line == line_of("ring_time: 20")
    assert (await wired.repository.load(CLINIC))[0] == 1


@pytest.mark.feature("FLOW-22")
async def test_an_export_applied_again_changes_nothing(wired: Organisations) -> None:
    await wired.service.apply_file(demo_file())
    exported = await wired.service.export(operator(DEMO))
    assert (await wired.service.apply_file(exported.encode())).changes == ()
    assert "password" not in exported


async def test_an_earlier_revision_can_be_restored(wired: Organisations) -> None:
    await wired.service.apply_file(FILE)
    await wired.service.apply_file(FILE.replace(b"ring_time: 20", b"ring_time: 25"))
    restored = await wired.service.restore(OPERATOR, 1)
    assert (restored.revision, restored.configuration.queues[0].ring_time) == (3, 20)
    newest, *_ = (await wired.service.revisions(OPERATOR)).items
    assert newest.comment == "restored revision 1"


async def test_revisions_are_paged_newest_first(wired: Organisations) -> None:
    for seconds in range(20, 25):
        await wired.service.apply_file(FILE.replace(b"ring_time: 20", f"ring_time: {seconds}".encode()))
    first = await wired.service.revisions(OPERATOR, limit=2)
    second = await wired.service.revisions(OPERATOR, first.next, limit=2)
    third = await wired.service.revisions(OPERATOR, second.next, limit=2)
    numbers = [[each.revision for each in page.items] for page in (first, second, third)]
    assert numbers == [[5, 4], [3, 2], [1]]
    assert third.next is None


# ---- at the same time


async def test_who_has_seen_an_older_revision_is_told(wired: Organisations) -> None:
    await wired.service.apply_file(FILE)
    await wired.service.apply_file(FILE.replace(b"ring_time: 20", b"ring_time: 25"))
    with pytest.raises(Outdated):
        await wired.service.replace_with(OPERATOR, FILE, expected=1)


async def test_changes_at_the_same_time_are_all_kept(wired: Organisations) -> None:
    await wired.service.apply_file(FILE)

    async def rename(person: int, name: str) -> None:
        await wired.service.change(
            OPERATOR,
            lambda before: before.model_copy(
                update={
                    "people": tuple(
                        each.model_copy(update={"name": name}) if index == person else each
                        for index, each in enumerate(before.people)
                    )
                }
            ),
            "renamed",
        )

    await asyncio.gather(rename(0, "Anna Ek"), rename(1, "Bo Ek"))
    revision, configuration = await wired.repository.load(CLINIC)
    assert (revision, [person.name for person in configuration.people]) == (3, ["Anna Ek", "Bo Ek"])


async def test_one_organisation_is_made_once(wired: Organisations) -> None:
    first, second = await asyncio.gather(wired.service.apply_file(FILE), wired.service.apply_file(FILE))
    assert sorted([len(first.changes) > 0, len(second.changes) > 0]) == [False, True]


# ---- several organisations


async def test_what_must_be_unique_is_so_in_the_whole_installation(wired: Organisations) -> None:
    await wired.service.apply_file(FILE)
    with pytest.raises(FaultyFile) as raised:
        await wired.service.apply_file(FILE.replace(b"key: clinic", b"key: other"))
    found = {fault.path: fault for fault in raised.value.faults}
    assert found["people[0].email"].message.startswith("`anna@clinic.example` is taken in this installation")
    assert found["people[1].extension"].line == line_of('extension: "102"')
    assert {"queues[0].extension", "numbers[0].number", "trunks[0].addresses[0]"} <= {*found}
    assert "clinic" not in " ".join(fault.remedy for fault in raised.value.faults)
    assert await wired.repository.organisations() == (CLINIC,)


def neighbour(trunk: str) -> str:
    """Another organisation, with nothing of the clinic's but what its trunk says."""
    file = SMALL.replace("key: clinic", "key: other").replace("@clinic", "@other").replace("500410", "500411")
    for extension in ("101", "102", "201"):
        file = file.replace(f'"{extension}"', f'"9{extension}"')
    return file.replace("    host: sip.carrier.example\n    addresses: [192.0.2.10]\n", trunk)


@pytest.mark.parametrize(
    ("path", "trunk"),
    [
        ("addresses[0]", "    addresses: [192.0.2.10/32]\n"),
        ("addresses[0]", "    addresses: [192.0.2.0/24]\n"),
        ("addresses[0]", '    addresses: ["::ffff:192.0.2.10"]\n'),
        ("addresses[1]", "    addresses: [192.0.2.12, 192.0.2.10/31]\n"),
        ("addresses[0]", "    addresses: [127.0.0.0/8]\n"),
        ("addresses[0]", "    addresses: [0.0.0.0/0]\n"),
        ("addresses[0]", "    addresses: [sip.carrier.example]\n"),
        ("host", "    host: 192.0.2.10:5080\n    register: true\n    username: x\n"),
        ("username", '    accepts_registration: true\n    username: "102"\n'),
        ("username", "    accepts_registration: true\n    username: 102-browser\n"),
        ("username", "    accepts_registration: true\n    username: guest-1\n"),
    ],
)
async def test_nobody_takes_the_calls_of_another_by_another_spelling(
    wired: Organisations, path: str, trunk: str
) -> None:
    await wired.service.apply_file(FILE)
    with pytest.raises(FaultyFile) as raised:
        await wired.service.apply_file(neighbour(trunk).encode())
    assert [fault.path for fault in raised.value.faults] == [f"trunks[0].{path}"]


async def test_what_was_given_twice_before_it_was_looked_at_can_still_be_changed(
    wired: Organisations, database: Database
) -> None:
    file = neighbour("    addresses: [192.0.2.9]\n").replace("500411", "500410")
    await wired.service.apply_file(file.encode())
    async with database.begin() as session:
        await session.execute(text("update claims set value = '+46846500499' where kind = 'number'"))
    await wired.service.apply_file(FILE)

    changed = file.replace("ring_time: 20", "ring_time: 25")
    assert (await wired.service.apply_file(changed.encode())).revision == 2
    found = {key: (await wired.repository.load(key))[1] for key in await wired.repository.organisations()}
    assert clashes(found) == ["number +46846500410 of `clinic` and number +46846500410 of `other`"]


async def test_a_name_that_is_given_up_is_free(wired: Organisations) -> None:
    await wired.service.apply_file(FILE)
    moved = SMALL.replace('"101"', '"301"').replace('"102"', '"302"').replace('"201"', '"401"')
    moved = moved.replace("@clinic", "@moved").replace("192.0.2.10", "192.0.2.11").replace("500410", "500411")
    await wired.service.apply_file(moved.encode())
    await wired.service.apply_file(FILE.replace(b"key: clinic", b"key: other"))
    assert await wired.repository.organisations() == (CLINIC, "other")


async def test_the_file_of_another_organisation_is_refused(wired: Organisations) -> None:
    await wired.service.apply_file(FILE)
    with pytest.raises(OtherOrganisation):
        await wired.service.replace_with(OPERATOR, FILE.replace(b"key: clinic", b"key: other"))


async def test_unknown_organisations_and_revisions(wired: Organisations) -> None:
    with pytest.raises(NoOrganisation):
        await wired.repository.load(OrganisationId("nobody"))
    await wired.service.apply_file(FILE)
    with pytest.raises(NoRevision):
        await wired.repository.load_revision(CLINIC, 7)


async def test_only_administrators_change_anything(wired: Organisations) -> None:
    await wired.service.apply_file(FILE)
    for role in (Role.USER, Role.TEAM_LEADER):
        actor = Actor(CLINIC, role, "bo")
        with pytest.raises(Refused):
            await wired.service.change(actor, lambda before: before, "nothing")
        with pytest.raises(Refused):
            await wired.service.replace_with(actor, FILE)
        with pytest.raises(Refused):
            await wired.service.export(actor)


# ---- secrets


async def test_phones_get_a_password_that_stays(wired: Organisations) -> None:
    await wired.service.apply_file(FILE)
    made = await wired.repository.phone_secrets(CLINIC)
    assert set(made.people) == {"anna", "bo"}
    assert all(len(secret) >= 16 for secret in made.people.values())
    await wired.service.apply_file(FILE.replace(b"ring_time: 20", b"ring_time: 25"))
    assert await wired.repository.phone_secrets(CLINIC) == made


async def test_given_secrets_are_kept_apart_from_the_document(wired: Organisations) -> None:
    text = SMALL.replace("    email: bo@", "    phone_password: vi7pohke\n    email: bo@")
    text = text.replace("    host: sip", "    password: trunk-secret\n    host: sip")
    await wired.service.apply_file(text.encode())
    kept = await wired.repository.phone_secrets(CLINIC)
    assert (kept.people["bo"], kept.trunks["carrier"]) == ("vi7pohke", "trunk-secret")
    _, configuration = await wired.repository.load(CLINIC)
    assert configuration.people[1].phone_password is None
    assert configuration.trunks[0].password == ""
    changed = await wired.service.apply_file(text.replace("vi7pohke", "ut3gamle").encode())
    assert (changed.revision, changed.changes) == (
        1,
        ("person `bo`: phone password set", "trunk `carrier`: password set"),
    )


async def test_who_leaves_can_no_longer_sign_in(wired: Organisations) -> None:
    with_password = SMALL.replace("    email: bo@", "    password: correct horse\n    email: bo@")
    await wired.service.apply_file(with_password.encode())
    begun = await wired.sign_in.sign_in("bo@clinic.example", "correct horse", Origin("192.0.2.1"))
    assert isinstance(begun, NewSession)
    bo = '  - key: bo\n    name: Bo\n    email: bo@clinic.example\n    extension: "102"\n'
    await wired.service.apply_file(SMALL.replace(bo, "").replace("      - person: bo\n", "").encode())
    with pytest.raises(NotSignedIn):
        await wired.sign_in.signed_in(begun.token)
    with pytest.raises(WrongSignIn):
        await wired.sign_in.sign_in("bo@clinic.example", "correct horse", Origin("192.0.2.1"))


# ---- what others hear of it


async def test_a_change_is_told_after_the_commit(wired: Organisations, database: Database) -> None:
    notices = database.notices(CHANGED)
    try:
        assert (await anext(notices)).payload == ""
        await wired.service.apply_file(FILE)
        async with asyncio.timeout(5):
            assert (await anext(notices)).payload == "clinic"
        assert (await wired.repository.load(CLINIC))[0] == 1
    finally:
        await notices.aclose()


@pytest.mark.feature("ROLE-05")
async def test_every_change_is_in_the_audit_log(wired: Organisations, clock: TestClock) -> None:
    await wired.service.apply_file(FILE)
    await wired.service.apply_file(FILE.replace(b"ring_time: 20", b"ring_time: 25"))
    newest, *_ = (await wired.audit.read(CLINIC, None, 50)).items
    assert (newest.who, newest.action, newest.subject) == ("command line", "configuration-changed", "revision 2")
    assert newest.after == {"changes": ["queue `desk`: ring_time 20 → 25"]}
    assert newest.at == clock.now()


async def test_the_demonstration_is_loaded_once(database: Database, clock: TestClock, wired: Organisations) -> None:
    made = await load_demo(database, clock)
    assert [(each.role, each.extension) for each in made] == [
        ("administrator", "1001"),
        ("team_leader", "1002"),
        ("user", "1003"),
        ("user", "1004"),
    ]
    assert await load_demo(database, clock) == []
    begun = await wired.sign_in.sign_in(made[0].email, made[0].password, Origin("127.0.0.1"))
    assert isinstance(begun, NewSession)
    assert (begun.actor.organisation, begun.actor.role) == (DEMO, Role.ADMINISTRATOR)
    assert (await wired.repository.phone_secrets(DEMO)).people["astrid"] == made[0].phone_password


def line_of(piece: str) -> int:
    return SMALL[: SMALL.index(piece)].count("\n") + 1


async def test_an_address_of_a_carrier_belongs_to_one_organisation(wired: Organisations) -> None:
    await wired.service.apply_file(FILE)
    other = SMALL.replace('"101"', '"301"').replace('"102"', '"302"').replace('"201"', '"401"')
    other = other.replace("@clinic", "@other").replace("key: clinic", "key: other").replace("500410", "500411")
    with pytest.raises(FaultyFile) as refused:
        await wired.service.apply_file(other.encode())
    assert [fault.path for fault in refused.value.faults] == ["trunks[0].addresses[0]"]


async def test_a_space_of_no_width_in_an_e_mail_address_keeps_nobody_out(wired: Organisations) -> None:
    secrets = "    password: correct horse\n    email: bo\u200b@"
    applied = await wired.service.apply_file(SMALL.replace("    email: bo@", secrets).encode())
    assert applied.configuration.people[1].email == "bo@clinic.example"
    for email in ("bo@clinic.example", "bo\u200b@clinic.example"):
        assert isinstance(await wired.sign_in.sign_in(email, "correct horse", Origin("192.0.2.1")), NewSession)


async def test_an_override_of_direction_is_refused_by_name(wired: Organisations) -> None:
    with pytest.raises(FaultyFile) as refused:
        await wired.service.apply_file(SMALL.replace("name: Bo\n", 'name: "Bo\\u202ean"\n').encode())
    assert "RIGHT-TO-LEFT OVERRIDE" in refused.value.faults[0].remedy
