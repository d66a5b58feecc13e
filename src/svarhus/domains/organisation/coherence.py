"""Whether the settings make sense together: times that overlap, numbers and addresses that cannot be, people
who cannot be reached."""

import ipaddress
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from pydantic import JsonValue

from svarhus.domains.hours.model import HoursException, OpeningHours, Span
from svarhus.domains.numbers.model import Number, Trunk, overlap
from svarhus.domains.organisation.draft import Draft
from svarhus.domains.organisation.outside import incoherent_outside
from svarhus.domains.organisation.queues import incoherent_queues
from svarhus.domains.organisation.reading import Path
from svarhus.domains.organisation.shape import Finding
from svarhus.domains.organisation.staff import incoherent_staff
from svarhus.domains.people.model import Person
from svarhus.domains.people.rights import Role
from svarhus.domains.queues.model import Queue
from svarhus.domains.schedules.model import Period, Schedule
from svarhus.kit.text import unfit


def incoherent(draft: Draft) -> Iterator[Finding]:
    """Everything that is right in itself but makes no sense."""
    for path, value in draft.written:
        yield from _unprintable(path, value)
    yield from _organisation(draft)
    yield from _people(draft)
    yield from incoherent_staff(draft)
    yield from incoherent_queues(draft)
    yield from incoherent_outside(draft)
    for path, trunk in draft.each("trunks", Trunk):
        yield from _trunk(path, trunk)
    yield from _of_two_pbxs(draft)
    for path, hours in draft.each("hours", OpeningHours):
        yield from _hours(path, hours)
    for path, schedule in draft.each("schedules", Schedule):
        yield from _schedule(path, schedule)
    for path, number in _numbers(draft):
        yield from impossible_number(path, number)


def unadministrated(draft: Draft) -> Iterator[Finding]:
    """That nobody is administrator, when everybody could be read."""
    people = {person.key: person for _, person in draft.every("people", Person)}
    all_read = len(people) == len(draft.keys.get("people", {}))
    if people and all_read and not any(person.role == Role.ADMINISTRATOR for person in people.values()):
        yield Finding(
            ("people",),
            "nobody is administrator",
            "Give at least one person `role: administrator`.",
            reason="no-administrator",
        )


def impossible_number(path: Path, number: str) -> Iterator[Finding]:
    """A finding when no such number can exist."""
    try:
        valid = phonenumbers.is_valid_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        valid = False
    if not valid:
        remedy = "Count its digits and look at the country code."
        yield Finding(
            path, f"`{number}` cannot be a telephone number", remedy, reason="number-impossible", values=(number,)
        )


