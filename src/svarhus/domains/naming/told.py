"""A line of what changed, as it is kept, taken apart again: so that it can be told by names and in any language."""

import re
from collections.abc import Mapping
from typing import Literal

import msgspec
from msgspec.structs import replace

from svarhus.domains.organisation.lists import SINGULAR

Done = Literal["added", "removed", "set", "made_up", "reordered", "other"]

_LIST_OF: Mapping[str, str] = {singular: name for name, singular in SINGULAR.items()}
_KIND = "|".join(sorted(_LIST_OF, key=len, reverse=True))
_WHOLE = re.compile(rf"(?P<kind>{_KIND}|organisation) `(?P<key>[^`]+)` (?P<done>added|removed)")
_INSIDE = re.compile(rf"(?P<kind>{_KIND}) `(?P<key>[^`]+)`: (?P<rest>.*)", re.DOTALL)
_ORGANISATION = re.compile(r"organisation: (?P<rest>.*)", re.DOTALL)
_ORDER = re.compile(r"(?P<place>\S+): in another order")
_ENTRY = re.compile(r"(?P<place>\S+): `(?P<entry>[^`]+)` (?P<done>added|removed)")
_SECRET = re.compile(r"(?P<place>password|phone password) (?P<done>set|made up)")
_SETTING = re.compile(r"(?P<place>\S+) (?P<done>added|removed)")
_NEW = re.compile(r"(?P<place>\S+) added: (?P<after>.*)", re.DOTALL)
_VALUE = re.compile(r"(?P<place>\S+?):? (?P<before>.*?) → (?P<after>.*)", re.DOTALL)

_POINTS_TO: Mapping[tuple[str, str], str] = {
    ("organisation", "outgoing.trunk"): "trunks",
    ("people", "units"): "units",
    ("people", "role"): "roles",
    ("numbers", "flow"): "callflows",
    ("numbers", "trunk"): "trunks",
    ("numbers", "category"): "categories",
    ("categories", "unit"): "units",
    ("schedules", "unit"): "units",
    ("schedules", "hours"): "hours",
    ("schedules", "periods.categories"): "categories",
    ("queues", "alerts.hours"): "hours",
    ("queues", "unit"): "units",
    ("queues", "members"): "people",
    ("queues", "announcements.message"): "messages",
    ("queues", "announcements.messages"): "messages",
    ("queues", "callbacks.schedule"): "schedules",
    ("queues", "music"): "playlists",
    ("queues", "category"): "categories",
    ("queues", "pace"): "schedules",
    ("queues", "returned_message"): "messages",
    ("playlists", "unit"): "units",
    ("tags", "parent"): "tags",
    ("tags", "queues"): "queues",
    ("people", "fields"): "fields",
}
"""Settings whose values or entries are keys, and of which list."""


class Told(msgspec.Struct, frozen=True):
    """One difference."""

    line: str
    """As it is kept."""
    list_name: str | None = None
    """Of the part that changed; `organisation` for the organisation's own settings; None: it was not understood."""
    key: str | None = None
    setting: str | None = None
    """`members.penalty`, without the entry; None when the part came or went as a whole."""
    entry: str | None = None
    """Which entry of the setting."""
    done: Done = "other"
    before: str | None = None
    after: str | None = None
    points_to: str | None = None
    """Of which list the entry, or else the values, are keys."""


def told(line: str) -> Told:
    """A line of `organisation.changes`."""
    if found := _WHOLE.fullmatch(line):
        return Told(line, _list(found["kind"]), found["key"], done=_done(found["done"]))
    if found := _INSIDE.fullmatch(line):
        return _pointed(_inside(Told(line, _list(found["kind"]), found["key"]), found["rest"]))
    if found := _ORGANISATION.fullmatch(line):
        return _pointed(_inside(Told(line, "organisation"), found["rest"]))
    if (found := _ORDER.fullmatch(line)) and found["place"] in SINGULAR:
        return Told(line, found["place"], done="reordered")
    return Told(line)


def _list(kind: str) -> str:
    return _LIST_OF.get(kind, kind)


def _done(word: str) -> Done:
    match word:
        case "added" | "removed" | "set":
            return word
        case "made up":
            return "made_up"
        case _:
            return "other"


def _inside(part: Told, rest: str) -> Told:
    if found := _ORDER.fullmatch(rest):
        return replace(part, setting=found["place"], done="reordered")
    if found := _ENTRY.fullmatch(rest):
        return replace(part, setting=found["place"], entry=found["entry"], done=_done(found["done"]))
    if found := _SECRET.fullmatch(rest) or _SETTING.fullmatch(rest):
        return replace(part, setting=found["place"].replace(" ", "_"), done=_done(found["done"]))
    if found := _NEW.fullmatch(rest):
        return replace(part, setting=found["place"], done="set", after=_bare(found["after"]))
    if found := _VALUE.fullmatch(rest):
        before, after = _bare(found["before"]), _bare(found["after"])
        return replace(part, setting=found["place"], done="set", before=before, after=after)
    return part


def _bare(value: str) -> str:
    quoted = len(value) > 1 and value.startswith('"') and value.endswith('"')
    return value[1:-1] if quoted else value


def _pointed(part: Told) -> Told:
    """With what its setting points to; an entry within the path is taken out of it."""
    if part.list_name is None or part.setting is None:
        return part
    for (list_name, setting), target in _POINTS_TO.items():
        if list_name != part.list_name:
            continue
        if part.setting == setting:
            return replace(part, points_to=target)
        if part.entry is None and part.setting.startswith(f"{setting}."):
            entry, _, within = part.setting[len(setting) + 1 :].partition(".")
            return replace(part, setting=f"{setting}.{within}" if within else setting, entry=entry, points_to=target)
    return part
