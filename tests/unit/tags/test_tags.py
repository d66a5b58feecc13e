"""Tags: who may set which, where they may stand, and how they move."""

import pytest

from svarhus.domains.organisation.changes import same
from svarhus.domains.organisation.errors import FaultyFile, InUse
from svarhus.domains.organisation.exporting import export
from svarhus.domains.organisation.parts import removed
from svarhus.domains.organisation.validation import check_file
from svarhus.domains.tags.model import Tag, TagTree
from svarhus.domains.tags.moving import BelowItself, NoTag, moved
from svarhus.kit.errors import Fault, Invalid
from unit.organisation.small_file import SMALL

TAGS = (
    Tag(key="medicines", name="Medicines", queues=("nurses", "desk")),
    Tag(key="prescription", name="Prescription", parent="medicines"),
    Tag(key="side-effects", name="Side effects", parent="medicines", queues=("nurses",)),
    Tag(key="booking", name="Booking"),
    Tag(key="old", name="Old", active=False),
    Tag(key="older", name="Older", parent="old"),
)
TREE = TagTree(TAGS)


@pytest.mark.parametrize(
    ("key", "queue", "settable"),
    [
        ("medicines", "desk", True),
        ("medicines", "doctors", False),
        ("prescription", "desk", True),
        ("prescription", "doctors", False),
        ("side-effects", "desk", False),
        ("side-effects", "nurses", True),
        ("side-effects", None, True),
        ("booking", "doctors", True),
        ("old", "desk", False),
        ("older", "desk", False),
        ("gone", "desk", False),
    ],
)
def test_a_tag_is_set_where_it_and_all_above_it_allow(key: str, queue: str | None, settable: bool) -> None:
    assert TREE.settable(key, queue) is settable


def test_the_tags_of_a_queue_keep_their_order() -> None:
    assert [tag.key for tag in TREE.of_queue("nurses")] == ["medicines", "prescription", "side-effects", "booking"]


def test_an_inactive_tag_is_still_shown_by_its_names() -> None:
    assert TREE.label("older") == "Old › Older"
    assert TREE.label("gone") == "gone"


def test_a_tag_moves_with_what_is_below_it() -> None:
    after = moved(TAGS, "medicines", "booking", None)
    assert TagTree(after).label("prescription") == "Booking › Medicines › Prescription"
    assert [tag.key for tag in after][:4] == ["booking", "medicines", "prescription", "side-effects"], "as it is shown"
    after = moved(TAGS, "side-effects", "medicines", "prescription")
    assert [tag.key for tag in after if tag.parent == "medicines"] == ["side-effects", "prescription"]


def test_a_tag_cannot_move_below_itself_or_beside_a_stranger() -> None:
    with pytest.raises(BelowItself):
        moved(TAGS, "medicines", "prescription", None)
    with pytest.raises(BelowItself):
        moved(TAGS, "medicines", "medicines", None)
    with pytest.raises(NoTag):
        moved(TAGS, "medicines", "gone", None)
    with pytest.raises(Invalid):
        moved(TAGS, "booking", "medicines", "old")


# ------------------------------------------------------------------ in the file

FILE = (
    SMALL
    + """\
tags:
  - key: medicines
    name: Medicines
    queues: [desk]
  - key: prescription
    name: Prescription
    parent: medicines
  - key: booking
    name: Booking
    active: false
"""
)


def test_tags_read_back_as_they_were_written() -> None:
    configuration = check_file(FILE.encode()).configuration
    assert [tag.key for tag in configuration.tags] == ["medicines", "prescription", "booking"]
    assert same(check_file(export(configuration).encode()).configuration, configuration)


@pytest.mark.parametrize(
    ("piece", "by", "path", "message", "remedy"),
    [
        ("parent: medicines", "parent: medicine  # <-", "tags[1].parent", "there is no tag `medicine`",
         "Did you mean `medicines`?"),
        ("parent: medicines", "parent: prescription  # <-", "tags[1].parent", "`prescription` is above itself",
         "not below it"),
        ("name: Medicines\n", "name: Medicines\n    parent: prescription  # <-\n", "tags[0].parent",
         "`medicines` is above itself", "not below it"),
        ("queues: [desk]", "queues: [dsk]  # <-", "tags[0].queues[0]", "there is no queue `dsk`", "`desk`"),
        ("queues: [desk]", "queues: [desk, desk]  # <-", "tags[0].queues[1]",
         "`desk` is named already, see `tags[0].queues[0]`", ""),
        ("name: Booking", "name: medicines  # <-", "tags[2].name",
         "the tag `medicines` beside it has the same name", "of its own"),
        ("active: false", "active: maybe  # <-", "tags[2].active", "`maybe` is not true or false", "true or false"),
    ],
)  # fmt: skip
def test_a_fault_among_the_tags_is_named(piece: str, by: str, path: str, message: str, remedy: str) -> None:
    text = FILE.replace(piece, by, 1)
    [found] = [fault for fault in faults(text) if fault.path == path]
    assert (found.message, found.line) == (message, text[: text.index("# <-")].count("\n") + 1)
    assert remedy in found.remedy


def test_a_tag_is_only_for_queues_that_its_parent_is_for() -> None:
    text = FILE.replace("queues:\n", "queues:\n  - key: other\n    name: Other\n", 1)
    text = text.replace("parent: medicines", "parent: medicines\n    queues: [desk, other]")
    [found] = faults(text)
    assert (found.path, found.message) == (
        "tags[1].queues[1]",
        "the tag `medicines` above it is not for the queue `other`",
    )


def test_tags_are_not_deeper_than_somebody_in_a_call_can_find() -> None:
    levels = "".join(f"  - {{key: l{n}, name: L{n}, parent: {f'l{n - 1}' if n else 'booking'}}}\n" for n in range(5))
    [found] = faults(FILE + levels)
    assert (found.path, found.remedy) == ("tags[7].parent", "There are at most 5 levels.")


def test_what_a_tag_refers_to_is_not_deleted() -> None:
    configuration = check_file(FILE.encode()).configuration
    with pytest.raises(InUse) as refused:
        removed(configuration, "tags", "medicines")
    assert [fault.path for fault in refused.value.faults] == ["tags.prescription.parent"]


def faults(text: str) -> tuple[Fault, ...]:
    with pytest.raises(FaultyFile) as raised:
        check_file(text.encode())
    return raised.value.faults
