"""What a waiting caller hears follows what happens at the members' phones."""

from svarhus.domains.queues.place import Place
from svarhus.domains.queues.waiting_sound import heard
from svarhus.exchange.core.decisions.calls import legs
from svarhus.exchange.core.decisions.queues.here import settings_of
from svarhus.exchange.core.turn import Turn


def follow(turn: Turn) -> None:
    """Music or the ringing tone, for those whose offers have changed since."""
    for key in sorted(turn.state.resounding):
        place = turn.state.places.get(key)
        if place is not None and not (place.kept_for or place.to_call_back):
            _follow(turn, place)
    turn.state.resounding.clear()


def _follow(turn: Turn, place: Place) -> None:
    first = turn.state.legs[turn.state.calls[place.call].first_leg]
    settings = settings_of(turn, place.call)
    playlist = heard(settings.waiting_sound, settings.music, _rings(turn, place))
    if first.music is not None and first.music != playlist:
        legs.music(turn, first.id, playlist)


def _rings(turn: Turn, place: Place) -> bool:
    """Whether a member's phone rings for it."""
    rung = (turn.state.legs.get(leg) for leg in (turn.state.offers[offer].leg for offer in place.offers) if leg)
    return any(leg is not None and leg.rang_at is not None for leg in rung)
