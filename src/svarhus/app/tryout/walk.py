"""From the first look at the installation to the verdict."""

from contextlib import AsyncExitStack

from svarhus.app.data_folder import is_held
from svarhus.app.doctor import examine
from svarhus.app.settings import Settings
from svarhus.app.steps import Steps
from svarhus.app.tryout.acts import ACTS, Act
from svarhus.app.tryout.cast import Cast, gathered
from svarhus.app.tryout.installation import demo_of
from svarhus.app.tryout.report import Report, StepFailed
from svarhus.kit.errors import NotFound, Unavailable
from svarhus.phones.phone import PhoneError

_WITHOUT_DEMO = (
    "This installation has no demo organisation, so no test caller can walk through it. What is shown above "
    "works. Try the rest with a phone of your own (docs/guide/first-call.md), or with the demo in a data "
    "folder of its own: ./svarhus up --data /tmp/svarhus-demo --http 8090 --sip 5070"
)


async def tryout(settings: Settings) -> bool:
    """Try everything and say how it went. Whether all was right."""
    report = Report(Steps())
    try:
        await _look(settings, report)
        await _try(settings, report)
    except StepFailed:
        pass
    return report.verdict()


async def _look(settings: Settings, report: Report) -> None:
    """What `doctor` finds, since a call can only be right on an installation that is."""
    report.title(f"The installation in {settings.data}")
    with report.step("It is running", f"Start it in another terminal: ./svarhus up --data {settings.data}"):
        if not is_held(settings.data):
            raise Unavailable("Nothing runs on this data folder.")
    async for finding in examine(settings.data):
        with report.step(finding.words[0].upper() + finding.words[1:], finding.remedy):
            if finding.verdict == "fault":
                raise Unavailable(finding.words, finding.remedy)


async def _try(settings: Settings, report: Report) -> None:
    async with AsyncExitStack() as stack:
        try:
            installation = await stack.enter_async_context(demo_of(settings))
        except NotFound:
            report.title("Calls cannot be tried")
            report.note(_WITHOUT_DEMO)
            return
        report.title(f"The demo organisation, {installation.rules.organisation.name}")
        cast = await stack.enter_async_context(gathered(installation, report))
        for act in ACTS:
            await _play(act(cast, report), cast, report)


async def _play(act: Act, cast: Cast, report: Report) -> None:
    """An act that goes wrong is broken off, and the next one begins with phones that are free."""
    report.title(act.title)
    try:
        await act.play()
    except StepFailed:
        report.leave_out(f"(the rest of “{act.title}” was not tried)")
    for phone in (cast.caller, cast.agent, cast.carrier):
        for call in phone.calls:
            try:
                await call.hangup()
            except PhoneError as error:
                report.note(str(error))
