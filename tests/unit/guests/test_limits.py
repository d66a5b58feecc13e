"""How many visitors may call from the public page."""

from datetime import timedelta

from svarhus.adapters.simulated.time import START
from svarhus.domains.guests.model import FICTION, Begun, Guest, GuestLimits, free_number, wait_until
from svarhus.kit.clock import Instant, after

LIMITS = GuestLimits(at_once=4, of_address=2, begun_of_address=3)
HERE, THERE = "192.0.2.1", "192.0.2.2"


def guest(address: str, number: str = FICTION[0], minutes: int = 30) -> Guest:
    return Guest("token", "guest-1", "secret", number, address, after(START, timedelta(minutes=minutes)))


def begun(address: str, minutes_ago: float) -> Begun:
    return Begun(address, Instant(START - timedelta(minutes=minutes_ago)))


def test_the_first_visitor_comes_in_at_once() -> None:
    assert wait_until([], [], HERE, START, LIMITS) is None


def test_one_address_may_have_some_visitors_at_once_and_no_more() -> None:
    assert wait_until([guest(HERE)], [], HERE, START, LIMITS) is None
    full = [guest(HERE, minutes=20), guest(HERE, minutes=10)]
    assert wait_until(full, [], HERE, START, LIMITS) == after(START, timedelta(minutes=10))
    assert wait_until(full, [], THERE, START, LIMITS) is None


def test_all_addresses_together_have_a_limit() -> None:
    full = [guest(f"192.0.2.{last}", minutes=last) for last in range(11, 15)]
    assert wait_until(full, [], HERE, START, LIMITS) == after(START, timedelta(minutes=11))


def test_who_comes_again_and_again_has_to_wait_until_the_window_lets_another_in() -> None:
    often = [begun(HERE, minutes_ago) for minutes_ago in (9, 5, 1)]
    assert wait_until([], often, HERE, START, LIMITS) == after(START, timedelta(minutes=1))
    assert wait_until([], often, THERE, START, LIMITS) is None
    assert wait_until([], [begun(HERE, 11), *often[1:]], HERE, START, LIMITS) is None


def test_every_visitor_has_a_number_that_reaches_nobody_else() -> None:
    assert free_number([]) == "+46701740605"
    assert free_number([guest(HERE, "+46701740605"), guest(HERE, "+46701740607")]) == "+46701740606"
    assert len(FICTION) > GuestLimits().at_once
