"""Text messages are handed over to a provider once, and what it tells of them is kept."""

import asyncio

import pytest

from integration.outbox import sms_provider
from integration.outbox.conftest import CLINIC, Clinic
from integration.outbox.sms_provider import SmsHouse
from real_asterisk import free_ports
from svarhus.adapters.smshttp.sender import HttpSmsSender
from svarhus.domains.outbox.errors import NoMessage
from svarhus.domains.outbox.model import Reason, Status
from svarhus.kit.clock import SystemClock
from svarhus.ports.sending import NotSent, Why
from svarhus.ports.sms import Accepted, HttpProvider, ReportState, Sms

pytestmark = pytest.mark.real_time

SMS = Sms("Clinic", "+46701740605", "Hej åäö€")


def sender(house: SmsHouse, password: str = sms_provider.PASSWORD) -> HttpSmsSender:
    return HttpSmsSender(HttpProvider(house.url, sms_provider.USER, password), time_limit=1.0)


async def test_a_text_arrives_as_it_was_written(sms_house: SmsHouse) -> None:
    accepted = await sender(sms_house).send(SMS)
    (taken,) = sms_house.taken
    assert (taken.receiver, taken.sender, taken.text) == ("+46701740605", "Clinic", "Hej åäö€")
    assert accepted == Accepted(taken.id)


@pytest.mark.parametrize(
    ("answer", "said", "why"),
    [
        (401, "", Why.SIGN_IN_REFUSED),
        (402, "", Why.NO_CREDIT),
        (403, "Not enough credits", Why.NO_CREDIT),
        (400, "Invalid to number", Why.RECEIVER_REFUSED),
        (400, "Message too long", Why.MESSAGE_REFUSED),
        (429, "", Why.NOT_NOW),
        (503, "", Why.NOT_NOW),
        (302, "", Why.NOT_NOW),
        (500, "", Why.NO_ANSWER),
        (504, "", Why.NO_ANSWER),
        ("cut", "", Why.NO_ANSWER),
    ],
)
async def test_a_refusal_says_why(sms_house: SmsHouse, answer: int | str, said: str, why: Why) -> None:
    sms_house.answers.append(answer)
    sms_house.said = said
    with pytest.raises(NotSent) as told:
        await sender(sms_house).send(SMS)
    assert told.value.why is why


async def test_a_wrong_password_is_told(sms_house: SmsHouse) -> None:
    with pytest.raises(NotSent) as told:
        await sender(sms_house, "wrong").send(SMS)
    assert told.value.why is Why.SIGN_IN_REFUSED


async def test_where_nobody_listens_it_cannot_be_reached() -> None:
    with pytest.raises(NotSent) as told:
        await sender(SmsHouse(free_ports("127.0.0.1", 1)[0])).send(SMS)
    assert told.value.why is Why.NOT_REACHED


async def test_what_was_taken_is_found_on_any_page(sms_house: SmsHouse) -> None:
    since = SystemClock().now()
    wanted = await sender(sms_house).send(SMS)
    for number in range(7):
        await sender(sms_house).send(Sms("Clinic", "+46701740605", f"another {number}"))
    sms_house.page = 2
    assert await sender(sms_house).sent_since(SMS, since) == (wanted,)


@pytest.mark.feature("MSG-04")
async def test_a_message_is_sent_once_and_what_is_told_of_it_kept(clinic: Clinic, sms_house: SmsHouse) -> None:
    await clinic.texts_by(sms_house, "https://clinic.example")
    async with clinic.at_work():
        message = await clinic.until_is(await clinic.text("Hej"), Status.SENT)
    (taken,) = sms_house.taken
    assert message.provider_id == taken.id
    assert taken.report_to == f"https://clinic.example/api/outbox/reports/clinic/{message.id}/{message.report_key}"
    reported = clinic.wired.messages.reported
    with pytest.raises(NoMessage):
        await reported(CLINIC, message.id, "another key", ReportState.DELIVERED, "")
    await reported(CLINIC, message.id, message.report_key, None, "")
    assert (await clinic.look(message)).status is Status.SENT
    await reported(CLINIC, message.id, message.report_key, ReportState.DELIVERED, "")
    delivered = await clinic.look(message)
    assert delivered.status is Status.DELIVERED
    assert delivered.ended_at is not None
    await reported(CLINIC, message.id, message.report_key, ReportState.FAILED, "late")
    assert (await clinic.look(message)).status is Status.DELIVERED, "the first time counts"


