"""Whom a lock belongs to that was refused."""

from collections import deque
from typing import Any, cast

import pytest

from svarhus.exchange.running.owning import NotOwner, SharedConnection
from svarhus.kit.database import Database

KEY = 7


class Session:
    """A connection, and what the server answers in it, one question after the other."""

    def __init__(self, *answers: object) -> None:
        self.answers = deque(answers)

    async def fetchval(self, question: str, key: int) -> object:
        return self.answers.popleft()

    def get_server_pid(self) -> int:
        return 1

    def is_in_transaction(self) -> bool:
        return False

    def add_termination_listener(self, told: object) -> None: ...

    def remove_termination_listener(self, told: object) -> None: ...

    def terminate(self) -> None: ...


class Server:
    def __init__(self, session: Session) -> None:
        self._session = session

    async def connect(self) -> Any:
        return self._session


def shared(*answers: object) -> SharedConnection:
    return SharedConnection(cast(Database, Server(Session(*answers))))


def lost() -> None: ...


async def test_a_lock_that_is_let_go_between_the_two_questions_is_free() -> None:
    connection = shared(False, None, True)
    await connection.hold(KEY, lost)
    assert connection.holds(KEY, lost)


async def test_a_lock_that_another_process_holds_is_refused() -> None:
    connection = shared(False, 4711)
    with pytest.raises(NotOwner):
        await connection.hold(KEY, lost)
    assert not connection.holds(KEY, lost)
