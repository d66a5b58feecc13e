"""Who hears whom: joins, hold, and listening in."""

import asyncio

from svarhus.adapters.asterisk.ari import AriClient, path
from svarhus.adapters.asterisk.configuration import APPLICATION
from svarhus.adapters.asterisk.legs import Leg, Register, RunningJoin
from svarhus.adapters.asterisk.names import SNOOP, bridge_name
from svarhus.adapters.asterisk.playing import Playing
from svarhus.adapters.asterisk.wire import Reply
from svarhus.kit.ids import JoinId, LegId

LISTEN = "listen-"
"""Prefix of the channel and the bridge through which a leg listens to another."""


class Joining:
    """A join is a mixing bridge. It is there as long as somebody is in it who is not on hold."""

    def __init__(self, ari: AriClient, register: Register, playing: Playing) -> None:
        self._ari = ari
        self._register = register
        self._playing = playing

    def join(self, key: JoinId, legs: list[Leg]) -> None:
        newcomers = [leg for leg in legs if leg.join != key]
        if not newcomers:
            return
        joined = self._register.joins.setdefault(key, RunningJoin(newcomers[0].organisation))
        for leg in newcomers:
            self._leave(leg)
            self._playing.quiet(leg)
            leg.join = key
            joined.legs.add(leg.id)
        self._enter(key, joined, newcomers)

    def _enter(self, key: JoinId, joined: RunningJoin, legs: list[Leg]) -> None:
        if not joined.bridged:
            # 409 when it is there already, which is as good.
            name = bridge_name(joined.organisation)
            self._ari.send("POST", path("bridges", key), {"type": "mixing", "name": name})
        joined.bridged.update(leg.id for leg in legs)
        asked = self._add(key, ",".join(leg.id for leg in legs))
        if len(legs) > 1:
            asked.add_done_callback(lambda reply: self._add_one_by_one(key, joined, legs, reply))

    def _add(self, key: JoinId, channels: str) -> asyncio.Future[Reply]:
        return self._ari.send("POST", path("bridges", key, "addChannel"), {"channel": channels})

    def _add_one_by_one(self, key: JoinId, joined: RunningJoin, legs: list[Leg], asked: asyncio.Future[Reply]) -> None:
        """None is added when one of them has hung up."""
        if asked.result().status < 400 or self._register.joins.get(key) is not joined:
            return
        for leg in legs:
            if leg.id in joined.bridged:
                self._add(key, leg.id)

    def part(self, key: JoinId) -> None:
        joined = self._register.joins.pop(key, None)
        if joined is None:
            return
        self._ari.send("DELETE", path("bridges", key))
        for leg_id in joined.legs:
            leg = self._register.legs.get(leg_id)
            if leg is None:
                continue
            if leg.held:
                self._playing.music_off(leg)
            leg.join, leg.held = None, False
            self._playing.save(leg)

    def leave(self, leg: Leg) -> None:
        if leg.join is None:
            return
        if leg.held:
            self._playing.music_off(leg)
        self._leave(leg)
        self._playing.save(leg)

    def hold(self, leg: Leg) -> None:
        if leg.join is None or leg.held:
            return
        joined = self._register.joins[leg.join]
        self._playing.cut_prompt(leg)
        leg.held = True
        self._step_out(leg.join, joined, leg)
        self._playing.music_on(leg, "default")

    def resume(self, leg: Leg) -> None:
        if leg.join is None or not leg.held:
            return
        leg.held = False
        self._playing.quiet(leg)
        self._enter(leg.join, self._register.joins[leg.join], [leg])

    def listen(self, leg: Leg, target: LegId, whisper: bool) -> None:
        self._leave(leg)
        self._playing.quiet(leg)
        name = f"{LISTEN}{leg.id}"
        snoop = {"spy": "both", "whisper": "out" if whisper else "none", "app": APPLICATION, "appArgs": SNOOP}
        self._ari.send("POST", path("channels", target, "snoop", name), snoop)
        self._ari.send("POST", path("bridges", name), {"type": "mixing", "name": LISTEN})
        for channel in (leg.id, name):
            self._ari.send("POST", path("bridges", name, "addChannel"), {"channel": channel})
        leg.listening = True

    def ended(self, leg: Leg) -> None:
        """The leg is gone; leave nothing of it behind."""
        self._leave(leg, ended=True)

    def _leave(self, leg: Leg, ended: bool = False) -> None:
        if leg.listening:
            leg.listening = False
            self._ari.send("DELETE", path("channels", f"{LISTEN}{leg.id}"))
            self._ari.send("DELETE", path("bridges", f"{LISTEN}{leg.id}"))
        if leg.join is None:
            return
        key, leg.join = leg.join, None
        joined = self._register.joins[key]
        joined.legs.discard(leg.id)
        if leg.held:
            leg.held = False
        else:
            self._step_out(key, joined, leg, ended)
        if not joined.legs:
            del self._register.joins[key]

    def _step_out(self, key: JoinId, joined: RunningJoin, leg: Leg, ended: bool = False) -> None:
        joined.bridged.discard(leg.id)
        if not joined.bridged:
            self._ari.send("DELETE", path("bridges", key))
        elif not ended:
            self._ari.send("POST", path("bridges", key, "removeChannel"), {"channel": leg.id})
