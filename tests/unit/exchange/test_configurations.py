"""Another configuration is taken up by what differs from the one before, and nobody can tell."""

import asyncio

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from examples import examples
from svarhus.domains.organisation.errors import FaultyFile
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.repository import PhoneSecrets
from svarhus.domains.organisation.validation import check_change
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.running.provision import provision, reprovision
from svarhus.exchange.showing.desk import LiveDesk
from svarhus.exchange.showing.feed import LiveFeed
from svarhus.ports.telephony import Endpoint
from unit.exchange.house import STRAIGHT, Changes, House
from unit.organisation.edits import STARTS, Edit, edits

LOOKED_UP = (
    "people",
    "hidden",
    "by_extension",
    "queues",
    "queue_by_extension",
    "queues_of",
    "rosters",
    "with_teams",
    "precedence",
    "rings_more",
    "watched",
    "numbers",
    "flows",
    "hours",
    "messages",
    "schedules",
    "categories",
    "trunks",
    "pauses",
)


def faultless(before: Configuration, edit: Edit) -> Configuration:
    try:
        return check_change(before, edit(before)).configuration
    except FaultyFile:
        assume(False)
        raise


@given(st.sampled_from(STARTS), edits(), edits())
@settings(max_examples=examples(200))
def test_made_ready_from_another_one_it_is_as_from_nothing(before: Configuration, one: Edit, other: Edit) -> None:
    first = faultless(before, one)
    second = faultless(first, other)
    rules = Rules(3, second).made_ready(Rules(2, first).made_ready(Rules(1, before).made_ready()))
    afresh = Rules(3, second)
    assert {name: getattr(rules, name) for name in LOOKED_UP} == {name: getattr(afresh, name) for name in LOOKED_UP}


@given(st.sampled_from(STARTS), edits(), st.sets(st.sampled_from(["anna", "bo", "astrid", "david"])))
@settings(max_examples=examples(200))
def test_phones_that_follow_are_those_of_the_whole(before: Configuration, edit: Edit, renewed: set[str]) -> None:
    after = faultless(before, edit)
    kept = PhoneSecrets({person.key: "secret" for person in (*before.people, *after.people)}, {})
    new = PhoneSecrets({key: "other" for key in kept.people if key in renewed}, {})
    now = PhoneSecrets({**kept.people, **new.people}, {})
    had, wanted = provision(Rules(1, before), kept), provision(Rules(2, after), now)
    change = reprovision(Rules(1, before), Rules(2, after), now, new)
    phones = by_name(had.endpoints)
    followed = {name: each for name, each in phones.items() if name not in change.gone} | by_name(change.endpoints)
    assert followed == by_name(wanted.endpoints)
    assert (had.trunks if change.trunks is None else change.trunks) == wanted.trunks


def by_name(endpoints: tuple[Endpoint, ...]) -> dict[str, Endpoint]:
    return {endpoint.name: endpoint for endpoint in endpoints}


async def told(house: House, changes: Changes) -> str:
    """What somebody who is watching is told when this is changed."""
    feed = LiveFeed(house.core, LiveDesk())
    house.core.state.touched.add(("queues", "advice"))
    feed.tell()
    watcher = feed.watch()
    assert '"type":"snapshot"' in str(await watcher.next())
    house.takes_configuration(changes)
    feed.tell()
    async with asyncio.timeout(2):
        return str(await watcher.next())


async def test_who_watches_is_told_what_looks_otherwise() -> None:
    message = await told(House(), {"people": {"anna": {"name": "Annika"}}})
    assert '"type":"changes"' in message
    assert '"name":"Annika"' in message
    assert '"name":"Bo"' not in message
    assert '{"topic":"phone","key":"anna","value":null}' in message
    assert '{"topic":"contacts","key":"","value":null}' in message


async def test_what_waits_in_a_queue_is_told_with_it() -> None:
    house = House()
    house.caller_rings(STRAIGHT)
    house.waits(5)
    (call,) = house.core.state.calls
    message = await told(house, {"queues": {"reception": {"name": "Other"}}})
    assert '"type":"changes"' in message
    assert f'{{"topic":"desk","key":"call:{call}"' in message


async def test_who_has_left_is_gone() -> None:
    assert '{"topic":"agents","key":"eva","value":null}' in await told(House(), {"people": {"eva": None}})


@pytest.mark.parametrize("changes", [{"people": {"eva": {"hidden": True}}}, {"organisation": {"language": "fi"}}])
async def test_all_is_told_anew_where_it_cannot_be_told_one_by_one(changes: Changes) -> None:
    assert '"type":"snapshot"' in await told(House(), changes)
