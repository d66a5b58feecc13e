"""The desk: what comes in by real phones stands in one list, and is worked through by mouse or keys."""

import asyncio
import json
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Locator, Page, WebSocketRoute, expect

from console.accessibility import assert_accessible
from console.browsing import Scheme, View, Visitors
from console.conftest import MakeStage
from console.stage import CALLERS, Object, Stage, Wants
from svarhus.app.tryout.patience import until
from svarhus.phones.scenarios import Actor, assert_talking

MESSAGES, BOOKINGS = "Meddelanden", "Bokning"
"""Numbers that lead to the voicemail and to the booking of a callback."""

ELSEWHERE = "elsewhere"
"""A queue that is nobody's here."""

FLOWS: Object = {
    "units": [{"key": "nurses", "name": "Sköterskorna"}],
    "tags": [
        {"key": "medicines", "name": "Läkemedel"},
        {"key": "prescription", "name": "Receptförnyelse", "parent": "medicines"},
        {"key": "other", "name": "Övrigt"},
    ],
    "queues": [{"key": ELSEWHERE, "name": "Fakturor", "callbacks": {"schedule": "always"}}],
    "callflows": [
        {
            "key": "messages",
            "name": "Meddelanden",
            "start": "voicemail",
            "elements": {"voicemail": {"type": "voicemail", "settings": {"queue": "front"}}},
        },
        {
            "key": "bookings",
            "name": "Bokning",
            "start": "callback",
            "elements": {"callback": {"type": "callback", "settings": {"queue": "front"}}},
        },
    ],
}


async def desk_stage(make_stage: MakeStage, agents: int = 1) -> Stage:
    lines = {MESSAGES: "messages", BOOKINGS: "bookings"}
    return await make_stage(Wants(agents=agents, queue={"unit": "nurses"}, more=FLOWS, lines=lines))


def rows(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Ärenden").get_by_role("option")


async def at_the_desk(visitors: Visitors, stage: Stage, which: int = 0, view: View | None = None) -> Page:
    """The desk of somebody who has seen the tour."""
    page = await visitors.page(stage.agent(which), "/sign-in", view)
    await page.evaluate(f"localStorage.setItem('svarhus-tour-{stage.agent_key(which)}', 'seen')")
    await page.goto("/desk")
    await expect(page.get_by_role("heading", name="Skrivbord")).to_be_visible(timeout=60_000)
    await expect(page.get_by_role("status", name="Läser in").first).to_be_hidden()
    return page


async def leaves_a_message(caller: Actor, number: str, stage: Stage) -> None:
    await caller.call(stage.lines[MESSAGES], from_number=number)
    await caller.expect_silence(within=15, window=0.6)
    caller.current.play_tone(660)
    await caller.wait_until(lambda: False, 2.0)
    caller.current.silence()
    await caller.press("#")
    await caller.wait_until(lambda: False, 0.5)
    await caller.hang_up()


async def books_a_callback(caller: Actor, number: str, stage: Stage) -> None:
    api = await stage.client()
    await caller.call(stage.lines[BOOKINGS], from_number=number)

    async def promised() -> bool:
        await caller.press("1")
        return bool(await api.callbacks_for(number))

    await until(promised, "the callback is booked", 30.0)
    await caller.hang_up()


@pytest.mark.feature("DESK-01", "DESK-05", "DESK-06")
@pytest.mark.limit(300)
async def test_a_message_and_a_callback_are_worked_through_with_the_keyboard_alone(
    make_stage: MakeStage, visitors: Visitors
) -> None:
    stage = await desk_stage(make_stage, agents=2)
    page = await at_the_desk(visitors, stage, 0)
    other = await at_the_desk(visitors, stage, 1)
    phone, caller = await stage.phone(0), await stage.caller()
    await leaves_a_message(caller, CALLERS[0], stage)
    await books_a_callback(caller, CALLERS[0], stage)
    await expect(rows(page)).to_have_count(2)

    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Röstmeddelande · Mottagningen")).to_be_visible()
    await expect(page.get_by_text("Återuppringning bokad")).to_be_visible()
    await page.keyboard.press("p")
    await expect(page.get_by_label("Pausa", exact=True)).to_be_visible()
    await expect(page.get_by_role("slider", name="Plats i meddelandet")).not_to_have_value("0")
    await page.keyboard.press("h")
    await expect(rows(page)).to_have_count(1)
    await expect(rows(other)).to_have_count(1)

    await page.keyboard.press("x")
    await expect(page.get_by_text("Återuppringning · Mottagningen")).to_be_visible()
    await page.keyboard.press("n")
    await page.keyboard.type("Vill ha <b>nytt</b> recept.")
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_role("list", name="Anteckningar")).to_contain_text("Vill ha <b>nytt</b> recept.")
    await page.keyboard.press("Escape")
    await page.keyboard.press("g")
    await page.keyboard.type("recept")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("list", name="Taggar")).to_contain_text("Läkemedel › Receptförnyelse")
    await expect(rows(other).first).to_contain_text("1 anteckning")
    await expect(rows(other).first).to_contain_text("1 tagg")
    await page.keyboard.press("Escape")

    carrier = await stage.caller("carrier")
    await carrier.register(f"carrier-{stage.key}", "secret-of-the-carrier", expires=60)
    await rows(other).first.click()
    await page.keyboard.press("r")
    await phone.expect_ring()
    await expect(page.get_by_text("Din telefon ringer.")).to_be_visible()
    await expect(other.get_by_text("Det ringer hos Agent A")).to_be_visible()
    phone.answer()
    customer = await carrier.expect_ring()
    assert customer.number == CALLERS[0]
    await expect(page.get_by_text("Kunden rings upp.")).to_be_visible()
    await expect(other.get_by_text("Agent A ringer kunden.")).to_be_visible()
    customer.answer()
    await expect(page.get_by_text("Du talar med kunden.")).to_be_visible()
    await expect(other.get_by_text("Agent A talar med kunden.")).to_be_visible()
    await expect(other.get_by_role("option").get_by_text("Agent A talar med kunden")).to_be_visible()
    await phone.expect_up()
    await phone.hang_up()
    await expect(page.get_by_role("button", name="Besvarad", exact=False).first).to_be_visible()
    await page.keyboard.press("a")
    await expect(page.get_by_text("Tryck A en gång till")).to_be_visible()
    # A key that comes in the moment in which what was of the call goes away is no command: one presses it again.
    async with asyncio.timeout(15):
        while await rows(page).count():
            await page.keyboard.press("a")
            await page.wait_for_timeout(200)
    await expect(page.get_by_text("Ingenting väntar")).to_be_visible()
    await page.get_by_role("tab", name="Vem gjorde vad").click()
    await expect(page.get_by_text("Agent A markerade som besvarad")).to_be_visible()


