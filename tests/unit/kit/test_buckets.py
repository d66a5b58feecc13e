"""A mapping of which others are made at little cost is as a dictionary is."""

from hypothesis import given
from hypothesis import strategies as st

from svarhus.kit.buckets import Buckets

keys = st.text(max_size=3)


@given(
    st.dictionaries(keys, st.integers()),
    st.lists(st.tuples(st.lists(keys, max_size=4), st.dictionaries(keys, st.integers(), max_size=4)), max_size=4),
)
def test_it_holds_what_a_dictionary_holds(first: dict[str, int], steps: list[tuple[list[str], dict[str, int]]]) -> None:
    known, plain = Buckets.of(first.items()), dict(first)
    for gone, come in steps:
        before = dict(known)
        changed = known.changed(gone, come)
        assert dict(known) == before
        plain = {key: value for key, value in plain.items() if key not in gone} | come
        known = changed
        assert dict(known) == plain
        assert len(known) == len(plain)
        assert all(key in known and known[key] == value for key, value in plain.items())
        assert known.get("not there") is None