async def test_a_message_that_did_not_arrive_has_failed(clinic: Clinic, sms_house: SmsHouse) -> None:
    await clinic.texts_by(sms_house, "https://clinic.example")
    async with clinic.at_work():
        message = await clinic.until_is(await clinic.text("Hej"), Status.SENT)
    await clinic.wired.messages.reported(CLINIC, message.id, message.report_key, ReportState.FAILED, "no such number")
    failed = await clinic.look(message)
    assert (failed.status, failed.reason, failed.detail) == (
        Status.FAILED,
        Reason.NOT_DELIVERED.value,
        "no such number",
    )


@pytest.mark.feature("MSG-04")
async def test_an_outage_loses_and_doubles_nothing(clinic: Clinic, sms_house: SmsHouse) -> None:
    """Away, then there with faults of all kinds, some after it has taken the message."""
    await clinic.texts_by(sms_house)
    await sms_house.close()
    async with clinic.at_work():
        during = [await clinic.text(f"during {number}") for number in range(30)]
        for message in during:
            await clinic.until_is(message, Status.WAITING, Why.NOT_REACHED.value)
        sms_house.answers += [503, "cut", 500, 429, "cut", 502, "cut", 503, "cut", "cut"]
        await sms_house.open()
        for message in during:
            await clinic.until_is(message, Status.SENT)
    assert sorted(sms_house.texts) == sorted(f"during {number}" for number in range(30))
    assert sms_house.asked > 0
    assert len({message.provider_id for message in await clinic.all()}) == 30


async def test_a_provider_that_is_away_is_not_asked_by_everybody(clinic: Clinic, sms_house: SmsHouse) -> None:
    await clinic.texts_by(sms_house)
    await sms_house.close()
    async with clinic.at_work():
        during = [await clinic.text(f"during {number}") for number in range(50)]
        for message in during:
            await clinic.until_is(message, Status.WAITING, Why.NOT_REACHED.value)
        assert sum(message.attempts for message in await clinic.all()) < 40, "fewer than one each"
        await sms_house.open()
        for message in during:
            await clinic.until_is(message, Status.SENT)
    assert len(sms_house.taken) == 50


async def test_the_same_words_twice_are_two_messages(clinic: Clinic, sms_house: SmsHouse) -> None:
    """What was taken of one is not taken for the other, whose answer was lost."""
    await clinic.texts_by(sms_house)
    async with clinic.at_work():
        await clinic.until_is(await clinic.text("Hej"), Status.SENT)
        sms_house.answers += [500]
        await clinic.until_is(await clinic.text("Hej"), Status.SENT)
    assert sms_house.texts == ["Hej", "Hej"]


@pytest.mark.feature("MSG-04")
async def test_a_worker_that_dies_while_it_sends_leaves_one_message(clinic: Clinic, sms_house: SmsHouse) -> None:
    """Between handing over and the note of it, as a killed worker leaves it."""
    await clinic.texts_by(sms_house)
    message = await clinic.text("Hej")
    async with clinic.database.begin() as session:
        await session.exec_driver_sql(
            "update outbox set status = 'sending', attempts = 1, tried_at = now() - interval '5 seconds'"
        )
    accepted = await sender(sms_house).send(Sms("Clinic", message.receiver, "Hej"))
    async with clinic.at_work():
        sent = await clinic.until_is(message, Status.SENT)
    assert sent.provider_id == accepted.id
    assert sms_house.texts == ["Hej"]


async def test_many_are_sent_beside_each_other(clinic: Clinic, sms_house: SmsHouse) -> None:
    await clinic.texts_by(sms_house)
    messages = await asyncio.gather(*(clinic.text(f"text {number}") for number in range(100)))
    async with clinic.at_work():
        for message in messages:
            await clinic.until_is(message, Status.SENT)
    assert sorted(sms_house.texts) == sorted(f"text {number}" for number in range(100))
