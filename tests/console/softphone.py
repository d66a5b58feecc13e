"""An agent whose phone is the page, and what is heard there."""

from collections.abc import Mapping
from types import MappingProxyType

from playwright.async_api import Page, expect
from pydantic import JsonValue

from console.browsing import MICROPHONE, View, Visitors
from console.conftest import MakeStage
from console.stage import Stage, Wants
from svarhus.app.demo_notes import DemoPerson
from svarhus.app.tryout.patience import until

REACHABLE = "Nåbar i webbläsaren"

EAR = """() => {
  if (window.heardTracks) return;
  window.heardTracks = [];
  const Plain = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener('track', ({track}) => window.heardTracks.push(track));
    }
  };
  // A steady tone is what noise suppression takes away.
  localStorage.setItem('svarhus-devices', JSON.stringify({enhance: false}));
}"""

_STRONGEST = """async () => {
  const track = window.heardTracks.filter((one) => one.readyState === 'live').at(-1);
  if (!track) return 0;
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 8192;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  await context.resume();
  await new Promise((resolve) => setTimeout(resolve, 400));
  const bins = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(bins);
  const loudest = bins.indexOf(Math.max(...bins));
  const hertz = bins[loudest] > -70 ? loudest * context.sampleRate / analyser.fftSize : 0;
  await context.close();
  return hertz;
}"""


async def browser_stage(
    make_stage: MakeStage, agents: int = 1, queue: Mapping[str, JsonValue] = MappingProxyType({})
) -> Stage:
    """An organisation whose people answer in the browser."""
    return await make_stage(Wants(agents=agents, agent={"phone": "browser"}, queue=queue))


async def at_the_phone(visitors: Visitors, person: DemoPerson, view: View | None = None, path: str = "/desk") -> Page:
    """The person's page once calls reach it."""
    page = await visitors.page(person, path, view)
    await page.add_init_script(f"({EAR})()")
    await page.evaluate(EAR)
    await expect_reach(page, REACHABLE, within=60.0)
    return page


async def expect_reach(page: Page, words: str, within: float = 15.0) -> None:
    """What the page says of its phone."""
    await expect(page.locator("[data-tour=phone]")).to_have_text(words, timeout=within * 1000)


async def expect_call(page: Page, state: str, within: float = 10.0) -> None:
    """The page shows a call in this state: `ringing`, `dialling`, `talking`, `held`."""
    await expect(page.locator(f"[data-call][data-state={state}]")).to_be_visible(timeout=within * 1000)


async def expect_ring(page: Page, within: float = 15.0) -> None:
    """A call rings that can be answered in the page."""
    await expect_call(page, "ringing", within)
    await expect(page.get_by_role("button", name="Svara")).to_be_visible(timeout=within * 1000)


async def expect_no_call(page: Page, within: float = 10.0) -> None:
    await expect(page.locator("[data-call]")).to_have_count(0, timeout=within * 1000)


async def expect_sound(page: Page, within: float = 15.0) -> None:
    """Something is heard in the page, so that the sound's way is open: keys go the same way."""

    async def heard() -> bool:
        return bool(await page.evaluate(_STRONGEST) > 0)

    await until(heard, "something is heard", within)


async def expect_heard(page: Page, hertz: float, within: float = 10.0) -> None:
    """The page hears mostly this tone."""

    async def heard() -> bool:
        return abs(float(await page.evaluate(_STRONGEST)) - hertz) < 15

    await until(heard, f"the page hears {hertz} Hz", within)


__all__ = [
    "EAR",
    "MICROPHONE",
    "REACHABLE",
    "at_the_phone",
    "browser_stage",
    "expect_call",
    "expect_heard",
    "expect_no_call",
    "expect_reach",
    "expect_ring",
    "expect_sound",
]
