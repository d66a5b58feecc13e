"""What happens in the soak: callers, members, those who lead, and their consoles, all by chance.

Each dialog of a phone has a task of its own, so that what one does never waits for another. Whatever a console asks may
come too late for its call: that is answered, and is part of the traffic.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field

from bench.load.crowd import Crowd, Spoken, header
from bench.soaking.desks import Desks
from bench.soaking.organisation import MEMBERS, MOBILES, desks, numbers, outside, queues
from bench.soaking.until import became

_FIRST_CALLER = 46_72_000_0000
_PATIENCE = (0.05, 60.0)
"""Seconds that callers wait before they hang up, from the least patient to the most."""
_TALK = (0.3, 14.0)
KEYS_EVERY = 2.0
"""Seconds after which callers press a key, perhaps."""
A_MOMENT = 2.0
"""Seconds. Who has hung up before may have been gone before the dialplan began."""

Deed = Callable[["Traffic", str, str], Awaitable[None]]
"""What somebody (a person's key) does with a call in which they talk (its id)."""


@dataclass
class Traffic:
    """Callers, members at desks, and everybody outside who is called, each a crowd of phones."""

    chance: random.Random
    callers: Crowd
    members: Crowd
    outside: Crowd
    desks: Desks
    placed: int = 0
    done: Counter[str] = field(default_factory=Counter)
    """What was done, by its name."""
    heard: set[str] = field(default_factory=set)
    """Callers who were there for longer than a moment: the log must know them."""
    faults: list[str] = field(default_factory=list)
    """Of the traffic itself."""
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _calm: bool = False

    def __post_init__(self) -> None:
        for crowd in (self.members, self.outside):
            crowd.answers = lambda spoken: False
            crowd.rang = self._rings
        for crowd in (self.callers, self.members, self.outside):
            crowd.over = lambda spoken, crowd=crowd: self._forget(crowd, spoken)  # type: ignore[misc]

    # ---- the run

    async def goes_on(self, seconds: float, rate: float) -> None:
        """For so long, with so many callers a second; then nobody calls any more."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + seconds
        self._spawn(self._shifts(ends))
        self._spawn(self._leading(ends))
        begun, count = loop.time(), 0
        while loop.time() < ends:
            self._spawn(self._caller())
            count += 1
            await asyncio.sleep(max(0.0, begun + count / rate - loop.time()))

    async def ends(self, within: float) -> int:
        """All go home: who talks ends it soon, who waits is still answered. The number of dialogs that had to be cut
        off, because they were not over within so many seconds."""
        self._calm = True
        crowds = (self.callers, self.members, self.outside)
        await became(lambda: not any(crowd.alive for crowd in crowds), within)
        left = 0
        for crowd in crowds:
            for spoken in crowd.alive:
                left += 1
                crowd.hang_up(spoken)
        await asyncio.sleep(1)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        return left

    def _spawn(self, coroutine: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self.faults.append(repr(error))

    def in_words(self) -> str:
        """How it goes on."""
        alive = (len(crowd.alive) for crowd in (self.callers, self.members, self.outside))
        return "{} callers; now {} of them, {} members, {} outside".format(self.placed, *alive)

    def _forget(self, crowd: Crowd, spoken: Spoken) -> None:
        """Long after its end, so that what comes late still finds it."""
        if crowd is self.callers and spoken.ended - spoken.began > A_MOMENT:
            self.heard.add(spoken.user)
        asyncio.get_running_loop().call_later(40, crowd.spoken.pop, spoken.call_id, None)

    # ---- callers

    async def _caller(self) -> None:
        self.placed += 1
        spoken = self.callers.call(caller(self.placed), self.chance.choice(numbers()))
        patience = self.chance.triangular(*_PATIENCE, 30.0)
        if self.chance.random() < 0.05:
            patience = self.chance.random()
        while patience > KEYS_EVERY and not spoken.ended:
            await asyncio.sleep(KEYS_EVERY)
            patience -= KEYS_EVERY
            self.callers.cough(spoken)
            if self.chance.random() < 0.3:
                self.done["keys"] += 1
                self.callers.press(spoken, self.chance.choice("1239#"))
        await asyncio.sleep(patience)
        if not spoken.ended:
            self.done["callers who hang up"] += 1
            self.callers.hang_up(spoken)

    # ---- those who are rung

    def _rings(self, spoken: Spoken) -> None:
        crowd = self.members if spoken.call_id in self.members.spoken else self.outside
        self._spawn(self._rung(crowd, spoken))

    async def _rung(self, crowd: Crowd, spoken: Spoken) -> None:
        by_itself = header(spoken.invite, "X-Svarhus-Auto-Answer") == "yes"
        what = 1.0 if by_itself else self.chance.random()
        await asyncio.sleep(self.chance.uniform(0.0, 0.2 if by_itself else 3.0))
        if spoken.ended:
            return
        if what < 0.15:
            self.done["declined"] += 1
            crowd.decline(spoken)
            return
        if what < 0.25 and not self._calm:
            self.done["rings out"] += 1
            return
        self.done["answered"] += 1
        crowd.answer(spoken)
        await self._talks(crowd, spoken)

    async def _talks(self, crowd: Crowd, spoken: Spoken) -> None:
        call, person = header(spoken.invite, "X-Svarhus-Call"), f"agent-{spoken.user}"
        steers = crowd is self.members and call and not self._calm and self.chance.random() < 0.4
        await asyncio.sleep(0.1 if self.chance.random() < 0.05 else self.chance.uniform(*_TALK))
        if steers and not spoken.ended:
            name, deed = self.chance.choice(DEEDS)
            self.done[name] += 1
            await deed(self, person, call)
            await asyncio.sleep(self.chance.uniform(0.1, 5.0))
        if not spoken.ended:
            self.done["hung up"] += 1
            crowd.hang_up(spoken)

    # ---- what is done at desks

    async def of_call(self, person: str, method: str, call: str, deed: str, body: object = None) -> None:
        await self.desks.ask(person, method, f"/api/calls/{call}/{deed}", body)

    async def _shifts(self, ends: float) -> None:
        """Members come and go, and pause."""
        loop = asyncio.get_running_loop()
        while loop.time() < ends:
            await asyncio.sleep(self.chance.uniform(0.2, 1.0))
            person = desks()[self.chance.randrange(MEMBERS)][0]
            self._spawn(self._away(person))
        await asyncio.sleep(1)

    async def _away(self, person: str) -> None:
        seconds = self.chance.uniform(0.1, 10.0)
        match self.chance.randrange(4):
            case 0:
                self.done["pauses"] += 1
                await self.desks.ask(person, "PUT", "/api/agents/me/pause", {"reason": "lunch"})
                await asyncio.sleep(seconds)
                await self.desks.ask(person, "DELETE", "/api/agents/me/pause")
            case 1:
                self.done["one queue left"] += 1
                queue = {"queues": [self.chance.choice(queues())]}
                await self.desks.ask(person, "POST", "/api/agents/me/log-out", queue)
                await asyncio.sleep(seconds)
                await self.desks.ask(person, "POST", "/api/agents/me/log-in")
            case 2:
                self.done["free before time"] += 1
                await self.desks.ask(person, "POST", "/api/agents/me/end-after-call-work")
            case _:
                self.done["log-outs"] += 1
                await self.desks.ask(person, "POST", "/api/agents/me/log-out")
                await asyncio.sleep(seconds)
                await self.desks.ask(person, "POST", "/api/agents/me/log-in")

    async def _leading(self, ends: float) -> None:
        """Those who lead look at what goes on, and listen, raise, pick and give calls to members."""
        loop, leaders = asyncio.get_running_loop(), [key for key, _, _ in desks()[MEMBERS:]]
        while loop.time() < ends:
            await asyncio.sleep(1)
            leader = self.chance.choice(leaders)
            told = await self.desks.ask(leader, "GET", "/api/live/snapshot?topics=calls")
            calls = (told or {}).get("calls", [])
            waiting = [each["id"] for each in calls if each["state"] in ("waiting", "ringing")]
            talking = [each["id"] for each in calls if each["state"] == "talking"]
            if talking:
                self._spawn(self._listens(leader, self.chance.choice(talking)))
            if waiting:
                self._spawn(self._steers(leader, self.chance.choice(waiting)))

    async def _listens(self, leader: str, call: str) -> None:
        for _ in range(self.chance.randrange(1, 4)):
            how = self.chance.choice(("listens", "listens", "whispers", "joins", "takes_over"))
            self.done[how] += 1
            await self.of_call(leader, "POST", call, "supervise", {"how": how})
            await asyncio.sleep(self.chance.uniform(0.1, 4.0))

    async def _steers(self, leader: str, call: str) -> None:
        member = desks()[self.chance.randrange(MEMBERS)][0]
        match self.chance.randrange(4):
            case 0:
                self.done["picked"] += 1
                await self.desks.ask(member, "POST", f"/api/cases/call/{call}/take")
            case 1:
                self.done["assigned"] += 1
                await self.of_call(leader, "POST", call, "assign", {"person": member})
            case 2:
                self.done["raised"] += 1
                await self.of_call(leader, "POST", call, "raise", {"raised": True})
            case _ if self.chance.random() < 0.2:
                self.done["ended by request"] += 1
                await self.of_call(leader, "POST", call, "end")


def caller(number: int) -> str:
    """The number of who calls."""
    return f"+{_FIRST_CALLER + number}"


# ------------------------------------------------------------------ what members do with a call


async def _holds(traffic: Traffic, person: str, call: str) -> None:
    await traffic.of_call(person, "POST", call, "hold")
    await asyncio.sleep(traffic.chance.uniform(0.0, 4.0))
    await traffic.of_call(person, "POST", call, "resume")


async def _transfers(traffic: Traffic, person: str, call: str) -> None:
    await traffic.of_call(person, "POST", call, "transfer", {"to": _somebody(traffic), "return_after": 5})


async def _asks_first(traffic: Traffic, person: str, call: str) -> None:
    await traffic.of_call(person, "POST", call, "consult", {"to": _somebody(traffic)})
    await asyncio.sleep(traffic.chance.uniform(0.0, 5.0))
    for _ in range(traffic.chance.randrange(3)):
        await traffic.of_call(person, "POST", call, "consult/swap")
    how = traffic.chance.choice(("complete", "cancel", "conference", "conference"))
    await traffic.of_call(person, "POST", call, f"consult/{how}")


async def _parks(traffic: Traffic, person: str, call: str) -> None:
    await traffic.of_call(person, "POST", call, "park")
    await asyncio.sleep(traffic.chance.uniform(0.0, 5.0))
    other = desks()[traffic.chance.randrange(MEMBERS)][0]
    await traffic.of_call(traffic.chance.choice((person, other)), "POST", call, "take-parked")


async def _records(traffic: Traffic, person: str, call: str) -> None:
    for deed in ("begin", "pause", "resume", "end"):
        await traffic.of_call(person, "POST", call, f"recording/{deed}")
        await asyncio.sleep(traffic.chance.uniform(0.0, 2.0))


async def _presses(traffic: Traffic, person: str, call: str) -> None:
    await traffic.of_call(person, "POST", call, "digits", {"digits": "12#"})


async def _hangs_up_at_the_desk(traffic: Traffic, person: str, call: str) -> None:
    await traffic.of_call(person, "POST", call, "hang-up")


DEEDS: tuple[tuple[str, Deed], ...] = (
    ("holds", _holds),
    ("transfers", _transfers),
    ("asks first", _asks_first),
    ("parks", _parks),
    ("records", _records),
    ("presses keys", _presses),
    ("hangs up at the desk", _hangs_up_at_the_desk),
)


def _somebody(traffic: Traffic) -> dict[str, str]:
    """To whom a call is given: a colleague, a queue, or somebody outside."""
    chance = traffic.chance
    match chance.randrange(4):
        case 0:
            return {"queue": chance.choice(queues())}
        case 1:
            return {"number": outside(chance.randrange(MOBILES, 40))}
        case _:
            return {"person": desks()[chance.randrange(MEMBERS)][0]}
