"""Messages are written with what causes them; what lets somebody in is sealed; who brings them is kept."""

import contextlib

import pytest
from sqlalchemy import text

from integration.outbox.conftest import CLINIC, Clinic
from integration.outbox.mail_server import MailHouse
from integration.outbox.sms_provider import SmsHouse
from svarhus.domains.audit.log import AuditFilter
from svarhus.domains.outbox.errors import HostNotAllowed, NoReceiver, PasswordNeeded, TooManyTests
from svarhus.domains.outbox.hosts import Hosts
from svarhus.domains.outbox.model import TO_CUSTOMERS, Channel, NewMessage, Purpose, Reason, Status, Wanted
from svarhus.domains.outbox.repository import forget_old_messages
from svarhus.domains.outbox.service import MOST_TESTS
from svarhus.domains.outbox.settings import HttpSmsSettings, SmtpSettings
from svarhus.domains.outbox.wording import LANGUAGES, worded
from svarhus.domains.people.rights import Actor, Right, Role
from svarhus.domains.signin.service import Origin
from svarhus.kit.database import Database
from svarhus.kit.errors import Refused
from svarhus.kit.ids import OrganisationId, PersonKey
from svarhus.kit.jobs.looking import standing
from svarhus.ports.sending import Why

pytestmark = pytest.mark.real_time

BO = PersonKey("bo")
ADDRESS = "https://svarhus.clinic.example"


def who_may(*rights: Right) -> Actor:
    return Actor(CLINIC, Role.USER, "bo", BO, granted=frozenset(rights))


async def test_without_a_provider_a_message_is_kept_and_never_sent(clinic: Clinic, mail_house: MailHouse) -> None:
    message = await clinic.mail("Hej")
    assert (message.status, message.reason) == (Status.KEPT, Reason.NO_PROVIDER.value)
    await clinic.mails_by(mail_house)
    async with clinic.at_work():
        await clinic.until_is(await clinic.mail("later"), Status.SENT)
    assert mail_house.room.subjects == ["later"]
    assert (await clinic.look(message)).status is Status.KEPT


async def test_a_message_is_there_with_its_cause_or_not_at_all(clinic: Clinic, mail_house: MailHouse) -> None:
    await clinic.mails_by(mail_house)
    with contextlib.suppress(ValueError):
        async with clinic.database.begin() as session:
            new = NewMessage(Channel.MAIL, Purpose.TEST, "kund@example.org", "Hej!", "undone")
            await clinic.outbox.put(session, CLINIC, new, "anna")
            raise ValueError
    async with clinic.database.begin() as session:
        assert (await standing(session)).waiting == 0
    assert await clinic.all() == []


@pytest.mark.parametrize(
    ("channel", "receiver"),
    [
        (Channel.MAIL, "+46701740605"),
        (Channel.MAIL, "a@b, c@d"),
        (Channel.TEXT, "a@b.se"),
        (Channel.TEXT, "0701740605"),
    ],
)
async def test_a_receiver_must_fit_its_channel(clinic: Clinic, channel: Channel, receiver: str) -> None:
    with pytest.raises(NoReceiver):
        await clinic.writes(channel, receiver, "Hej")


async def test_an_invitation_is_mailed_and_its_link_forgotten(clinic: Clinic, mail_house: MailHouse) -> None:
    await clinic.mails_by(mail_house)
    message, _ = await clinic.wired.messages.invitations.send(clinic.boss, BO, ADDRESS)
    async with clinic.database.begin() as session:
        (kept,) = (await session.execute(text("select text from outbox"))).scalars()
    assert ADDRESS not in kept, "who has the database has no links"
    async with clinic.at_work():
        await clinic.until_is(message, Status.SENT)
    assert (await clinic.look(message)).text is None
    (mail,) = mail_house.room.taken
    assert mail["To"] == "bo@clinic.example"
    body = mail.get_body()
    assert body is not None
    link = next(line for line in body.get_content().splitlines() if line.startswith(ADDRESS))
    secret = link.removeprefix(f"{ADDRESS}/invitation#")
    await clinic.wired.invitations.accept(secret, "battery staple", Origin("192.0.2.1"))


