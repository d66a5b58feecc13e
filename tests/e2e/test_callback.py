"""Promises: stated in words, booked, told again, and kept."""

from datetime import datetime

import pytest

from e2e.acting import acted
from e2e.stand import Stand
from svarhus.domains.callbacks.state import Booking, BookingKind, BookingStatus
from svarhus.domains.calls.model import Outcome
from svarhus.exchange.core.requests import BookCallback, MarkCallback, StartCallback
from svarhus.kit.clock import Instant, instant, to_local
from svarhus.phones.scenarios import Actor, assert_talking
from svarhus.ports.speech import Digits, MessagePhrase, RelativeDay, SpokenValue, WallTime


def _bookings(stand: Stand) -> list[Booking]:
    bookings = stand.house.exchange.core.state.bookings.values()
    return [booking for booking in bookings if booking.queue == stand.queue]


async def _booking(stand: Stand) -> Booking:
    await stand.house.until(lambda: _bookings(stand))
    (booking,) = _bookings(stand)
    return booking


def _offers(stand: Stand) -> list[Instant]:
    """The time that a caller is being offered."""
    memories = [call.position.memory for call in stand.calls() if call.position]
    return [instant(datetime.fromisoformat(str(memory["at"]))) for memory in memories if "at" in memory]


async def _offered(stand: Stand) -> Instant:
    await stand.house.until(lambda: _offers(stand))
    (offered,) = _offers(stand)
    return offered


def _spoken_time(stand: Stand, at: Instant) -> dict[str, SpokenValue]:
    zone = stand.house.exchange.core.rules.zone
    wall = to_local(at, zone)
    return {"day": RelativeDay(wall.date(), datetime.now(zone).date()), "time": WallTime(wall.time())}


async def _accept(stand: Stand) -> tuple[Actor, Booking]:
    """A caller who takes the first time offered."""
    caller = await stand.caller()
    await caller.press("2")
    await caller.expect_music_or_speech(window=1.0)
    await caller.press("1")
    return caller, await _booking(stand)


@pytest.mark.feature("CB-01", "CB-03", "CB-09")
@acted()
async def test_a_callback_is_stated_booked_told_again_and_carried_out(stand: Stand) -> None:
    caller = await stand.caller()
    await caller.press("2")
    await caller.expect_music_or_speech(window=2.5)
    await caller.press("1")
    booking = await _booking(stand)
    assert booking.number == stand.place.caller(0)
    spoken = _spoken_time(stand, booking.due_at)
    await stand.is_told(caller, "callback.booked", spoken)
    await stand.hears_message(caller, "goodbye")
    await caller.expect_ended(by="them")

    again = await stand.caller()
    await again.press("2")
    await stand.is_told(again, "callback.already", spoken, within=12)
    await again.hang_up()
    assert await _booking(stand) == booking, "no second place is given"

    agent = await stand.agent()
    await stand.ask(StartCallback(booking.id, stand.person()))
    await agent.expect_ring(from_number=booking.number)
    agent.answer()
    customer = await stand.house.outside(booking.number)
    assert customer.from_number == "+46846500499", "the customer sees the organisation's number"
    await agent.expect_sound()
    customer.answer()
    await assert_talking(agent, customer)
    await agent.hang_up()
    await customer.wait_ended(3)
    await stand.house.until(lambda: _bookings(stand)[0].status is BookingStatus.TO_MARK)
    await stand.ask(MarkCallback(booking.id, stand.person(), answered=True))
    await stand.house.until(lambda: not _bookings(stand))
    (record,) = await stand.log(1, booking.number)
    assert (record.outcome, record.person) == (Outcome.ANSWERED, stand.person())


@pytest.mark.feature("CB-08", "CB-06")
@acted(callbacks={"carried_out": "automatic", "greeting": "goodbye"})
async def test_the_next_free_member_is_rung_and_then_the_customer_who_hears_who_calls(stand: Stand) -> None:
    agent = await stand.agent()
    number = stand.place.caller(0)
    await stand.ask(BookCallback(stand.queue, number, stand.person(), kind=BookingKind.UNTIMED))
    await agent.expect_ring(from_number=number)
    agent.answer()
    customer = await stand.house.outside(number)
    customer.answer()
    assert isinstance(customer.phone, Actor)
    await stand.hears(customer.phone, MessagePhrase("goodbye", "sv"), call=customer)
    await assert_talking(agent, customer)
    await agent.hang_up()
    await customer.wait_ended(3)
    await stand.house.until(lambda: not _bookings(stand))


