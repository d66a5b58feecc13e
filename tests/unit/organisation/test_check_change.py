"""A change is checked by what differs, with the same outcome as when the whole is checked."""

from hypothesis import given, settings
from hypothesis import strategies as st

from examples import examples
from svarhus.domains.organisation.errors import FaultyFile
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.secrets import Secrets
from svarhus.domains.organisation.validation import check_change, check_configuration
from svarhus.kit.errors import Fault
from unit.organisation.edits import STARTS, Edit, edits


def by_difference(before: Configuration, after: Configuration) -> tuple[str, Secrets] | tuple[Fault, ...]:
    try:
        checked = check_change(before, after)
    except FaultyFile as faulty:
        return tuple(faulty.faults)
    return checked.configuration.model_dump_json(by_alias=True), checked.secrets


def as_a_whole(after: Configuration) -> tuple[str, Secrets] | tuple[Fault, ...]:
    try:
        checked = check_configuration(after)
    except FaultyFile as faulty:
        return tuple(faulty.faults)
    return checked.configuration.model_dump_json(by_alias=True), checked.secrets


@given(st.sampled_from(STARTS), edits())
@settings(max_examples=examples(400))
def test_a_change_has_the_faults_that_the_whole_has(before: Configuration, edit: Edit) -> None:
    after = edit(before)
    assert by_difference(before, after) == as_a_whole(after)


def test_what_stays_is_the_same_object() -> None:
    before = STARTS[1]
    people = (before.people[0].model_copy(update={"name": "Other", "password": "correct horse battery"}),)
    checked = check_change(before, before.model_copy(update={"people": people + before.people[1:]}))
    assert checked.configuration.people[0].name == "Other"
    assert checked.secrets.sign_in == {before.people[0].key: "correct horse battery"}
    assert all(one is other for one, other in zip(checked.configuration.people[1:], before.people[1:], strict=True))
    assert checked.configuration.queues is before.queues
