"""All channels. A new one is a folder beside this file, and a line here."""

from collections.abc import Iterable, Iterator

from svarhus.domains.channels.call.channel import CallChannel
from svarhus.domains.channels.callback.channel import CallbackChannel
from svarhus.domains.channels.channel import Channel
from svarhus.domains.channels.errors import NoSuchChannel
from svarhus.domains.channels.voicemail.channel import VoicemailChannel
from svarhus.domains.people.rights import Actor, Right, may


class Channels:
    """Some channels, each known by its name."""

    def __init__(self, channels: Iterable[Channel]) -> None:
        self._by_name: dict[str, Channel] = {channel.name: channel for channel in channels}
        self._following = {channel.follows: channel for channel in self._by_name.values() if channel.follows}

    def __iter__(self) -> Iterator[Channel]:
        return iter(self._by_name.values())

    def of(self, name: str) -> Channel:
        """NoSuchChannel."""
        if name not in self._by_name:
            raise NoSuchChannel(f"There is no channel `{name}`.", f"The channels are {', '.join(self._by_name)}.")
        return self._by_name[name]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._by_name)

    def find(self, name: str) -> Channel | None:
        """None where a version that knew more has left something."""
        return self._by_name.get(name)

    def following(self, kind: str) -> Channel | None:
        """The one whose lines of the desk a change of this kind may change."""
        return self._following.get(kind)

    def allowed(self, actor: Actor) -> frozenset[str]:
        """The names of those that the actor may take care of."""
        return frozenset(channel.name for channel in self if may(actor, channel.right))

    def rights_of_done(self) -> tuple[Right, ...]:
        """Who has one of these may see what was done."""
        return tuple(dict.fromkeys(channel.right for channel in self if channel.is_done))


CHANNELS = Channels((CallChannel(), CallbackChannel(), VoicemailChannel()))