async def test_colleagues_see_at_once_who_takes_a_case_and_only_one_gets_it(
    make_stage: MakeStage, visitors: Visitors
) -> None:
    stage = await desk_stage(make_stage, agents=2)
    await stage.book(CALLERS[0])
    one, other = await at_the_desk(visitors, stage, 0), await at_the_desk(visitors, stage, 1)
    await rows(one).first.click()
    await rows(other).first.click()
    await expect(one.get_by_role("button", name="Ta ärendet")).to_be_visible()
    await one.get_by_role("button", name="Ta ärendet").click()
    await expect(rows(other).first).to_contain_text("Taget av Agent A")
    await one.get_by_role("button", name="Släpp").click()
    await expect(rows(other).first).not_to_contain_text("Taget")
    await one.get_by_role("button", name="Ta ärendet").click()
    await expect(rows(other).first).to_contain_text("Taget av Agent A")
    await expect(other.get_by_role("button", name="Ta över")).to_be_visible()
    await expect(other.get_by_role("button", name="Ring upp nu")).to_be_disabled()
    await other.keyboard.press("t")
    await other.get_by_role("dialog").get_by_role("button", name="Ta över").click()
    await expect(rows(one).first).to_contain_text("Taget av Agent B")


@pytest.mark.feature("DESK-03")
async def test_what_is_not_mine_is_hidden_and_said_so(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await desk_stage(make_stage)
    await stage.book(CALLERS[0])
    await stage.book(CALLERS[1], ELSEWHERE)
    page = await at_the_desk(visitors, stage)
    await expect(rows(page)).to_have_count(1)
    await expect(page.get_by_text("1 ärende är dolt")).to_be_visible()
    await page.get_by_role("button", name="Visa alla").click()
    await expect(rows(page)).to_have_count(2)
    await page.get_by_role("button", name="Välj vad som visas").click()
    await page.get_by_role("checkbox", name="Sköterskorna").uncheck()
    await expect(rows(page)).to_have_count(1)
    again = await at_the_desk(visitors, stage)
    await expect(rows(again)).to_have_count(1)
    await expect(rows(again).first).to_contain_text("Fakturor")


@pytest.mark.feature("DESK-02", "DESK-04")
async def test_a_waiting_caller_is_answered_from_the_list_and_queues_and_colleagues_are_in_sight(
    make_stage: MakeStage, visitors: Visitors
) -> None:
    stage = await make_stage(Wants(agents=2, logged_in=False, queue={"desk": {"priority": "high"}}))
    page = await at_the_desk(visitors, stage)
    phone, caller = await stage.phone(0), await stage.caller()
    await caller.call(stage.number, from_number=CALLERS[1])
    await expect(rows(page)).to_contain_text("Väntar, plats 1")
    await expect(rows(page).get_by_role("img", name="Hög", exact=True)).to_be_visible()
    around = page.get_by_role("complementary", name="Köer och kollegor")
    await expect(around.get_by_role("listitem").filter(has_text="Mottagningen")).to_contain_text("1 väntar")
    await expect(around.get_by_role("listitem").filter(has_text="Agent B")).to_contain_text("Utloggad")
    await rows(page).click()
    await page.get_by_role("button", name="Svara nu").click()
    await phone.expect_ring()
    phone.answer()
    await expect(page.get_by_text("Du talar med den här personen.")).to_be_visible()


async def test_after_a_call_it_is_tagged_and_noted_until_one_is_done(make_stage: MakeStage, visitors: Visitors) -> None:
    work: Object = {"answered": 600}
    stage = await make_stage(
        Wants(queue={"after_call_work": work}, more={"tags": [{"key": "other", "name": "Övrigt"}]})
    )
    page = await at_the_desk(visitors, stage)
    phone, caller = await stage.phone(), await stage.caller()
    caller.dial(stage.number, from_number=CALLERS[2])
    await phone.expect_ring()
    phone.answer()
    await assert_talking(caller, phone)
    await caller.hang_up()
    after = page.get_by_role("region", name="Efterarbete")
    await expect(after).to_be_visible()
    await after.get_by_role("textbox", name="Lägg till en tagg").fill("övr")
    await page.keyboard.press("Enter")
    await expect(after.get_by_role("list", name="Taggar")).to_contain_text("Övrigt")
    await after.get_by_role("textbox", name="Ny anteckning").fill("Ville veta öppettiderna.")
    await page.keyboard.press("Control+Enter")
    await expect(after.get_by_role("list", name="Anteckningar")).to_contain_text("Ville veta öppettiderna.")
    await after.get_by_role("button", name="Mer tid").click()
    note = after.get_by_role("textbox", name="Ny anteckning")
    await note.press_sequentially("Ringer igen")
    await page.reload()
    await expect(note).to_have_value("Ringer igen")
    await page.get_by_role("button", name="min meny").click()
    await page.get_by_role("menuitem", name="Logga ut").click()
    unsaved = page.get_by_role("dialog", name="En anteckning är inte sparad")
    await unsaved.get_by_role("button", name="Avbryt").click()
    await after.get_by_role("button", name="Spara och klar").click()
    await expect(after).to_be_hidden()


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1024, "light"), (1440, "dark"), (1440, "light")])
async def test_everybody_can_use_it(make_stage: MakeStage, visitors: Visitors, width: int, scheme: Scheme) -> None:
    stage = await desk_stage(make_stage)
    await stage.book(CALLERS[0])
    await stage.book(CALLERS[1], ELSEWHERE)
    page = await at_the_desk(visitors, stage, view=View(width=width, scheme=scheme))
    await assert_accessible(page)
    await rows(page).first.click()
    await expect(page.get_by_role("heading", name="Anteckningar")).to_be_visible()
    await assert_accessible(page)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing goes past the edge"


