"""Texts over SMPP 3.4: written as phones read them, sent once, and what the provider tells of them kept."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
import smpp34
from sqlalchemy import text

from integration.outbox.conftest import QUICK_LINE, Clinic
from integration.outbox.smsc import PASSWORD, USER, Smsc
from real_asterisk import free_ports
from svarhus.adapters.smpp.line import SmppLine
from svarhus.domains.outbox.model import Reason, Status
from svarhus.domains.outbox.reports import spellings
from svarhus.ports.sending import NotSent, Why
from svarhus.ports.sms import Accepted, IncomingSms, Report, ReportState, SmppProvider, Sms

pytestmark = pytest.mark.real_time

LONG = "Räksmörgås på åttonde våningen kostar fyrtio kronor. " * 5
EMOJI = "Välkommen 🙂 " * 12


@asynccontextmanager
async def line_to(
    port: int, told: Callable[[Report | IncomingSms], Awaitable[None]] | None = None, password: str = PASSWORD
) -> AsyncIterator[SmppLine]:
    async def nobody(_: Report | IncomingSms) -> None:
        return

    line = SmppLine(SmppProvider("127.0.0.1", port, False, USER, password), told or nobody, QUICK_LINE)
    running = asyncio.create_task(line.run())
    try:
        yield line
    finally:
        running.cancel()
        await asyncio.wait([running])


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110  # the server tells nobody
            await asyncio.sleep(0.02)


@pytest.mark.parametrize(
    ("text", "coding", "parts"),
    [
        ("Hej", 0, 1),
        ("Åsa köper öl för 5€ [två] {tre}", 0, 1),
        ("x" * 160, 0, 1),
        ("x" * 161, 0, 2),
        (LONG, 0, 2),
        ("Pris: €" * 25, 0, 2),
        ("Привет", 8, 1),
        ("й" * 70, 8, 1),
        ("й" * 71, 8, 2),
        (EMOJI, 8, 3),
    ],
)
async def test_a_text_arrives_as_it_was_written(smsc: Smsc, text: str, coding: int, parts: int) -> None:
    async with line_to(smsc.port) as line:
        accepted = await line.send(Sms("Clinic", "+46701740605", text))
    assert smsc.texts == [text]
    assert {each.coding for each in smsc.taken} == {coding}
    assert accepted == Accepted(smsc.taken[-1].id, parts)
    assert [each.receipt for each in smsc.taken] == [0] * (parts - 1) + [1]
    assert all(len(each.header) == (6 if parts > 1 else 0) for each in smsc.taken)


@pytest.mark.parametrize(("sender", "shown", "ton"), [("Clinic", "Clinic", 5), ("+4684650040", "4684650040", 1)])
async def test_numbers_say_what_they_are(smsc: Smsc, sender: str, shown: str, ton: int) -> None:
    async with line_to(smsc.port) as line:
        await line.send(Sms(sender, "+46701740605", "Hej"))
    (taken,) = smsc.taken
    assert (taken.sender, taken.sender_ton, taken.receiver, taken.receiver_ton) == (shown, ton, "46701740605", 1)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (0x0B, Why.RECEIVER_REFUSED),
        (0x0C, Why.MESSAGE_REFUSED),
        (0x58, Why.NOT_NOW),
        (0x14, Why.NOT_NOW),
        ("cut", Why.NO_ANSWER),
    ],
)
async def test_a_refusal_says_why(smsc: Smsc, answer: int | str, why: Why) -> None:
    smsc.answers.append(answer)
    async with line_to(smsc.port) as line:
        with pytest.raises(NotSent) as told:
            await line.send(Sms("Clinic", "+46701740605", "Hej"))
    assert told.value.why is why


async def test_who_is_not_known_or_not_there_is_told_apart(smsc: Smsc) -> None:
    async with line_to(smsc.port, password="wrong") as line:
        with pytest.raises(NotSent) as told:
            await line.send(Sms("Clinic", "+46701740605", "Hej"))
    assert told.value.why is Why.SIGN_IN_REFUSED
    async with line_to(free_ports("127.0.0.1", 1)[0]) as line:
        with pytest.raises(NotSent) as told:
            await line.send(Sms("Clinic", "+46701740605", "Hej"))
    assert told.value.why is Why.NOT_REACHED


async def test_a_text_that_is_far_too_long_is_refused(smsc: Smsc) -> None:
    async with line_to(smsc.port) as line:
        with pytest.raises(NotSent) as told:
            await line.send(Sms("Clinic", "+46701740605", "x" * 2000))
    assert told.value.why is Why.MESSAGE_REFUSED
    assert smsc.taken == []


async def test_the_line_is_kept_alive_and_bound_again(smsc: Smsc) -> None:
    async with line_to(smsc.port) as line:
        await line.send(Sms("Clinic", "+46701740605", "before"))
        await until(lambda: smsc.asked >= 2)
        await smsc.close()
        await smsc.open()
        await until(lambda: smsc.binds >= 2)
        await line.send(Sms("Clinic", "+46701740605", "after"))
    assert smsc.texts == ["before", "after"]


@pytest.mark.parametrize("options", [False, True])
async def test_receipts_are_read_in_both_ways_and_answered_when_they_are_kept(smsc: Smsc, options: bool) -> None:
    kept: list[Report | IncomingSms] = []
    away = True

    async def told(report: Report | IncomingSms) -> None:
        if away:
            raise OSError("the database is away")
        kept.append(report)

    async with line_to(smsc.port, told) as line:
        await line.send(Sms("Clinic", "+46701740605", "Hej"))
        smsc.report("00000001", "DELIVRD", options=options)
        await until(lambda: smsc.receipts == [0x64])
        away = False
        smsc.report("00000001", "DELIVRD", options=options)
        smsc.report("00000002", "UNDELIV", options=options)
        smsc.report("00000003", "ENROUTE", options=options)
        await until(lambda: smsc.receipts == [0x64, 0, 0, 0])
        smsc.text_in("Tack!")
        await until(lambda: smsc.receipts[4:] == [0])
    assert [(report.id, report.state) for report in kept if isinstance(report, Report)] == [
        ("00000001", ReportState.DELIVERED),
        ("00000002", ReportState.FAILED),
    ]
    assert kept[2:] == [IncomingSms("", "+46701740605", "Clinic", "Tack!")]


async def test_what_is_no_smpp_ends_the_line_and_nothing_else() -> None:
    port = free_ports("127.0.0.1", 1)[0]

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n" * 10)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", port)
    async with line_to(port) as line:
        with pytest.raises(NotSent) as told:
            await line.send(Sms("Clinic", "+46701740605", "Hej"))
    server.close()
    assert told.value.why is Why.NOT_REACHED


@pytest.mark.feature("MSG-04")
async def test_anothers_server_understands_us() -> None:
    """smpp34 knows nothing of how we have read the specification."""
    port = free_ports("127.0.0.1", 1)[0]
    server = smpp34.Server("127.0.0.1", port, system_id="other")
    await server.start()
    heard: list[bytes] = []
    kept: list[Report | IncomingSms] = []

    async def serve() -> None:
        bound: smpp34.Esme | None = None
        while True:
            event = await server.next()
            if isinstance(event, smpp34.Esme):
                bound = event
            elif isinstance(event, smpp34.SubmitSmEvent):
                heard.append(event.short_message)
                event.accept("abc")
                assert bound is not None
                receipt = b"id:abc sub:001 dlvrd:001 submit date:2611230900 done date:2611230901 stat:DELIVRD err:000"
                await bound.deliver_sm("Clinic", receipt, source_addr=event.destination_addr, esm_class=0x04)

    async def told(report: Report | IncomingSms) -> None:
        kept.append(report)

    serving = asyncio.create_task(serve())
    async with line_to(port, told) as line:
        assert await line.send(Sms("Clinic", "+46701740605", "Hej åäö€")) == Accepted("abc")
        await until(lambda: bool(kept))
    serving.cancel()
    await server.stop()
    assert heard == [b"Hej \x0f\x7b\x7c\x1b\x65"]
    assert kept == [Report("abc", ReportState.DELIVERED)]


@pytest.mark.feature("MSG-04")
async def test_messages_are_sent_once_and_what_is_told_of_them_kept(clinic: Clinic, smsc: Smsc) -> None:
    await clinic.texts_over(smsc)
    async with clinic.at_work():
        arrives = await clinic.until_is(await clinic.text("arrives"), Status.SENT)
        fails = await clinic.until_is(await clinic.text("fails"), Status.SENT)
        smsc.report(str(int(arrives.provider_id, 16)), "DELIVRD")
        smsc.report(fails.provider_id, "UNDELIV")
        smsc.report("4711", "DELIVRD")
        await clinic.until_is(arrives, Status.DELIVERED)
        failed = await clinic.until_is(fails, Status.FAILED, Reason.NOT_DELIVERED.value)
    assert "UNDELIV" in failed.detail
    assert smsc.texts == ["arrives", "fails"]


async def test_a_receipt_that_comes_before_its_message_is_known_waits_for_it(clinic: Clinic, smsc: Smsc) -> None:
    await clinic.texts_over(smsc)
    async with clinic.at_work():
        await until(lambda: smsc.binds > 0)
        await asyncio.sleep(0.1)
        smsc.report("00000001", "DELIVRD")
        await until(lambda: smsc.receipts == [0])
        message = await clinic.text("Hej")
        await clinic.until_is(message, Status.DELIVERED)


@pytest.mark.feature("MSG-04")
async def test_an_outage_loses_and_doubles_nothing(clinic: Clinic, smsc: Smsc) -> None:
    await clinic.texts_over(smsc)
    await smsc.close()
    async with clinic.at_work():
        during = [await clinic.text(f"during {number}") for number in range(20)]
        for message in during:
            await clinic.until_is(message, Status.WAITING, Why.NOT_REACHED.value)
        smsc.answers += [0x58, 0x14, 0x08, 0x58]
        await smsc.open()
        for message in during:
            await clinic.until_is(message, Status.SENT)
    assert sorted(smsc.texts) == sorted(f"during {number}" for number in range(20))


async def test_an_answer_that_is_lost_brings_the_message_again(clinic: Clinic, smsc: Smsc) -> None:
    """SMPP has no way to ask: a message that comes twice is better than none."""
    await clinic.texts_over(smsc)
    smsc.answers.append("cut")
    async with clinic.at_work():
        await clinic.until_is(await clinic.text("Hej"), Status.SENT)
    assert smsc.texts == ["Hej", "Hej"]


@pytest.mark.feature("MSG-01")
async def test_a_text_that_is_told_twice_is_kept_once(clinic: Clinic, smsc: Smsc) -> None:
    await clinic.texts_over(smsc)
    async with clinic.at_work():
        await until(lambda: smsc.binds > 0)
        await asyncio.sleep(0.1)
        smsc.text_in("Boka")
        await until(lambda: smsc.receipts == [0])
        smsc.text_in("Boka")
        smsc.text_in("Avboka")
        await until(lambda: smsc.receipts == [0, 0, 0])
    async with clinic.database.begin() as session:
        kept = await session.execute(text("select sender, text, outcome from texts_received order by received_at"))
    assert [tuple(row) for row in kept] == [("+46701740605", "Boka", None), ("+46701740605", "Avboka", None)]


@pytest.mark.parametrize(("told", "answered"), [("26", "1A"), ("0001", "1"), ("abc", "abc"), ("4711", "00001267")])
def test_ids_are_known_in_other_spellings(told: str, answered: str) -> None:
    assert answered in spellings(told)