async def test_a_link_that_is_kept_is_shown_to_who_could_have_made_it(clinic: Clinic) -> None:
    await clinic.wired.messages.invitations.send(clinic.boss, PersonKey("anna"), ADDRESS)
    read = clinic.wired.messages.read
    (seen,) = (await read(clinic.boss, Wanted(), None, 10)).items
    assert seen.text is not None and f"{ADDRESS}/invitation#" in seen.text
    (hidden,) = (await read(who_may(Right.SEE_OUTBOX), Wanted(), None, 10)).items
    assert hidden.text is None
    (hidden,) = (await read(who_may(Right.SEE_OUTBOX, Right.SET_PASSWORDS), Wanted(), None, 10)).items
    assert hidden.text is None, "Anna has rights that this one has not got"


async def test_only_who_may_help_others_mails_links(clinic: Clinic) -> None:
    with pytest.raises(Refused):
        await clinic.wired.messages.invitations.send(who_may(Right.SEE_OUTBOX), BO, ADDRESS)
    assert await clinic.all() == []


async def test_messages_are_found_and_the_look_is_noted(clinic: Clinic, mail_house: MailHouse) -> None:
    await clinic.mail("First", "karin@example.org")
    await clinic.mails_by(mail_house)
    await clinic.mail("Second", "lars@example.org")
    await clinic.text("Third")
    read = clinic.wired.messages.read

    async def subjects(wanted: Wanted) -> list[str]:
        return [opened.message.subject for opened in (await read(clinic.boss, wanted, None, 10)).items]

    assert await subjects(Wanted(Channel.MAIL)) == ["Second", "First"]
    assert await subjects(Wanted(statuses=(Status.WAITING,))) == ["Second"]
    assert await subjects(Wanted(text="KARIN@")) == ["First"]
    assert await subjects(Wanted(text="sec")) == ["Second"]
    first = await read(clinic.boss, Wanted(), None, 2)
    rest = await read(clinic.boss, Wanted(), first.next, 2)
    assert (len(first.items), len(rest.items), rest.next) == (2, 1, None)
    lines = await clinic.wired.audit.read(CLINIC, None, 50, AuditFilter(action="outbox-opened"))
    assert len(lines.items) == 1
    with pytest.raises(Refused):
        await read(who_may(Right.CHANGE_CONFIGURATION), Wanted(), None, 10)


async def test_another_organisation_sees_nothing_of_it(clinic: Clinic) -> None:
    await clinic.mail("Hej")
    stranger = Actor(OrganisationId("other"), Role.ADMINISTRATOR, "eva")
    with pytest.raises(Exception):  # noqa: B017  # there is no such organisation
        await clinic.wired.messages.read(stranger, Wanted(), None, 10)


async def test_the_password_of_a_provider_is_sealed_and_goes_nowhere_else(clinic: Clinic) -> None:
    settings = SmtpSettings(host="mail.example", user="anna", sender="vard@clinic.example")
    set_provider = clinic.wired.messages.set_provider
    await set_provider(clinic.boss, Channel.MAIL, settings, "correct horse")
    async with clinic.database.begin() as session:
        row = (await session.execute(text("select * from message_providers"))).one()
        assert "correct horse" not in str(row)
        kept = await clinic.providers.of(session, CLINIC, Channel.MAIL)
    assert kept is not None and kept.password == "correct horse"
    await set_provider(clinic.boss, Channel.MAIL, settings.model_copy(update={"sender_name": "Clinic"}), None)
    for change in ({"host": "evil.example"}, {"user": "eva"}, {"port": 2525}):
        with pytest.raises(PasswordNeeded):
            await set_provider(clinic.boss, Channel.MAIL, settings.model_copy(update=change), None)
    assert (await clinic.wired.messages.providers(clinic.boss))[Channel.MAIL].sender == "vard@clinic.example"
    with pytest.raises(Refused):
        await set_provider(who_may(Right.SEE_OUTBOX), Channel.MAIL, settings, "x")


async def test_the_operator_says_where_messages_may_be_sent(database: Database, clinic: Clinic) -> None:
    narrow = Clinic(database, Hosts(("*.46elks.com:443", "mail.house")))
    set_provider = narrow.wired.messages.set_provider
    allowed = SmtpSettings(host="mail.house", port=25, security="none", sender="a@clinic.example")
    await set_provider(narrow.boss, Channel.MAIL, allowed, "")
    await set_provider(narrow.boss, Channel.TEXT, HttpSmsSettings(user="u", sender="Clinic"), "p")
    for elsewhere in (
        SmtpSettings(host="169.254.169.254", port=80, sender="a@clinic.example"),
        HttpSmsSettings(url="https://api.46elks.com:8443/a1/sms", user="u", sender="Clinic"),
        HttpSmsSettings(url="http://127.0.0.1/", user="u", sender="Clinic"),
    ):
        channel = Channel.MAIL if isinstance(elsewhere, SmtpSettings) else Channel.TEXT
        with pytest.raises(HostNotAllowed):
            await set_provider(narrow.boss, channel, elsewhere, "p")


