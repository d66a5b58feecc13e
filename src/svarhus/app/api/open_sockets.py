"""How many WebSockets one address and one person may have open."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from svarhus.domains.people.rights import Actor
from svarhus.kit.errors import TooMany


class TooManyOpen(TooMany):
    """Others of the same address or person are open."""

    id = "too-many-open"
    title = "Too many pages are open"


@dataclass(frozen=True)
class SocketLimits:
    """WebSockets at the same time."""

    address: int = 3000
    """Of one address, where a whole office may be: 300 people with five pages, each with two."""
    strangers: int = 50
    """Of one address, of those who have not signed in yet."""
    person: int = 60
    program: int = 2000
    """Of one API token, which may watch for many."""
    visitor: int = 4
    """Of one visit to the public page, which is one page."""


_Counted = tuple[str, ...]


class OpenSockets:
    """Counts them."""

    def __init__(self, limits: SocketLimits | None = None) -> None:
        self._limits = limits or SocketLimits()
        self._open: Counter[_Counted] = Counter()

    @contextmanager
    def counted(self, address: str) -> Iterator["CountedSocket"]:
        """Count a socket from this address, as long as it is open. TooManyOpen."""
        counted = CountedSocket(self._open, self._limits, address)
        try:
            counted.begin()
            yield counted
        finally:
            counted.end()


class CountedSocket:
    """What one socket is counted as."""

    def __init__(self, open: Counter[_Counted], limits: SocketLimits, address: str) -> None:
        self._open = open
        self._limits = limits
        self._address = address
        self._held: list[_Counted] = []

    def begin(self) -> None:
        self._hold(self._limits.address, "address", self._address)

    def as_stranger(self) -> None:
        """It has not said yet who it is. TooManyOpen."""
        self._hold(self._limits.strangers, "stranger", self._address)

    def as_actor(self, actor: Actor) -> None:
        """It is somebody's who is signed in. TooManyOpen."""
        most = self._limits.program if actor.person is None else self._limits.person
        self._hold(most, "actor", actor.organisation, actor.name)
        self._let_go("stranger", self._address)

    def as_visitor(self, name: str) -> None:
        """It is a visitor's. TooManyOpen."""
        self._hold(self._limits.visitor, "visitor", name)
        self._let_go("stranger", self._address)

    def end(self) -> None:
        for counted in tuple(self._held):
            self._let_go(*counted)

    def _hold(self, most: int, *counted: str) -> None:
        if self._open[counted] >= most:
            raise TooManyOpen("So many are open from here already.", "Close pages that you do not need.")
        self._open[counted] += 1
        self._held.append(counted)

    def _let_go(self, *counted: str) -> None:
        if counted in self._held:
            self._held.remove(counted)
            self._open[counted] -= 1
            if not self._open[counted]:
                del self._open[counted]