def _unprintable(path: Path, value: JsonValue) -> Iterator[Finding]:
    """What cannot be seen and was not taken out: see `unfit`."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _unprintable((*path, name), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _unprintable((*path, index), inner)
    elif isinstance(value, str):
        allowed = "" if path and path[-1] == "name" else "\n\r\t"
        if found := unfit(value.strip(), allowed):
            yield Finding(
                path,
                "the text holds a control character",
                f"Write it on one line, without {found}.",
                reason="control-character",
            )


def _numbers(draft: Draft) -> Iterator[tuple[Path, str]]:
    if draft.organisation and draft.organisation.outgoing.presented:
        yield ("organisation", "outgoing", "presented"), draft.organisation.outgoing.presented
    for path, number in draft.each("numbers", Number):
        yield (*path, "number"), number.number
    for path, person in draft.each("people", Person):
        for setting, own in (("number", person.number), ("mobile", person.mobile), ("presented", person.presented)):
            if own:
                yield (*path, setting), own
    for path, queue in draft.each("queues", Queue):
        if queue.presented:
            yield (*path, "presented"), queue.presented
        for index, word in enumerate(queue.callbacks.by_text if queue.callbacks else ()):
            if word.number:
                yield (*path, "callbacks", "by_text", index, "number"), word.number
        if queue.entry.number and queue.entry.number.startswith("+"):
            yield (*path, "entry", "number"), queue.entry.number
        for index, member in enumerate(queue.outside):
            yield (*path, "outside", index, "number"), member.number


def _organisation(draft: Draft) -> Iterator[Finding]:
    if draft.organisation is None:
        return
    if not _is_zone(draft.organisation.timezone):
        yield Finding(
            ("organisation", "timezone"),
            f"there is no time zone `{draft.organisation.timezone}`",
            "Give its IANA name, such as Europe/Stockholm.",
            reason="no-time-zone",
            values=(draft.organisation.timezone,),
        )
    countries: list[tuple[Path, str]] = [(("organisation", "country"), draft.organisation.country)]
    for index, country in enumerate(draft.organisation.outgoing.countries):
        countries.append((("organisation", "outgoing", "countries", index), country))
    for path, country in countries:
        if country not in phonenumbers.SUPPORTED_REGIONS:
            yield Finding(
                path,
                f"there is no country `{country}`",
                "Give its ISO 3166 code, such as SE.",
                reason="no-country",
                values=(country,),
            )


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _people(draft: Draft) -> Iterator[Finding]:
    for path, queue in draft.each("queues", Queue):
        for index, member in enumerate(queue.members):
            person = draft.find("people", member.person, Person)
            if person and person.answers_at == "extension" and person.extension is None:
                yield Finding(
                    (*path, "members", index, "person"),
                    f"`{member.person}` cannot be rung: there is no extension",
                    "Give the person an `extension`, or a `number` and `answers_at: number`.",
                    reason="cannot-be-rung",
                    values=(member.person,),
                )
    outgoing = draft.organisation.outgoing.trunk if draft.organisation else None
    for path, person in draft.each("people", Person):
        if person.answers_at == "number" and draft.organisation and outgoing is None:
            yield Finding(
                (*path, "answers_at"),
                "a number outside cannot be rung: outgoing calls have no trunk",
                "Name it in `organisation.outgoing.trunk`.",
                reason="no-outgoing-trunk",
            )


def _trunk(path: Path, trunk: Trunk) -> Iterator[Finding]:
    for index, address in enumerate(trunk.addresses):
        yield from _address((*path, "addresses", index), address)
    port = (trunk.host or "").partition(":")[2]
    if port and not 1 <= int(port) <= 65535:
        yield Finding(
            (*path, "host"),
            f"there is no port {port}",
            "Ports go from 1 to 65535.",
            reason="no-port",
            values=(port,),
        )


def _of_two_pbxs(draft: Draft) -> Iterator[Finding]:
    """Extensions that two trunks claim as theirs."""
    seen: list[tuple[str, str]] = []
    for path, trunk in draft.every("trunks", Trunk):
        for index, each in enumerate(trunk.extensions):
            for other, theirs in seen:
                if overlap(each, theirs):
                    yield Finding(
                        (*path, "extensions", index),
                        f"`{each}` and `{theirs}` of `{other}` overlap",
                        "Let each extension stand at one PBX.",
                        reason="extensions-overlap",
                        values=(each, theirs, other),
                    )
            seen.append((trunk.key, each))


def _address(path: Path, address: str) -> Iterator[Finding]:
    try:
        network = ipaddress.ip_network(address)
    except ValueError:
        try:
            meant = ipaddress.ip_network(address, strict=False)
        except ValueError:
            remedy = "Write it such as 192.0.2.10 or 192.0.2.0/24."
            yield Finding(
                path, f"`{address}` is neither an address nor a network", remedy, reason="no-address", values=(address,)
            )
        else:
            remedy = f"Did you mean `{meant}` or `{address.partition('/')[0]}`?"
            yield Finding(
                path, f"`{address}` is an address inside a network", remedy, reason="inside-network", values=(address,)
            )
        return
    if network.prefixlen == 0:
        yield Finding(
            path, "this lets calls in from the whole internet", "Name the carrier's addresses.", reason="whole-internet"
        )


# ------------------------------------------------------------------ time


def _hours(path: Path, hours: OpeningHours) -> Iterator[Finding]:
    for index, span in enumerate(hours.week):
        for earlier in hours.week[:index]:
            if common := [day for day in span.days if day in earlier.days and _overlap(span, earlier)]:
                yield _overlapping((*path, "week", index), span, earlier, common[0])
    yield from _twice((*path, "week"), [span.days for span in hours.week])
    for number, exception in enumerate(hours.exceptions):
        for before in hours.exceptions[:number]:
            if before.rank == exception.rank and (day := _both_cover(exception, before)):
                message = f"`{exception.name}` and `{before.name}` both say what holds on {day:%Y-%m-%d}"
                remedy = "Take the day out of one of them: of equally long ones none goes before the other."
                named = (exception.name, before.name, f"{day:%Y-%m-%d}")
                yield Finding((*path, "exceptions", number), message, remedy, "same-day-twice", named)
        for index, one in enumerate(exception.spans):
            for other in exception.spans[:index]:
                if _overlap(one, other):
                    yield _overlapping((*path, "exceptions", number, "spans", index), one, other, exception.name)


_LEAP_YEAR = 2028


def _both_cover(one: HoursException, other: HoursException) -> date | None:
    """A day on which both decide."""
    if not one.yearly:
        day = max(one.first, other.first)
        return day if day <= min(one.last, other.last) else None
    days = (date(_LEAP_YEAR, 1, 1) + timedelta(days=ahead) for ahead in range(366))
    return next((day for day in days if one.covers(day) and other.covers(day)), None)


def _schedule(path: Path, schedule: Schedule) -> Iterator[Finding]:
    for index, period in enumerate(schedule.periods):
        for earlier in schedule.periods[:index]:
            common = [day for day in period.days if day in earlier.days]
            if common and _overlap(period, earlier) and _same_dates(period, earlier) and _same_people(period, earlier):
                yield _overlapping((*path, "periods", index), period, earlier, common[0])
    yield from _twice((*path, "periods"), [period.days for period in schedule.periods])


def _overlap(one: Span | Period, other: Span | Period) -> bool:
    return one.start < other.end and other.start < one.end


def _same_dates(one: Period, other: Period) -> bool:
    return (one.first_day or date.min) <= (other.last_day or date.max) and (other.first_day or date.min) <= (
        one.last_day or date.max
    )


def _same_people(one: Period, other: Period) -> bool:
    """Nobody could tell for whom the places of each are: it is one period, drawn twice."""
    same = all(set(getattr(one, name)) == set(getattr(other, name)) for name in _FOR_WHOM)
    return same and one.calling is other.calling


_FOR_WHOM = ("categories", "skills", "languages", "channels")


def _overlapping(path: Path, one: Span | Period, other: Span | Period, when: str) -> Finding:
    message = f"{one.start}-{one.end} overlaps {other.start}-{other.end} ({when})"
    spans = (f"{one.start}-{one.end}", f"{other.start}-{other.end}", when)
    return Finding(path, message, "Let one end where the other begins.", "overlaps", spans)


def _twice(path: Path, days: Sequence[Sequence[str]]) -> Iterator[Finding]:
    for index, named in enumerate(days):
        if repeated := sorted({day for day in named if named.count(day) > 1}):
            yield Finding(
                (*path, index, "days"),
                f"`{repeated[0]}` is named twice",
                "Name each day once.",
                reason="named-twice",
                values=(repeated[0],),
            )
