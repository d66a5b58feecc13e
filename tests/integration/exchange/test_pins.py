"""A PIN that is keyed at a telephone: checked beside the loop, and in no row of the database."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text

from database import WEAK_HASHER
from integration.running import LARS, RunningHouse
from svarhus.adapters.simulated.time import VirtualTime
from svarhus.app.organisations import DEMO, Organisations, demo_file, organisations
from svarhus.domains.people.errors import WeakPin
from svarhus.domains.people.pins import PinAnswer
from svarhus.domains.people.repository import hashed
from svarhus.domains.people.rights import Actor, Role
from svarhus.kit.database import Database
from svarhus.kit.ids import LegId, PersonKey
from svarhus.rehearsal.parties import name_of

SERVICE = "+46846500409"
PIN = "830274"
CECILIA = PersonKey("cecilia")
ACTOR = Actor(DEMO, Role.USER, "cecilia", CECILIA)

pytestmark = pytest.mark.feature("Q-12")


@pytest.fixture
def time() -> VirtualTime:
    return VirtualTime()


@pytest_asyncio.fixture
async def wired(database: Database, time: VirtualTime) -> Organisations:
    wired = organisations(database, time, WEAK_HASHER)
    file = demo_file().decode().replace("numbers:\n", f"numbers:\n  - {NUMBER}\n", 1)
    file = file.replace("callflows:\n", f"callflows:\n  - {FLOW}\n", 1)
    await wired.service.apply_file(file.encode())
    return wired


NUMBER = f'{{number: "{SERVICE}", name: Service, flow: service}}'
FLOW = "{key: service, name: Service, start: log-in, elements: {log-in: {type: member_login}}}"


@pytest_asyncio.fixture
async def house(
    database: Database, wired: Organisations, time: VirtualTime, tmp_path: Path
) -> AsyncIterator[RunningHouse]:
    house = RunningHouse(database, tmp_path, time, wired.pins)
    await house.start()
    yield house
    await house.stop()


def keyed(house: RunningHouse, leg: LegId, digits: str) -> None:
    for digit in digits:
        house.pass_by(0.2)
        house.engine.press(leg, digit)


async def asked_for(house: RunningHouse, leg: LegId, template: str) -> None:
    """What is just being said to the leg, on virtual time."""

    def is_said() -> bool:
        known = house.exchange.core.state.legs.get(leg)
        return known is not None and any(template in name_of(phrase) for phrase in known.saying)

    await house.until(is_said)


async def test_who_keys_the_right_one_is_let_in_and_no_row_has_it(
    house: RunningHouse, wired: Organisations, database: Database
) -> None:
    await wired.pins.set(ACTOR, PIN)
    leg = house.engine.call_in(DEMO, SERVICE, LARS, trunk="demo-carrier")
    await asked_for(house, leg, "member.who")
    keyed(house, leg, "1003#")
    await asked_for(house, leg, "member.pin")
    keyed(house, leg, f"{PIN}#")
    await asked_for(house, leg, "agent.")
    keyed(house, leg, "1")
    await house.until(lambda: CECILIA in house.exchange.core.state.agents)
    async with database.begin() as session:
        told = "\n".join(str(row) for row in await session.execute(text("select * from journal order by seq")))
        hashes = "\n".join(str(row) for row in await session.execute(text("select * from pins")))
    assert PIN not in told and PIN not in hashes
    pressed = told.count("'type': 'key_pressed'")
    assert not pressed, "no key is told, not even that it was one"


async def check(
    wired: Organisations,
    pin: str,
    person: PersonKey | None = CECILIA,
    caller: str | None = LARS,
    claimed: str = "1003",
) -> PinAnswer:
    return await wired.pins.check(DEMO, claimed, person, caller, pin)


class TestChecking:
    async def test_a_wrong_one_no_pin_and_nobody_are_the_same(self, wired: Organisations) -> None:
        assert await check(wired, PIN) is PinAnswer.WRONG
        await wired.pins.set(ACTOR, PIN)
        assert await check(wired, PIN) is PinAnswer.RIGHT
        assert await check(wired, "830275") is PinAnswer.WRONG
        assert await check(wired, PIN, person=None) is PinAnswer.WRONG

    @pytest.mark.parametrize("person", [CECILIA, None], ids=["somebody", "nobody"])
    async def test_too_many_are_not_looked_at_for_a_while(
        self, wired: Organisations, time: VirtualTime, person: PersonKey | None
    ) -> None:
        await wired.pins.set(ACTOR, PIN)
        answers = [await check(wired, "830275", person) for _ in range(5)]
        assert answers[0] is PinAnswer.WRONG and answers[-1] is PinAnswer.TOO_MANY
        assert await check(wired, PIN, person) is PinAnswer.TOO_MANY
        time.advance(timedelta(minutes=31).total_seconds())
        assert await check(wired, PIN, person) is (PinAnswer.RIGHT if person else PinAnswer.WRONG)

    async def test_two_spellings_of_a_number_of_nobody_count_as_one(self, wired: Organisations) -> None:
        spellings = ("0701110000", "0046701110000", "+46701110000", "0701110000", "0046701110000")
        answers = [await check(wired, PIN, None, claimed=each) for each in spellings]
        assert answers[2] is PinAnswer.WRONG and answers[-1] is PinAnswer.TOO_MANY

    async def test_a_pin_in_place_of_the_number_is_not_found_out_from_what_is_counted(
        self, wired: Organisations, database: Database
    ) -> None:
        await check(wired, PIN, None, claimed=PIN)
        async with database.begin() as session:
            counted = (await session.execute(text("select subject_hash from sign_in_attempts"))).scalars().all()
        assert counted and hashed(f"{DEMO}/{PIN}") not in counted

    async def test_one_caller_does_not_try_everybody(self, wired: Organisations) -> None:
        people = [PersonKey(f"somebody-{which}") for which in range(30)]
        answers = [await check(wired, PIN, person) for person in people]
        assert answers[0] is PinAnswer.WRONG and answers[-1] is PinAnswer.TOO_MANY
        assert await check(wired, PIN, PersonKey("another"), caller=None) is PinAnswer.WRONG


class TestSetting:
    @pytest.mark.parametrize(
        "pin", ["830", "1234", "9876", "0000", "1212", "123123", "1999", "1003", "83a2", "8302744444444"]
    )
    async def test_what_is_guessed_first_is_refused(self, wired: Organisations, pin: str) -> None:
        with pytest.raises(WeakPin):
            await wired.pins.set(ACTOR, pin)

    async def test_cleared_it_fits_no_more(self, wired: Organisations) -> None:
        await wired.pins.set(ACTOR, PIN)
        boss = Actor(DEMO, Role.ADMINISTRATOR, "astrid", PersonKey("astrid"))
        assert (await wired.pins.status(ACTOR)).since is not None
        await wired.pins.clear_for(boss, CECILIA)
        assert await check(wired, PIN) is PinAnswer.WRONG
        status = await wired.pins.status(ACTOR)
        assert (status.since, status.digits, status.numbers) == (None, 4, (SERVICE,))