A_STEP = """async (top) => {
  document.querySelector('[data-desk-list]').parentElement.scrollTop = top;
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
}"""

A_FRAME = 0.05
"""Seconds of work, by the clock of the page's own thread: a machine that is busy otherwise does not count."""


async def work_of(page: Page) -> Callable[[], Awaitable[float]]:
    """Gives the seconds that the page's thread has worked so far."""
    session = await page.context.new_cdp_session(page)
    await session.send("Performance.enable", {"timeDomain": "threadTicks"})

    async def so_far() -> float:
        metrics = (await session.send("Performance.getMetrics"))["metrics"]
        return float(next(each["value"] for each in metrics if each["name"] == "TaskDuration"))

    return so_far


async def test_two_thousand_cases_are_scrolled_and_filtered_smoothly(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await desk_stage(make_stage)
    await stage.book(CALLERS[0])
    page = await visitors.page(stage.agent(), "/sign-in")
    await page.route_web_socket("**/api/live", _crowded)
    await page.goto("/desk")
    await expect(page.get_by_text("2001 ärenden")).to_be_visible(timeout=30_000)
    assert await rows(page).count() < 60, "only what is seen is in the page"
    await expect(page.get_by_role("region", name="Min telefon")).to_be_visible()
    so_far, frames = await work_of(page), []
    for step in range(40):
        before = await so_far()
        await page.evaluate(A_STEP, 300 * step)
        frames.append(await so_far() - before)
    assert sorted(frames)[-2] <= A_FRAME, f"work of frames while scrolling: {sorted(frames)[-5:]} s"
    await page.get_by_role("searchbox", name="Sök namn eller nummer").fill("1500")
    await expect(page.get_by_text("1 ärende", exact=True)).to_be_visible()


def _crowded(route: WebSocketRoute) -> None:
    """The same as the server tells, with two thousand cases more."""
    server = route.connect_to_server()

    def told(message: str | bytes) -> None:
        found = json.loads(message)
        if found.get("type") == "snapshot":
            first = found["desk"][0]
            found["desk"] += [
                {**first, "key": f"callback:x-{n}", "id": f"x-{n}", "number": f"+46700{100000 + n}", "queue": "front"}
                for n in range(2000)
            ]
            message = json.dumps(found)
        route.send(message)

    server.on_message(told)


async def test_it_says_when_it_has_no_contact_and_goes_on_after_it(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await desk_stage(make_stage)
    page = await at_the_desk(visitors, stage)
    await expect(page.get_by_text("Ingenting väntar")).to_be_visible()
    await page.context.set_offline(True)
    await expect(page.get_by_text("Ingen kontakt med servern.", exact=False)).to_be_visible()
    await stage.book(CALLERS[0])
    await page.context.set_offline(False)
    await expect(rows(page)).to_have_count(1)
