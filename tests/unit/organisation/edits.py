"""Changes of a configuration that somebody might want, right or wrong, made up by Hypothesis."""

from collections.abc import Callable

from hypothesis import strategies as st

from svarhus.app.organisations import demo_file
from svarhus.domains.organisation.lists import KEY_OF, LISTS, key_of
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.validation import check_file
from svarhus.kit.document import DocumentPart
from unit.organisation.small_file import SMALL

STARTS = (check_file(SMALL.encode()).configuration, check_file(demo_file()).configuration)

Edit = Callable[[Configuration], Configuration]

_SETTINGS: dict[str, dict[str, list[object]]] = {
    "people": {
        "name": ["Åsa", " Åsa ", "", "A\x00sa"],
        "email": ["anna@clinic.example", "ASTRID@svarhus.example", "new@clinic.example", "nowhere"],
        "extension": ["101", "1002", "201", "999", None],
        "role": ["administrator", "user", "unheard-of"],
        "units": [("north",), ("nowhere",), ("north", "north"), ()],
        "mobile": ["+46701740605", "+4612", None],
        "number": ["+46701740606", None],
        "answers_at": ["number", "extension"],
        "fields": [{"unheard-of": "1"}, {}],
        "password": ["correct horse battery", "short", None],
        "phone_password": ["12345678", "vi7pohkeXq", None],
        "language": ["fi", "klingon"],
    },
    "queues": {
        "name": ["Other"],
        "members": [()],
        "extension": ["101", "555", None],
        "unit": ["north", "nowhere", None],
        "callbacks": [None],
        "presented": ["+46846500410", "+461"],
        "ring_time": [30, 100_000],
    },
    "numbers": {
        "flow": ["main", "nowhere"],
        "trunk": ["carrier", "nowhere", None],
        "number": ["+46846500499", "+4"],
        "unit": ["north"],
    },
    "hours": {"week": [()], "exceptions": [()], "key": ["other-hours"]},
    "messages": {"manuscripts": [{"sv": "Hej."}, {"sv": "\x07"}], "key": ["other-message"]},
    "schedules": {"periods": [()], "hours": ["office", "nowhere"], "unit": ["nowhere"]},
    "trunks": {"addresses": [("192.0.2.99",), ("0.0.0.0/0",), ("192.0.2.10/8",)], "username": ["101", "101-b", "pbx"]},
    "tags": {"parent": [None, "nowhere"], "queues": [(), ("nowhere",)], "name": ["Same"], "unit": ["nowhere", None]},
    "lists": {"unit": ["north", "nowhere"], "priority": [3, 10], "key": ["other-list", "with_underscore"]},
    "categories": {"unit": ["north", "nowhere"], "key": ["other-category"], "call_minutes": [5, 0]},
    "callflows": {"start": ["nowhere"], "name": ["Renamed"]},
    "units": {"name": ["Renamed"], "key": ["elsewhere"]},
}


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    """One or several changes, one after the other."""
    made = draw(st.lists(_one(), min_size=1, max_size=3))

    def edit(configuration: Configuration) -> Configuration:
        for each in made:
            configuration = each(configuration)
        return configuration

    return edit


@st.composite
def _one(draw: st.DrawFn) -> Edit:
    name = draw(st.sampled_from([*_SETTINGS, "people", "people", "queues"]))
    setting = draw(st.sampled_from([*_SETTINGS[name]]))
    value = draw(st.sampled_from(_SETTINGS[name][setting]))
    place, to = draw(st.integers(0, 30)), draw(st.integers(0, 30))
    kind = draw(st.sampled_from(["set", "set", "set", "set", "remove", "add", "twice", "move", "same", "organisation"]))

    def edit(configuration: Configuration) -> Configuration:
        parts: tuple[DocumentPart, ...] = getattr(configuration, name)
        if kind == "organisation":
            other = configuration.organisation.model_copy(update={"country": draw_country})
            return configuration.model_copy(update={"organisation": other})
        if not parts:
            return configuration
        at = place % len(parts)
        return configuration.model_copy(update={name: _edited(kind, name, parts, at, to % len(parts), setting, value)})

    draw_country = draw(st.sampled_from(["NO", "XX"]))
    return edit


def _edited(
    kind: str, name: str, parts: tuple[DocumentPart, ...], at: int, to: int, setting: str, value: object
) -> tuple[DocumentPart, ...]:
    part = parts[at]
    match kind:
        case "remove":
            return (*parts[:at], *parts[at + 1 :])
        case "add":
            new = part.model_copy(update={KEY_OF.get(name, "key"): "+46846500477" if name == "numbers" else "new-one"})
            return (*parts[:to], new, *parts[to:])
        case "twice":
            return (*parts, part)
        case "move":
            rest = [*parts[:at], *parts[at + 1 :]]
            return (*rest[:to], part, *rest[to:])
        case "same":
            return (*parts[:at], part.model_copy(), *parts[at + 1 :])
        case _:
            return (*parts[:at], part.model_copy(update={setting: value}), *parts[at + 1 :])


def by_key(configuration: Configuration) -> dict[tuple[str, str], str]:
    """All parts as text, by list and key."""
    return {
        (name, key_of(name, part)): part.model_dump_json(by_alias=True)
        for name in LISTS
        for part in getattr(configuration, name)
    }
