"""`svarhus rehearse FILE NUMBER`: what a caller would meet, on virtual time; nothing is called or changed."""

import argparse
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from svarhus.domains.callflows.steps import KEYS
from svarhus.domains.numbers.model import Number
from svarhus.domains.numbers.parse import to_e164
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.validation import check_file
from svarhus.kit.clock import Instant, SystemClock, to_local
from svarhus.kit.errors import Invalid, NotFound
from svarhus.kit.moment import in_range
from svarhus.rehearsal.parties import Party
from svarhus.rehearsal.rehearsal import Rehearsal
from svarhus.rehearsal.telling import lines

LONGEST = 24 * 60 * 60
"""Seconds that a caller stays."""
PATIENCE = 60
"""Seconds that the caller waits at most for a question to end before the next key."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="FILE", help="the organisation as a file (`svarhus export`); - for standard input"
    )
    parser.add_argument(
        "number", metavar="NUMBER", help="the organisation's number that is called, such as +46846500400"
    )
    parser.add_argument(
        "--caller", metavar="NUMBER", default="+46701740699", help="who calls (%(default)s; '': withheld)"
    )
    parser.add_argument("--at", metavar="TIME", help="local time, such as 2026-11-30T09:15 (now)")
    parser.add_argument("--press", metavar="KEYS", default="", help="pressed one after the other, each after a while")
    parser.add_argument("--free", metavar="PERSON", nargs="*", default=[], help="members who log in, by key")
    parser.add_argument("--seconds", metavar="N", type=int, default=120, help="how long the caller stays (%(default)s)")


def run(arguments: argparse.Namespace) -> int:
    configuration = check_file(_read(arguments.file)).configuration
    for line in rehearsed(
        configuration,
        arguments.number,
        caller=arguments.caller,
        at=_moment(arguments.at, configuration),
        keys=arguments.press,
        free=arguments.free,
        seconds=arguments.seconds,
    ):
        print(line)
    return 0


def rehearsed(
    configuration: Configuration,
    number: str,
    *,
    caller: str,
    at: Instant,
    keys: str = "",
    free: list[str] | None = None,
    seconds: float = 120,
) -> Iterator[str]:
    """What happens, each with the local time. Members do not answer: they only let it ring. `free`: those who log in.

    Invalid, NotFound.
    """
    called, calling = _number(configuration, number), _caller(configuration, caller)
    if not set(keys) <= KEYS:
        raise Invalid(f"`{keys}` is not on the keypad.", "Keys are 0 to 9, * and #, without anything between them.")
    if not 0 <= seconds <= LONGEST:
        raise Invalid(f"Nobody stays for {seconds:g} seconds.", f"Give 0 to {LONGEST:,}.")
    people = {person.key for person in configuration.people}
    for person in free or []:
        if person not in people:
            raise NotFound(f"There is no person `{person}`.", f"There are: {', '.join(sorted(people))}.")
    house = Rehearsal(configuration, at)
    house.logs_in(*(free or []))
    begun = len(house.facts)
    party = house.caller_rings(called.number, calling, called.trunk or _trunk(configuration))
    yield from _since(house, begun)
    for key in keys:
        yield from _until_heard(house, party)
        if party.gone:
            return
        begun = len(house.facts)
        party.presses_at_once(key)
        yield from _since(house, begun)
    yield from _pass(house, seconds)
    if not party.gone:
        begun = len(house.facts)
        party.is_gone_at_once()
        yield f"{_clock(house)}  hangs up"
        yield from _since(house, begun)


def _until_heard(house: Rehearsal, party: Party) -> Iterator[str]:
    """Until what is being said has come to its end: then it is the caller's turn."""
    for _ in range(PATIENCE):
        yield from _pass(house, 1)
        leg = house.core.state.legs.get(party.leg)
        if leg is None or leg.prompt is None:
            return


def _pass(house: Rehearsal, seconds: float) -> Iterator[str]:
    """Second by second, so that each line has its time."""
    for _ in range(int(seconds)):
        begun = len(house.facts)
        house.waits(1)
        yield from _since(house, begun)


def _since(house: Rehearsal, begun: int) -> Iterator[str]:
    for line in lines(house.facts[begun:], house.core.rules):
        yield f"{_clock(house)}  {line}"


def _clock(house: Rehearsal) -> str:
    return f"{to_local(house.now, house.core.rules.zone):%H:%M:%S}"


def _number(configuration: Configuration, text: str) -> Number:
    known = {each.number: each for each in configuration.numbers}
    found = known.get(to_e164(text, configuration.organisation.country) or "")
    if found is None:
        raise NotFound(f"{text} is none of the organisation's numbers.", f"There are: {', '.join(sorted(known))}.")
    return found


def _caller(configuration: Configuration, text: str) -> str | None:
    if not text:
        return None
    found = to_e164(text, configuration.organisation.country)
    if found is None:
        raise Invalid(f"{text} is no telephone number.", "Write it like +46701740699, or '' for a withheld one.")
    return found


def _trunk(configuration: Configuration) -> str:
    return configuration.trunks[0].key if configuration.trunks else "none"


def _moment(text: str | None, configuration: Configuration) -> Instant:
    if text is None:
        return SystemClock().now()
    try:
        wall = datetime.fromisoformat(text)
        zone = ZoneInfo(configuration.organisation.timezone)
        return in_range(wall if wall.tzinfo else wall.replace(tzinfo=zone))
    except ValueError as error:
        raise Invalid(f"{text} is no time for a call.", "Write it like 2026-11-30T09:15.") from error


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise NotFound(f"{name} cannot be read: {error.strerror}.", "Is the path right?") from error
