"""What changed, taken apart."""

import pytest

from svarhus.domains.naming.model import ThingKind, thing_of
from svarhus.domains.naming.told import Told, told
from svarhus.domains.organisation.changes import changes
from svarhus.domains.organisation.validation import check_file
from unit.organisation.small_file import SMALL


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("queue `desk` added", {"list_name": "queues", "key": "desk", "done": "added"}),
        ("call flow `main` removed", {"list_name": "callflows", "key": "main", "done": "removed"}),
        (
            "opening hours `office`: week: 1 entry → 2 entries",
            {"list_name": "hours", "key": "office", "setting": "week", "done": "set", "before": "1 entry"}
            | {"after": "2 entries"},
        ),
        (
            "queue `desk`: ring_time 20 → 25",
            {
                "list_name": "queues",
                "key": "desk",
                "setting": "ring_time",
                "done": "set",
                "before": "20",
                "after": "25",
            },
        ),
        (
            "queue `desk`: members: `bo` removed",
            {"list_name": "queues", "key": "desk", "setting": "members", "entry": "bo", "done": "removed"}
            | {"points_to": "people"},
        ),
        (
            "queue `desk`: members.bo.penalty 0 → 2",
            {"list_name": "queues", "key": "desk", "setting": "members.penalty", "entry": "bo", "done": "set"}
            | {"before": "0", "after": "2", "points_to": "people"},
        ),
        (
            'person `bo`: title added: "Head nurse"',
            {"list_name": "people", "key": "bo", "setting": "title", "done": "set", "after": "Head nurse"},
        ),
        (
            "person `bo`: role user → lead",
            {"list_name": "people", "key": "bo", "setting": "role", "done": "set", "before": "user", "after": "lead"}
            | {"points_to": "roles"},
        ),
        (
            "person `bo`: phone password made up",
            {"list_name": "people", "key": "bo", "setting": "phone_password", "done": "made_up"},
        ),
        (
            'organisation: name "The clinic" → Clinic',
            {"list_name": "organisation", "setting": "name", "done": "set", "before": "The clinic", "after": "Clinic"},
        ),
        ("queues: in another order", {"list_name": "queues", "done": "reordered"}),
        ("something that an older version wrote", {}),
    ],
)
def test_a_line_is_taken_apart(line: str, wanted: dict[str, object]) -> None:
    found = told(line)
    assert {name: getattr(found, name) for name in wanted} == wanted
    assert found.line == line
    assert wanted or found == Told(line)


def test_every_line_of_a_whole_organisation_is_understood() -> None:
    """What is written and what is read do not drift apart."""
    before = check_file(SMALL.encode()).configuration
    after = check_file(SMALL.replace("Bo ", "Bosse ").encode()).configuration
    lines = [*changes(None, after), *changes(before, after), *changes(after, after.model_copy(update={"queues": ()}))]
    assert lines
    assert [line for line in lines if told(line).done == "other"] == []


@pytest.mark.parametrize(
    ("action", "subject", "kind", "key"),
    [
        ("person-seen", "bo", ThingKind.PERSON, "bo"),
        ("sign-in-failed", "bo", ThingKind.PERSON, "bo"),
        ("phone-password-set", "bo", ThingKind.PERSON, "bo"),
        ("call-seen", "c1", ThingKind.CALL, "c1"),
        ("unanswered-handled", "c1", ThingKind.CALL, "c1"),
        ("call-log-opened", "", ThingKind.OTHER, ""),
        ("case-opened", "callback:b1", ThingKind.CALLBACK, "b1"),
        ("case-opened", "nonsense", ThingKind.OTHER, "nonsense"),
        ("number-searched", "+46700000001", ThingKind.NUMBER, "+46700000001"),
        ("contacts-exported", "12", ThingKind.OTHER, "12"),
        ("configuration-changed", "revision 3", ThingKind.REVISION, "3"),
        ("organisation-exported", "3", ThingKind.REVISION, "3"),
        ("recording-uploaded", "welcome (sv)", ThingKind.PART, "welcome"),
        ("track-uploaded", "calm/waves", ThingKind.PART, "calm"),
        ("what-comes-later", "x", ThingKind.OTHER, "x"),
    ],
)
def test_what_a_line_of_the_log_is_about(action: str, subject: str, kind: ThingKind, key: str) -> None:
    found = thing_of(action, subject)
    assert (found.kind, found.key) == (kind, key)
