"""A file that is written reads back as the same configuration."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from examples import examples
from svarhus.app.organisations import demo_file
from svarhus.domains.organisation.changes import changes, same
from svarhus.domains.organisation.errors import FaultyFile
from svarhus.domains.organisation.exporting import export
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.validation import check_document, check_file
from svarhus.kit.text import tidy
from unit.organisation.small_file import SMALL


def test_the_demonstration_is_faultless_and_exports_to_itself() -> None:
    shipped = check_file(demo_file()).configuration
    exported = export(shipped)
    assert same(check_file(exported.encode()).configuration, shipped)
    assert export(check_file(exported.encode()).configuration) == exported


def test_an_export_leaves_out_what_goes_without_saying() -> None:
    text = SMALL.replace("    ring_time: 20", "    ring_time: 20\n    service_level: 90\n    music: default")
    exported = export(check_file(text.encode()).configuration)
    assert "ring_time" not in exported
    assert "service_level" not in exported
    assert "wait_seconds" not in exported


def test_an_export_has_no_secrets() -> None:
    text = SMALL.replace("    email: bo@", "    password: correct horse\n    phone_password: vi7pohke\n    email: bo@")
    text = text.replace("    host: sip", "    password: trunk-secret\n    host: sip")
    checked = check_file(text.encode())
    exported = export(checked.configuration)
    assert checked.secrets.sign_in == {"bo": "correct horse"}
    assert checked.secrets.phones == {"bo": "vi7pohke"}
    assert checked.secrets.trunks == {"carrier": "trunk-secret"}
    assert "correct horse" not in exported
    assert "secret" not in exported
    assert "password" not in exported


def test_numbers_may_be_written_without_quotes() -> None:
    plain = SMALL.replace('"101"', "101").replace('"+46846500410"', "+46846500410").replace('"08:00"', "08:00")
    plain = plain.replace('"16:00"', "16:00").replace('          "1": desk', "          1: desk")
    assert same(check_file(plain.encode()).configuration, check_file(SMALL.encode()).configuration)


def test_json_is_read_too() -> None:
    configuration = check_file(SMALL.encode()).configuration
    assert same(check_file(configuration.model_dump_json(by_alias=True).encode()).configuration, configuration)


def test_the_order_of_languages_is_kept() -> None:
    text = SMALL.replace("      en: Hello.", "      sv: Hej.\n      en: Hello.")
    other = SMALL.replace("      en: Hello.", "      en: Hello.\n      sv: Hej.")
    one, two = check_file(text.encode()).configuration, check_file(other.encode()).configuration
    assert not same(one, two)
    assert changes(one, two) == ("message `hello`: manuscripts: in another order",)


@pytest.mark.parametrize(
    ("piece", "by", "words"),
    [
        ("ring_time: 20", "ring_time: 25", "queue `desk`: ring_time 20 → 25"),
        ("    name: Bo", "    name: Bo Ek", 'person `bo`: name Bo → "Bo Ek"'),
        ("      - person: bo\n", "", "queue `desk`: members: `bo` removed"),
        ("units: [north]", "units: []", "person `anna`: units: `north` removed"),
        ("          next: menu", "          next: desk", "call flow `main`: elements.hello.exits.next menu → desk"),
        ('    extension: "102"', '    extension: "102"\n    language: en', "person `bo`: language sv → en"),
        ("  timezone: Europe/Stockholm", "  timezone: Europe/Oslo",
         "organisation: timezone Europe/Stockholm → Europe/Oslo"),
        ("calls_per_hour: 6", "calls_per_hour: 8", "schedule `nurses`: periods[0].calls_per_hour 6 → 8"),
        ('        from: 2027-12-24\n', '        from: 2027-12-23\n',
         "opening hours `office`: exceptions.Christmas.from 2027-12-24 → 2027-12-23"),
        ("      callback:\n", "      extra:\n        type: hang_up\n      callback:\n", None),
    ],
)  # fmt: skip
def test_changes_are_told_in_words(piece: str, by: str, words: str | None) -> None:
    before = check_file(SMALL.encode()).configuration
    if words is None:
        text = SMALL.replace(piece, by).replace(
            '          "2": callback', '          "2": callback\n          "3": extra'
        )
        assert changes(before, check_file(text.encode()).configuration) == (
            "call flow `main`: elements.menu.exits.3 added: extra",
            "call flow `main`: elements.extra added",
        )
        return
    after = check_file(SMALL.replace(piece, by).encode()).configuration
    assert changes(before, after) == (words,)


def test_added_and_removed_parts_are_named() -> None:
    before = check_file(SMALL.encode()).configuration
    text = SMALL.replace("people:\n", "  - key: south\n    name: South\npeople:\n")
    after = check_file(text.encode()).configuration
    assert changes(before, after) == ("unit `south` added",)
    assert changes(after, before) == ("unit `south` removed",)
    assert changes(None, before)[0] == "organisation `clinic` added"


# ------------------------------------------------------------------ documents that nobody thought of

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(
    lambda text: tidy(text).strip() != ""
)
"""Everything that may be in a name, with something that can be seen: quotes, colons, hashes, line separators, emoji."""

LINES = st.lists(TEXT, min_size=1, max_size=3).map("\n".join)

TIMES = st.integers(0, 24 * 4).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")
MANUSCRIPTS = st.dictionaries(st.sampled_from(["sv", "en", "nb", "da", "fi"]), LINES, min_size=1)
WEEKDAYS = st.lists(
    st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), min_size=1, max_size=7, unique=True
)


@st.composite
def spans(draw: st.DrawFn) -> Mapping[str, JsonValue]:
    start, end = sorted(draw(st.lists(TIMES, min_size=2, max_size=2, unique=True)))
    return {"from": start, "to": end, "category": draw(st.sampled_from(["open", "lunch", "null", "yes", "n"]))}


@st.composite
def documents(draw: st.DrawFn) -> dict[str, JsonValue]:
    """Faultless documents with unusual texts and settings."""
    people: list[JsonValue] = [
        {
            "key": f"p{number}",
            "name": draw(TEXT),
            "email": f"p{number}@example.org",
            "role": "administrator" if number == 0 else draw(st.sampled_from(["user", "team_leader"])),
            "extension": f"{draw(st.sampled_from(['0', '1', '00']))}{100 + number}",
            "language": draw(st.sampled_from(["sv", "en", "nb", "da", "fi"])),
        }
        for number in range(draw(st.integers(1, 4)))
    ]
    messages: list[JsonValue] = [
        {"key": f"m{number}", "name": draw(TEXT), "manuscripts": {**draw(MANUSCRIPTS)}}
        for number in range(draw(st.integers(1, 3)))
    ]
    hours: list[JsonValue] = [
        {
            "key": "no",
            "name": draw(TEXT),
            "week": [{"days": [*draw(WEEKDAYS)], **draw(spans())}],
            "exceptions": [
                {"name": draw(TEXT), "from": day.isoformat(), "to": day.isoformat(), "spans": [dict(draw(spans()))]}
                for day in draw(st.lists(st.dates(date(2026, 1, 1), date(2030, 1, 1)), max_size=2, unique=True))
            ],
        }
    ]
    queues: list[JsonValue] = [
        {
            "key": "on",
            "name": draw(TEXT),
            "members": [{"person": "p0", "starts_logged_in": draw(st.booleans())}],
            "ring_time": draw(st.integers(5, 120)),
            "announcements": {"every": draw(st.integers(10, 600)), "position": draw(st.booleans())},
        }
    ]
    element: JsonValue = {"type": "message", "settings": {"messages": ["m0"], "repeat": draw(st.integers(1, 20))}}
    return {
        "organisation": {"key": "made", "name": draw(TEXT)},
        "people": people,
        "messages": messages,
        "hours": hours,
        "queues": queues,
        "callflows": [{"key": "null", "name": draw(TEXT), "start": "true", "elements": {"true": element}}],
    }


@given(documents())
@settings(max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@pytest.mark.feature("FLOW-22")
def test_any_document_reads_back_as_it_was_written(document: dict[str, JsonValue]) -> None:
    configuration = check_document(document).configuration
    again = check_file(export(configuration).encode()).configuration
    assert same(again, configuration)
    assert changes(configuration, again) == ()


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
@settings(max_examples=examples(30), deadline=None)
def test_no_file_breaks_the_reader(file: bytes) -> None:
    with pytest.raises(FaultyFile):
        check_file(file)


JSON: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | st.integers(-10, 10**20) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.data())
@settings(max_examples=examples(30), deadline=None)
def test_no_document_breaks_the_checks(data: st.DataObject) -> None:
    """A setting anywhere is replaced by anything: it is right or a fault, and never breaks the checks."""
    document: JsonValue = check_file(SMALL.encode()).configuration.model_dump(mode="json", by_alias=True)
    changed = _replace_somewhere(document, data)
    try:
        assert isinstance(check_document(changed).configuration, Configuration)
    except FaultyFile as error:
        assert error.faults


def _replace_somewhere(value: JsonValue, data: st.DataObject) -> JsonValue:
    if isinstance(value, dict) and value and data.draw(st.integers(0, 9)):
        key = data.draw(st.sampled_from(sorted(value)))
        return {**value, key: _replace_somewhere(value[key], data)}
    if isinstance(value, list) and value and data.draw(st.integers(0, 9)):
        index = data.draw(st.integers(0, len(value) - 1))
        return [*value[:index], _replace_somewhere(value[index], data), *value[index + 1 :]]
    return data.draw(JSON)
