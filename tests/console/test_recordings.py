"""A call is recorded: who talks sees and pauses it; who may hears it, keeps it and deletes it."""

import os
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from console.accessibility import assert_accessible
from console.browsing import View, Visitors
from console.conftest import MakeStage
from console.softphone import at_the_phone, expect_call, expect_heard, expect_no_call, expect_ring
from console.stage import CALLERS, Stage, Wants

CALLER_TONE = 553
SEALED = 30_000
"""Milliseconds in which the worker has sealed what was recorded."""


async def look(page: Page, name: str) -> None:
    """Keep a picture where somebody wants to see it."""
    if folder := os.environ.get("SVARHUS_PICTURES"):
        await page.screenshot(path=Path(folder) / f"{name}.png")


async def recorded_call(make_stage: MakeStage, visitors: Visitors) -> Stage:
    """A call in which the member has paused the recording for a while."""
    stage = await make_stage(Wants(agent={"phone": "browser"}, queue={"recording": {"mode": "all"}}))
    page, caller = await at_the_phone(visitors, stage.agent()), await stage.caller()
    caller.dial(stage.number, from_number=CALLERS[0])
    await expect_ring(page)
    await page.keyboard.press("F2")
    await expect_call(page, "talking")
    call = await caller.expect_up()
    call.play_tone(CALLER_TONE)
    await expect_heard(page, CALLER_TONE)
    recording = page.get_by_role("group", name="Inspelning")
    await expect(recording).to_contain_text("Spelas in")
    await expect(recording.get_by_role("button")).to_have_count(1)
    await assert_accessible(page)
    await look(page, "phone-recording")
    await recording.get_by_role("button", name="Pausa inspelningen").click()
    await expect(recording).to_contain_text("Inspelningen pausad")
    await look(page, "phone-paused")
    await recording.get_by_role("button", name="Fortsätt inspelningen").press("Enter")
    await expect(recording).to_contain_text("Spelas in")
    await page.set_viewport_size({"width": 390, "height": 844})
    await look(page, "phone-narrow")
    await page.keyboard.press("F4")
    await expect_no_call(page)
    await page.close()
    return stage


@pytest.mark.feature("DESK-15")
async def test_a_recorded_call_is_paused_heard_kept_and_deleted(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await recorded_call(make_stage, visitors)
    page = await visitors.page(stage.agent(), "/calls")
    row = page.get_by_role("row").filter(has_text="06 05")
    await row.press("Enter")
    heard = page.get_by_role("region", name="Inspelat")
    place = heard.get_by_role("slider")
    await expect(place).to_be_visible(timeout=SEALED)
    await expect(heard).to_contain_text("Överst: +46 70 174 06 05")
    await expect(heard.get_by_role("button", name="Mer om inspelningen")).to_have_count(0)
    await heard.get_by_role("button", name="Spela upp").press("Enter")
    await expect(heard.get_by_role("button", name="Pausa")).to_be_visible()
    await expect(place).not_to_have_value("0")
    await heard.get_by_role("button", name="Pausa").press("Enter")
    before = float(await place.input_value())
    await place.press("ArrowRight")
    assert float(await place.input_value()) > before
    await assert_accessible(page)
    await look(page, "drawer")
    await page.set_viewport_size({"width": 390, "height": 844})
    await assert_accessible(page)
    await look(page, "drawer-narrow")
    await page.close()

    page = await visitors.page(stage.boss, "/call-log", View(locale="en-GB"))
    await page.get_by_role("row").filter(has_text="06 05").press("Enter")
    heard = page.get_by_role("region", name="Recorded")
    await expect(heard.get_by_role("slider")).to_be_visible()
    await look(page, "drawer-boss")
    await heard.get_by_role("button", name="More about the recording").click()
    async with page.expect_download() as kept:
        await page.get_by_role("menuitem", name="Download").click()
    assert (await kept.value).suggested_filename.endswith(".wav")
    await heard.get_by_role("button", name="More about the recording").click()
    await page.get_by_role("menuitem", name="Delete").click()
    question = page.get_by_role("dialog", name="Delete the recording?")
    await assert_accessible(page)
    await look(page, "delete")
    await question.get_by_role("button", name="Cancel").click()
    await expect(heard).to_be_visible()
    await heard.get_by_role("button", name="More about the recording").click()
    await page.get_by_role("menuitem", name="Delete").click()
    await question.get_by_role("button", name="Delete").click()
    await expect(heard).to_have_count(0)
    lines = (await (await page.request.get("/api/audit")).json())["items"]
    actions = [line["action"] for line in lines if line["action"].startswith("call-recording")]
    assert actions == ["call-recording-deleted", "call-recording-downloaded", "call-recording-listened"]
