"""Who hears whom: joins, hold, and listening in."""

import asyncio
from collections.abc import Set
from uuid import uuid4

from svarhus.adapters.asterisk.ari import AriClient, path
from svarhus.adapters.asterisk.configuration import APPLICATION
from svarhus.adapters.asterisk.legs import Leg, Register, RunningJoin
from svarhus.adapters.asterisk.names import SNOOP, bridge_name
from svarhus.adapters.asterisk.playing import Playing
from svarhus.adapters.asterisk.wire import Reply
from svarhus.kit.ids import JoinId, LegId
from svarhus.ports.telephony import EndCause

LISTEN = "listen-"
"""Prefix of the channel and the bridge through which a leg listens to another; the leg follows."""
OF = "~"
"""Between that and what tells the bridge, and the channel, from others before it: such a name is taken until Asterisk
has let go, which may be never."""
WHISPERS = "whispers"


def listener_of(name: str) -> LegId:
    """Whose bridge or channel it is."""
    return LegId(name.removeprefix(LISTEN).partition(OF)[0])


def bridge_of(ear: str) -> str:
    """In which bridge the channel is heard by the one who listens."""
    return ear.rpartition(OF)[0]


def _another(name: str) -> str:
    return f"{name}{OF}{uuid4().hex[:8]}"


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

    def _add(self, key: str, channels: str) -> asyncio.Future[Reply]:
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
        self._end_bridge(key, joined.bridged)
        for leg_id in joined.legs:
            leg = self._register.legs.get(leg_id)
            if leg is None:
                continue
            if leg.held:
                self._playing.music_off(leg)
            leg.join, leg.held = None, False
            self._playing.save(leg)

    def leave(self, leg: Leg) -> None:
        if leg.join is None and not leg.listening:
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
        """Another ear for each thing to be heard: Asterisk cannot turn one to somebody else, and two of one leg in the
        bridge would be heard by that one."""
        if (leg.listens_to, leg.whispers) == (target, whisper):
            return
        if leg.listening:
            self._take_ear_out(leg)
        else:
            self._leave(leg)
            self._playing.quiet(leg)
            leg.listening = _another(f"{LISTEN}{leg.id}")
            self._ari.send("POST", path("bridges", leg.listening), {"type": "mixing", "name": LISTEN})
            self._add(leg.listening, leg.id)
        ear = _another(leg.listening)
        arguments = ",".join((SNOOP, target, WHISPERS if whisper else ""))
        snoop = {"spy": "both", "whisper": "out" if whisper else "none", "app": APPLICATION, "appArgs": arguments}
        asked = self._ari.send("POST", path("channels", target, "snoop", ear), snoop)
        asked.add_done_callback(lambda reply: self._hears_nothing(leg, ear, target, reply.result()))
        leg.ear, leg.listens_to, leg.whispers = ear, target, whisper

    def _hears_nothing(self, leg: Leg, ear: str, target: LegId, reply: Reply) -> None:
        """Who wants to listen and cannot is not left in silence. Whom it wanted to hear may be gone: then we are told
        what to do."""
        if reply.status < 400 or leg.ear != ear or self._register.legs.get(leg.id) is not leg:
            return
        self.ear_ended(ear)
        if target in self._register.legs:
            self._playing.hang_up(leg, EndCause.FAILED, elsewhere=False)

    def ear_started(self, channel: str) -> None:
        """Before it is with us, it cannot be brought into a bridge."""
        leg = self._register.legs.get(listener_of(channel))
        if leg is not None and leg.ear == channel:
            self._add(bridge_of(channel), channel)
        else:
            self._ari.send("DELETE", path("channels", channel))

    def ears(self) -> frozenset[str]:
        """The channels through which somebody listens now."""
        return frozenset(leg.ear for leg in self._register.legs.values() if leg.ear)

    def ear_ended(self, channel: str) -> None:
        """Whom somebody listened to is gone; or the ear was taken out."""
        for leg in self._register.legs.values():
            if leg.ear == channel:
                leg.ear, leg.listens_to, leg.whispers = "", None, False

    def take_ear(self, channel: str, arguments: list[str]) -> None:
        """An ear that is alive: somebody's whom we did not know of, or left over."""
        leg = self._register.legs.get(listener_of(channel))
        if leg is not None and not leg.ear and not leg.listening:
            _, target, whispers = [*arguments, "", ""][:3]
            leg.listening, leg.ear = bridge_of(channel), channel
            leg.listens_to, leg.whispers = LegId(target), whispers == WHISPERS
            self._add(leg.listening, channel)
        elif leg is None or leg.ear != channel:
            self._ari.send("DELETE", path("channels", channel))

    def _take_ear_out(self, leg: Leg) -> None:
        if leg.ear:
            self._ari.send("POST", path("bridges", leg.listening, "removeChannel"), {"channel": leg.ear})
            self._ari.send("DELETE", path("channels", leg.ear))
        leg.ear, leg.listens_to, leg.whispers = "", None, False

    def ended(self, leg: Leg) -> None:
        """The leg is gone; leave nothing of it behind."""
        self._leave(leg, ended=True)

    def _leave(self, leg: Leg, ended: bool = False) -> None:
        if leg.listening:
            self._take_ear_out(leg)
            self._ari.send("DELETE", path("bridges", leg.listening))
            leg.listening = ""
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
            self._remove(key, leg.id)

    def _end_bridge(self, key: JoinId, bridged: Set[LegId]) -> None:
        """Whoever a phone's own key has put on hold is taken out first: Asterisk ends the music of that hold some time
        after the end of the bridge, and would end with it the music that we begin."""
        holding = {leg for leg in bridged if leg in self._register.legs and self._register.legs[leg].holds}
        if holding:
            for leg in bridged - holding:
                self._remove(key, leg)
        self._ari.send("DELETE", path("bridges", key))

    def _remove(self, key: JoinId, channel: str) -> None:
        self._ari.send("POST", path("bridges", key, "removeChannel"), {"channel": channel})
