"""What a caller meets before anybody answers."""

import pytest

from e2e.acting import acted
from e2e.stand import Stand
from svarhus.domains.calls.model import Outcome


@pytest.mark.feature("FLOW-06", "FLOW-07")
@acted()
async def test_a_key_in_the_sound_stream_chooses(stand: Stand) -> None:
    caller = await stand.caller()
    await stand.hears_message(caller, "welcome")
    await stand.hears_message(caller, "choices")
    await caller.press("*")
    await stand.hears_message(caller, "more")
    await caller.press("0")
    await caller.press("*")
    await caller.hang_up()
    await stand.came_to(Outcome.HUNG_UP)


@pytest.mark.feature("FLOW-07")
@acted()
async def test_a_key_by_sip_info_chooses(stand: Stand) -> None:
    caller = await stand.caller()
    await stand.hears_message(caller, "choices")
    await caller.press("*", method="info")
    await stand.hears_message(caller, "more")


@pytest.mark.feature("FLOW-06")
@acted()
async def test_a_key_during_the_greeting_counts_for_the_menu(stand: Stand) -> None:
    caller = await stand.caller()
    await caller.press("*")
    await stand.hears_message(caller, "more")


@pytest.mark.feature("FLOW-07")
@acted()
async def test_keys_with_nothing_attached_repeat_the_menu_and_then_leave_it(stand: Stand) -> None:
    caller = await stand.caller()
    await stand.hears_message(caller, "welcome")
    await stand.hears_message(caller, "choices")
    await caller.press("7")
    await stand.is_told(caller, "menu.invalid")
    await caller.press("8")
    await stand.hears_message(caller, "no-such-choice")
    await caller.expect_ended(by="them")
    await stand.came_to(Outcome.COMPLETED)


@pytest.mark.feature("FLOW-07")
@acted()
async def test_silence_repeats_the_menu_and_then_leaves_it(stand: Stand) -> None:
    caller = await stand.caller()
    await stand.is_told(caller, "menu.no_input", within=20)
    await stand.hears_message(caller, "silent", within=20)
    await caller.expect_ended(by="them")


@pytest.mark.feature("NUM-02")
@acted()
async def test_a_number_that_is_not_ours_is_refused(stand: Stand) -> None:
    caller = await stand.phone("caller")
    await caller.expect_refused("+46846599999", from_number=stand.place.caller(0), status=404)
