"""Whether every key that is named exists, and nothing that must be unique is there twice."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

import msgspec

from svarhus.domains.numbers.model import Number
from svarhus.domains.organisation.draft import Draft
from svarhus.domains.organisation.lists import LISTS, OF_UNITS, SINGULAR, unit_of
from svarhus.domains.organisation.reading import Path, dotted
from svarhus.domains.organisation.register import NAMING, phone_names
from svarhus.domains.organisation.shape import Finding
from svarhus.domains.people.model import Person, Unit
from svarhus.domains.people.rights import Role
from svarhus.domains.queues.model import Queue
from svarhus.domains.queues.waiting_sound import ALWAYS_THERE
from svarhus.domains.schedules.model import Schedule
from svarhus.domains.tags.model import Tag
from svarhus.kit.document import DocumentPart


class Named(msgspec.Struct, frozen=True):
    """A place of the document that names an entry of one of its lists."""

    path: Path
    list_name: str
    key: str


def named(draft: Draft) -> Iterator[Named]:
    """All places that name something, but for those in the settings of call-flow elements."""
    if draft.organisation and draft.organisation.outgoing.trunk:
        yield Named(("organisation", "outgoing", "trunk"), "trunks", draft.organisation.outgoing.trunk)
    for list_name in OF_UNITS:
        for path, part in draft.each(list_name, LISTS[list_name]):
            if unit := unit_of(part):
                yield Named((*path, "unit"), "units", unit)
    for path, one in draft.each("units", Unit):
        if one.outgoing_trunk:
            yield Named((*path, "outgoing_trunk"), "trunks", one.outgoing_trunk)
    for path, person in draft.each("people", Person):
        for index, unit in enumerate(person.units):
            yield Named((*path, "units", index), "units", unit)
        if person.role not in set(Role):
            yield Named((*path, "role"), "roles", person.role)
    for path, number in draft.each("numbers", Number):
        yield Named((*path, "flow"), "callflows", number.flow)
        for index, person_key in enumerate(number.presenting.people):
            yield Named((*path, "presenting", "people", index), "people", person_key)
        if number.trunk:
            yield Named((*path, "trunk"), "trunks", number.trunk)
        if number.category:
            yield Named((*path, "category"), "categories", number.category)
    for path, schedule in draft.each("schedules", Schedule):
        if schedule.hours:
            yield Named((*path, "hours"), "hours", schedule.hours)
        for index, period in enumerate(schedule.periods):
            for place, key in enumerate(period.categories):
                yield Named((*path, "periods", index, "categories", place), "categories", key)
    for path, queue in draft.each("queues", Queue):
        yield from _named_by_queue(path, queue)
    for path, tag in draft.each("tags", Tag):
        if tag.parent:
            yield Named((*path, "parent"), "tags", tag.parent)
        for index, used in enumerate(tag.queues):
            yield Named((*path, "queues", index), "queues", used)


def _named_by_queue(path: Path, queue: Queue) -> Iterator[Named]:
    for index, member in enumerate(queue.members):
        yield Named((*path, "members", index, "person"), "people", member.person)
    for index, team in enumerate(queue.teams):
        if team.unit:
            yield Named((*path, "teams", index, "unit"), "units", team.unit)
    for index, person in enumerate(queue.supervision.supervisors):
        yield Named((*path, "supervision", "supervisors", index), "people", person)
    if queue.music != ALWAYS_THERE:
        yield Named((*path, "music"), "playlists", queue.music)
    if queue.category:
        yield Named((*path, "category"), "categories", queue.category)
    if queue.pace:
        yield Named((*path, "pace"), "schedules", queue.pace)
    if queue.returned_message:
        yield Named((*path, "returned_message"), "messages", queue.returned_message)
    for index, own in enumerate(queue.announcements.messages):
        yield Named((*path, "announcements", "messages", index, "message"), "messages", own.message)
    if queue.recording.message:
        yield Named((*path, "recording", "message"), "messages", queue.recording.message)
    for index, rule in enumerate(queue.alerts):
        if rule.hours:
            yield Named((*path, "alerts", index, "hours"), "hours", rule.hours)
    if queue.callbacks:
        yield Named((*path, "callbacks", "schedule"), "schedules", queue.callbacks.schedule)
        if queue.callbacks.greeting:
            yield Named((*path, "callbacks", "greeting"), "messages", queue.callbacks.greeting)


def missing(draft: Draft, places: Iterable[Named]) -> Iterator[Finding]:
    """A finding for each place that names what is not there."""
    for place in places:
        if not draft.has(place.list_name, place.key):
            what = SINGULAR[place.list_name]
            known = list(draft.keys.get(place.list_name, {}).values())
            if place.list_name == "roles":
                known = [*(role.value for role in Role), *known]
            yield Finding(
                place.path,
                f"there is no {what} `{place.key}`",
                _remedy(place, known),
                reason="not-there",
                values=(what, place.key),
            )


def _remedy(place: Named, known: list[str]) -> str:
    near = get_close_matches(place.key, known, n=1, cutoff=0.6)
    if near:
        return f"Did you mean `{near[0]}`?"
    if known and len(known) <= 10:
        return f"There are {', '.join(f'`{key}`' for key in known)}; or add it under `{place.list_name}`."
    return f"Add it under `{place.list_name}`."


# ------------------------------------------------------------------ what must be unique


def repeated(draft: Draft) -> Iterator[Finding]:
    """Keys, extensions, e-mail addresses and names of phones that are there more than once."""
    for list_name, keys in draft.keys.items():
        if len(set(keys.values())) < len(keys):
            places = [((list_name, index), key) for index, key in keys.items()]
            setting = "number" if list_name == "numbers" else "key"
            yield from _repeats(places, setting, f"the {setting} `{{}}` is taken by {{}}", "taken-key")
    names = [*_phone_names(draft)]
    if len({name for _, name in names}) < len(names):
        words = "`{}` is taken by {}; people, queues and trunks share one plan"
        yield from _repeats(names, "", words, "taken-extension")
    emails = [(path, person.email.lower()) for path, person in draft.every("people", Person)]
    if len({email for _, email in emails}) < len(emails):
        yield from _repeats(emails, "email", "the e-mail address `{}` is taken by {}", "taken-email")


def repeated_inside(draft: Draft) -> Iterator[Finding]:
    """What is named more than once in one part."""
    for path, queue in draft.each("queues", Queue):
        members = [((*path, "members", index), member.person) for index, member in enumerate(queue.members)]
        yield from _repeats(members, "person", "`{}` is a member already, see {}", "member-twice")
    for path, person in draft.each("people", Person):
        units = [((*path, "units", index), unit) for index, unit in enumerate(person.units)]
        yield from _repeats(units, "", "`{}` is named already, see {}", "named-twice")
    for path, tag in draft.each("tags", Tag):
        queues = [((*path, "queues", index), queue) for index, queue in enumerate(tag.queues)]
        yield from _repeats(queues, "", "`{}` is named already, see {}", "named-twice")


def _phone_names(draft: Draft) -> Iterator[tuple[Path, str]]:
    for list_name in NAMING:
        setting = "username" if list_name == "trunks" else "extension"
        for path, part in draft.every(list_name, DocumentPart):
            at = (*path, setting)
            yield from ((at, name) for name in phone_names(part))


def _repeats(places: Sequence[tuple[Path, str]], setting: str, words: str, reason: str) -> Iterator[Finding]:
    first: dict[str, Path] = {}
    for path, value in places:
        if value in first:
            at = (*path, setting) if setting else path
            by = dotted(first[value])
            yield Finding(at, words.format(value, f"`{by}`"), "Give each its own.", reason, (value, by))
        first.setdefault(value, path)
