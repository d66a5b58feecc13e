"""What differs between two configurations, and nothing else, is in their difference."""

from hypothesis import given, settings
from hypothesis import strategies as st

from examples import examples
from svarhus.domains.organisation.difference import difference
from svarhus.domains.organisation.layout import lay_out
from svarhus.domains.organisation.lists import LISTS, key_of
from svarhus.domains.organisation.model import Configuration
from unit.organisation.edits import STARTS, Edit, by_key, edits


def has_keys_once(configuration: Configuration) -> bool:
    keys = [(name, key_of(name, part)) for name in LISTS for part in getattr(configuration, name)]
    return len(set(keys)) == len(keys)


@given(st.sampled_from(STARTS), edits())
@settings(max_examples=examples(200))
def test_it_leads_from_one_to_the_other(before: Configuration, edit: Edit) -> None:
    after = edit(before)
    if not has_keys_once(after):
        return
    found = difference(before, after)
    gone = {(name, key) for name, each in found.lists.items() for key in each.removed}
    new = {
        (name, key): part.model_dump_json(by_alias=True)
        for name, each in found.lists.items()
        for key, part in each.new.items()
    }
    assert {key: text for key, text in (by_key(before) | new).items() if key not in gone} == by_key(after)
    assert all(by_key(before).get(key) != text for key, text in new.items())
    assert bool(found) == (before.model_dump_json() != after.model_dump_json())
    for name, each in found.lists.items():
        stay = [key for key in keys_of(before, name) if key not in each.removed]
        assert each.reordered or keys_of(after, name) == [*stay, *each.added]


def keys_of(configuration: Configuration, name: str) -> list[str]:
    return [key_of(name, part) for part in getattr(configuration, name)]


def large(count: int) -> Configuration:
    """So many people, more than lie on one page."""
    one = STARTS[0].people[1]
    people = tuple(one.model_copy(update={"key": f"p{index}", "email": f"{index}@x.example"}) for index in range(count))
    return STARTS[0].model_copy(update={"people": people})


@given(st.lists(st.tuples(st.sampled_from(["change", "remove", "add", "move"]), st.integers(0, 999)), max_size=5))
def test_a_list_lies_in_the_same_pages_however_it_came_about(steps: list[tuple[str, int]]) -> None:
    configuration = large(300)
    layout, contents = lay_out(configuration)
    kept = dict(contents)
    for count, (what, place) in enumerate(steps):
        people = list(configuration.people)
        part = people.pop(place % len(people))
        if what == "change":
            people.insert(place % len(people), part.model_copy(update={"title": f"Title {count}"}))
        elif what == "add":
            people += [part, part.model_copy(update={"key": f"new-{count}"})]
        elif what == "move":
            people.append(part)
        configuration = configuration.model_copy(update={"people": tuple(people)})
        layout, new = lay_out(configuration, layout)
        kept |= new
    again, whole = lay_out(configuration)
    assert layout.manifest == again.manifest
    assert whole.items() <= kept.items()


def test_one_change_keeps_the_part_its_page_and_nothing_else() -> None:
    configuration = large(300)
    layout, _ = lay_out(configuration)
    people = (configuration.people[0].model_copy(update={"title": "Other"}), *configuration.people[1:])
    _, new = lay_out(configuration.model_copy(update={"people": people}), layout)
    assert len(new) == 2
