"""Questions to the database end: by their limit, and with whoever asked."""

import asyncio

import pytest
from sqlalchemy import text

from integration.house.waiting import until
from svarhus.kit.database import Database, TookTooLong

ENDLESS = text("select pg_sleep(3600)")
ASLEEP = text("select count(*) from pg_stat_activity where state = 'active' and query like 'select pg_sleep%'")


async def test_a_question_that_takes_too_long_is_given_up(database_url: str) -> None:
    database = Database(database_url, longest=0.5)
    for opened in (database.begin, database.read):
        with pytest.raises(TookTooLong):
            async with opened() as session:
                await session.execute(ENDLESS)
    assert await database.answers()
    await database.close()


async def test_a_question_ends_in_the_database_when_nobody_waits_for_it(database: Database) -> None:
    async def asked() -> None:
        async with database.begin() as session:
            await session.execute(ENDLESS)

    async def asleep() -> int:
        async with database.begin() as session:
            return int((await session.execute(ASLEEP)).scalar_one())

    async def is_asked() -> bool:
        return await asleep() == 1

    async def is_over() -> bool:
        return await asleep() == 0

    asking = asyncio.create_task(asked())
    await until(is_asked)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    await until(is_over)