@pytest.mark.parametrize("url", ["http://api.46elks.com@127.0.0.1/", "file:///etc/passwd", "https://", "https://a b/"])
def test_an_address_of_a_provider_is_no_riddle(url: str) -> None:
    with pytest.raises(ValueError):
        HttpSmsSettings(url=url, user="u", sender="Clinic")


async def test_a_provider_that_is_removed_brings_nothing(clinic: Clinic, sms_house: SmsHouse) -> None:
    await clinic.texts_by(sms_house)
    message = await clinic.text("Hej")
    await clinic.wired.messages.remove_provider(clinic.boss, Channel.TEXT)
    async with clinic.at_work():
        await clinic.until_is(message, Status.KEPT, Reason.NO_PROVIDER.value)
    assert sms_house.taken == []


async def test_a_test_goes_in_the_organisations_language(clinic: Clinic, mail_house: MailHouse) -> None:
    await clinic.mails_by(mail_house)
    message = await clinic.wired.messages.test(clinic.boss, Channel.MAIL, "anna@clinic.example")
    async with clinic.at_work():
        await clinic.until_is(message, Status.SENT)
    assert mail_house.room.subjects == [worded(Purpose.TEST, "sv", organisation="The clinic")[0]]


async def test_tests_are_limited(clinic: Clinic) -> None:
    for _ in range(MOST_TESTS):
        await clinic.wired.messages.test(clinic.boss, Channel.TEXT, "+46701740605")
    with pytest.raises(TooManyTests):
        await clinic.wired.messages.test(clinic.boss, Channel.TEXT, "+46701740605")


async def test_a_database_without_its_key_still_shows_who_brings_messages(
    clinic: Clinic, database: Database, mail_house: MailHouse
) -> None:
    await clinic.mails_by(mail_house, "anna", "correct horse")
    moved = Clinic(database)
    assert (await moved.wired.messages.providers(moved.boss))[Channel.MAIL].user == "anna"
    async with moved.at_work():
        await moved.until_is(await moved.mail("Hej"), Status.WAITING)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_worded_in_every_language(language: str) -> None:
    values = {name: f"<{name}>" for name in ("organisation", "name", "email", "link", "until")}
    of_alerts = {name: f"<{name}>" for name in ("queue", "what", "time", "seen", "lasting", "lasted")}
    for purpose in frozenset(Purpose) - TO_CUSTOMERS:
        subject, body = worded(purpose, language, **values, **of_alerts)
        assert "<organisation>" in subject + body
        assert "{" not in subject + body
    assert all(value in worded(Purpose.INVITATION, language, **values)[1] for value in values.values())


@pytest.mark.feature("CB-10")
async def test_a_provider_that_is_down_for_an_hour_loses_nothing_but_what_is_of_no_use(
    clinic: Clinic, sms_house: SmsHouse
) -> None:
    await clinic.texts_by(sms_house)
    await sms_house.close()
    confirmed = await clinic.text("We call you at ten")
    reminded = await clinic.text("We call you soon")
    async with clinic.at_work():
        await clinic.until_is(confirmed, Status.WAITING, Why.NOT_REACHED)
        await clinic.until_is(reminded, Status.WAITING, Why.NOT_REACHED)
        async with clinic.database.begin() as session:
            an_hour_later = text(
                """update outbox set made_at = made_at - interval '1 hour',
                useful_until = case when id = :reminder then now() - interval '10 minutes' end"""
            )
            await session.execute(an_hour_later, {"reminder": reminded.id})
        await clinic.until_is(reminded, Status.DROPPED, Reason.TOO_OLD)
        await sms_house.open()
        await clinic.until_is(confirmed, Status.SENT)
    assert sms_house.texts == ["We call you at ten"]


async def test_old_messages_are_forgotten(clinic: Clinic) -> None:
    await clinic.mail("old")
    async with clinic.database.begin() as session:
        await session.execute(text("update outbox set made_at = now() - interval '91 days'"))
    await clinic.mail("new")
    async with clinic.database.begin() as session:
        await forget_old_messages(session, clinic.clock.now())
    assert [message.subject for message in await clinic.all()] == ["new"]
