"""Mail is handed over to a real server once, whatever the server does."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from integration.outbox.conftest import Clinic
from integration.outbox.mail_server import PASSWORD, USER, MailHouse
from real_asterisk import free_ports
from svarhus.adapters.smtp.sender import SmtpSender
from svarhus.domains.outbox.model import Reason, Status
from svarhus.kit.clock import SystemClock
from svarhus.ports.mail import Mail
from svarhus.ports.sending import NotSent, Why

pytestmark = pytest.mark.real_time


def mail(**changes: str) -> Mail:
    values = {
        "id": "a1b2",
        "sender": "vard@clinic.example",
        "sender_name": "Vårdcentralen Öst",
        "receiver": "asa@example.org",
        "subject": "Välkommen – åäö",
        "text": "Hej Åsa!\n.\nEn punkt ensam på en rad.\n",
    }
    return Mail(at=SystemClock().now(), **(values | changes))


async def test_a_mail_arrives_as_it_was_written(mail_house: MailHouse) -> None:
    await SmtpSender(mail_house.settings()).send(mail())
    (taken,) = mail_house.room.taken
    assert taken["Subject"] == "Välkommen – åäö"
    assert taken["From"] == "Vårdcentralen Öst <vard@clinic.example>"
    assert taken["To"] == "asa@example.org"
    assert taken["Message-ID"] == "<a1b2@clinic.example>"
    assert taken["Auto-Submitted"] == "auto-generated"
    body = taken.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == "Hej Åsa!\n.\nEn punkt ensam på en rad.\n"


@pytest.mark.feature("CB-10")
async def test_a_calendar_file_goes_with_it(mail_house: MailHouse) -> None:
    calendar = "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n"
    await SmtpSender(mail_house.settings()).send(mail(calendar=calendar))
    (taken,) = mail_house.room.taken
    (attached,) = taken.iter_attachments()
    assert (attached.get_content_type(), attached.get_param("method")) == ("text/calendar", "CANCEL")
    assert attached.get_filename() == "callback.ics"
    assert attached.get_content().split() == calendar.split()
    body = taken.get_body()
    assert body is not None and "Hej Åsa!" in body.get_content()


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("451 4.3.0 later", Why.NOT_NOW),
        ("452 4.2.2 full", Why.NOT_NOW),
        ("554 5.7.1 not this one", Why.MESSAGE_REFUSED),
        ("cut", Why.NO_ANSWER),
    ],
)
async def test_a_refusal_says_why(mail_house: MailHouse, answer: str, why: Why) -> None:
    mail_house.room.answers.append(answer)
    with pytest.raises(NotSent) as told:
        await SmtpSender(mail_house.settings()).send(mail())
    assert told.value.why is why


async def test_a_receiver_who_is_not_known_is_refused_for_good(mail_house: MailHouse) -> None:
    mail_house.room.refused = "nobody@example.org"
    with pytest.raises(NotSent) as told:
        await SmtpSender(mail_house.settings()).send(mail(receiver="nobody@example.org"))
    assert told.value.why is Why.RECEIVER_REFUSED
    assert "nobody of this name" in told.value.detail


@pytest.mark.parametrize("receiver", ["no address", "a@b\r\nBcc: c@d", "@", ""])
async def test_what_is_no_address_is_not_written(mail_house: MailHouse, receiver: str) -> None:
    with pytest.raises(NotSent) as told:
        await SmtpSender(mail_house.settings()).send(mail(receiver=receiver))
    assert told.value.lasting
    assert mail_house.room.taken == []


async def test_a_subject_cannot_add_a_header(mail_house: MailHouse) -> None:
    with pytest.raises(NotSent):
        await SmtpSender(mail_house.settings()).send(mail(subject="Hej\r\nBcc: all@example.org"))
    assert mail_house.room.taken == []


async def test_where_nobody_listens_it_cannot_be_reached() -> None:
    nobody = MailHouse(free_ports("127.0.0.1", 1)[0])
    with pytest.raises(NotSent) as told:
        await SmtpSender(nobody.settings()).send(mail())
    assert told.value.why is Why.NOT_REACHED


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
async def test_a_server_that_wants_to_know_who_sends() -> None:
    house = MailHouse(free_ports("127.0.0.1", 1)[0], knows_users=True)
    house.open()
    try:
        await SmtpSender(house.settings(user=USER, password=PASSWORD)).send(mail())
        for wrong in ({"user": USER, "password": "wrong"}, {}):
            with pytest.raises(NotSent) as told:
                await SmtpSender(house.settings(**wrong)).send(mail())
            assert told.value.why is Why.SIGN_IN_REFUSED
    finally:
        house.close()
    assert len(house.room.taken) == 1


async def test_a_certificate_has_to_be_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = MailHouse(free_ports("127.0.0.1", 1)[0], own_certificate(tmp_path))
    house.open()
    try:
        with pytest.raises(NotSent) as told:
            await SmtpSender(house.settings()).send(mail())
        assert told.value.why is Why.NOT_REACHED
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
        await SmtpSender(house.settings()).send(mail())
    finally:
        house.close()
    assert len(house.room.taken) == 1


async def test_a_message_is_sent_once_and_noted(clinic: Clinic, mail_house: MailHouse) -> None:
    await clinic.mails_by(mail_house)
    async with clinic.at_work():
        message = await clinic.until_is(await clinic.mail("Hej"), Status.SENT)
    assert (message.attempts, message.reason) == (1, "")
    assert message.sent_at is not None
    assert mail_house.room.subjects == ["Hej"]


async def test_an_outage_loses_and_doubles_nothing(clinic: Clinic, mail_house: MailHouse) -> None:
    await clinic.mails_by(mail_house)
    async with clinic.at_work():
        await clinic.until_is(await clinic.mail("before"), Status.SENT)
        mail_house.close()
        during = [await clinic.mail(f"during {number}") for number in range(20)]
        for message in during:
            await clinic.until_is(message, Status.WAITING, Why.NOT_REACHED.value)
        mail_house.room.answers += ["451 4.3.0 still waking up"] * 5
        mail_house.open()
        for message in during:
            await clinic.until_is(message, Status.SENT)
    assert sorted(mail_house.room.subjects) == sorted(["before", *(f"during {number}" for number in range(20))])


async def test_what_is_refused_for_good_has_failed_with_the_reason(clinic: Clinic, mail_house: MailHouse) -> None:
    await clinic.mails_by(mail_house)
    mail_house.room.refused = "nobody@example.org"
    async with clinic.at_work():
        refused = await clinic.mail("Hej", "nobody@example.org")
        failed = await clinic.until_is(refused, Status.FAILED, Why.RECEIVER_REFUSED.value)
    assert failed.attempts == 1
    assert failed.ended_at is not None


async def test_an_answer_that_is_lost_brings_the_same_mail_again(clinic: Clinic, mail_house: MailHouse) -> None:
    await clinic.mails_by(mail_house)
    mail_house.room.answers.append("cut")
    async with clinic.at_work():
        await clinic.until_is(await clinic.mail("Hej"), Status.SENT)
    first, second = mail_house.room.taken
    assert first["Message-ID"] == second["Message-ID"], "receivers' mail programs know it for the same"


async def test_what_waits_is_tried_at_once_when_the_settings_are_mended(clinic: Clinic, mail_house: MailHouse) -> None:
    nobody = MailHouse(free_ports("127.0.0.1", 1)[0])
    await clinic.mails_by(nobody)
    async with clinic.at_work():
        message = await clinic.mail("Hej")
        await clinic.until_is(message, Status.WAITING, Why.NOT_REACHED.value)
        await clinic.mails_by(mail_house)
        await clinic.until_is(message, Status.SENT)


async def test_nobody_waits_for_ever(clinic: Clinic, mail_house: MailHouse) -> None:
    await clinic.mails_by(mail_house)
    message = await clinic.mail("Hej")
    async with clinic.database.begin() as session:
        await session.exec_driver_sql("update outbox set made_at = now() - interval '4 days'")
    async with clinic.at_work():
        await clinic.until_is(message, Status.FAILED, Reason.TOO_OLD.value)
    assert mail_house.room.taken == []


def own_certificate(folder: Path) -> ssl.SSLContext:
    """Of localhost, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime(2026, 1, 1, tzinfo=UTC)
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=36500))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "key.pem").write_bytes(private)
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context