@pytest.mark.feature("CB-01")
@acted()
async def test_a_time_is_offered_in_words_and_a_later_one_on_request(stand: Stand) -> None:
    caller = await stand.caller()
    await caller.press("2")
    first = await _offered(stand)
    await stand.is_told(caller, "callback.offer_days", _spoken_time(stand, first), within=15)
    await caller.press("2")
    await stand.house.until(lambda: _offers(stand) and _offers(stand) != [first])
    later = await _offered(stand)
    assert later > first
    await stand.is_told(caller, "callback.offer_days", _spoken_time(stand, later), within=15)
    await caller.press("1")
    booking = await _booking(stand)
    assert booking.promised_at == later


@pytest.mark.feature("CB-01")
@acted()
async def test_a_time_is_declined(stand: Stand) -> None:
    caller = await stand.caller()
    await caller.press("2")
    await caller.expect_music_or_speech(window=1.0)
    await caller.press("*")
    await stand.is_told(caller, "callback.declined")
    await stand.hears_message(caller, "goodbye")
    assert not _bookings(stand)


@pytest.mark.feature("CB-03")
@acted()
async def test_who_calls_again_may_cancel(stand: Stand) -> None:
    caller, _ = await _accept(stand)
    await caller.hang_up()
    again = await stand.caller()
    await again.press("2")
    await again.expect_music_or_speech(window=1.0)
    await again.press("2")
    await stand.is_told(again, "callback.cancel")
    await again.press("1")
    await stand.is_told(again, "callback.cancelled")
    assert not _bookings(stand)


@pytest.mark.feature("CB-02", "NUM-10")
@acted()
async def test_a_withheld_caller_keys_in_a_number(stand: Stand) -> None:
    caller = await stand.phone("caller")
    await caller.call(stand.place.number, from_number="anonymous")
    await caller.press("2")
    await caller.expect_music_or_speech(window=1.0)
    await caller.press("1")
    await stand.is_told(caller, "callback.enter_number")
    national = "0" + stand.place.caller(0).removeprefix("+46")
    await caller.press(f"{national}#")
    shown = f"{national[:3]}-{national[3:6]} {national[6:8]} {national[8:]}"
    await stand.is_told(caller, "callback.number", {"number": Digits(shown)}, within=15)
    await caller.press("1")
    booking = await _booking(stand)
    assert booking.number == stand.place.caller(0)
    await stand.is_told(caller, "callback.booked_for_number", _spoken_time(stand, booking.due_at))


@pytest.mark.feature("CB-02", "CB-14")
@acted()
async def test_a_withheld_caller_who_keys_nothing_comes_to_the_voicemail(stand: Stand) -> None:
    caller = await stand.phone("caller")
    await caller.call(stand.place.number, from_number="anonymous")
    await caller.press("2")
    await caller.expect_music_or_speech(window=1.0)
    await caller.press("1")
    await stand.is_told(caller, "voicemail.leave", within=40)


@acted()
async def test_a_waiting_caller_leaves_the_queue_for_a_callback(stand: Stand) -> None:
    caller = await stand.caller_in_queue()
    await stand.waits(1)
    await caller.press("2")
    await stand.waits(0)
    await caller.expect_music_or_speech(window=1.0)
    await caller.press("1")
    booking = await _booking(stand)
    await stand.is_told(caller, "callback.booked", _spoken_time(stand, booking.due_at))
    await caller.hang_up()
    await stand.came_to(Outcome.CALLBACK_BOOKED)


@pytest.mark.feature("CB-11")
@acted()
async def test_a_customer_who_does_not_answer_is_tried_again_later(stand: Stand) -> None:
    caller, booking = await _accept(stand)
    await caller.hang_up()
    agent = await stand.agent()
    await stand.ask(StartCallback(booking.id, stand.person()))
    await agent.expect_ring()
    agent.answer()
    customer = await stand.house.outside(booking.number)
    customer.decline(486)
    await agent.expect_ended(by="them")
    await stand.house.until(lambda: _bookings(stand)[0].status is BookingStatus.TO_MARK)
    await stand.ask(MarkCallback(booking.id, stand.person(), answered=False))
    (again,) = _bookings(stand)
    assert (again.attempts, again.status) == (1, BookingStatus.BOOKED)
    assert again.due_at > booking.due_at


@acted()
async def test_an_agent_who_declines_has_made_no_attempt(stand: Stand) -> None:
    caller, booking = await _accept(stand)
    await caller.hang_up()
    agent = await stand.agent()
    await stand.ask(StartCallback(booking.id, stand.person()))
    (await agent.expect_ring()).decline(486)
    await stand.house.until(lambda: _bookings(stand)[0].status is BookingStatus.BOOKED)
    assert _bookings(stand)[0].attempts == 0, "its time is still to come"
