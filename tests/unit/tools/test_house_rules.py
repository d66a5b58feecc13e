import ast
from pathlib import Path

from house_rules import clock_readings, unknown_features, unscoped_queries

HERE = Path("x.py")
QUERIES = """
from sqlalchemy import insert, select, text

class Calls:
    async def by_number(self, session, number):
        return await session.execute(select(calls).where(calls.c.number == number))

    async def of(self, session, organisation):
        return await session.execute(select(calls).where(calls.c.organisation_id == organisation))

    async def add(self, session, call):
        await session.execute(insert(calls).values(organisation_id=call.organisation, number=call.number))

    async def add_for_nobody(self, session, call):
        await session.execute(insert(calls).values(number=call.number))

    async def raw(self, session):
        return await session.execute("select * from calls where number = $1")

    async def raw_of(self, session, organisation):
        return await session.execute("select * from calls where organisation_id = $1")

    async def locked(self, session):
        return await session.execute("select pg_advisory_lock($1)")
"""


def _named(source: str) -> list[str]:
    found = unscoped_queries(HERE, "domains.calls.repository", ast.parse(source))
    return [breach.message.split()[0] for breach in found]


def test_a_query_that_sees_all_organisations_is_found() -> None:
    assert _named(QUERIES) == ["by_number", "add_for_nobody", "raw"]


def test_modules_without_a_database_are_left_alone() -> None:
    assert _named(QUERIES.replace("from sqlalchemy", "from somewhere")) == []


def test_readings_of_the_clock_are_found() -> None:
    tree = ast.parse("a = datetime.now(UTC)\nb = time.time()\nc = clock.now()\nd = time.monotonic()\n")
    assert [breach.line for breach in clock_readings(HERE, "m", tree)] == [1, 2]
    assert not list(clock_readings(Path("src/svarhus/kit/clock.py"), "kit.clock", tree))


def test_features_that_are_not_in_the_catalogue_are_found() -> None:
    tree = ast.parse('mark.feature("Q-01", "Q-99")\npytest.mark.feature("nonsense")')
    named = [breach.message.split()[0] for breach in unknown_features(HERE, tree, frozenset({"Q-01"}))]
    assert named == ["'Q-99'", "'nonsense'"]
    without = [breach.message.split()[0] for breach in unknown_features(HERE, tree, frozenset())]
    assert without == ["'nonsense'"]
