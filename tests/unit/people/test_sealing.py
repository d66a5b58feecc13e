"""What is sealed is opened with the same key and for the same owner, and never otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svarhus.domains.people.errors import Unreadable
from svarhus.domains.people.sealing import PREFIX, Seal, is_sealed

SECRET = "JBSWY3DPEHPK3PXP"


@given(st.text(), st.text())
def test_what_is_sealed_comes_out_again(secret: str, owner: str) -> None:
    seal = Seal("a long key")
    assert Seal("a long key").open(seal.seal(secret, owner), owner) == secret


def test_the_same_secret_never_looks_the_same() -> None:
    seal = Seal("a long key")
    first, second = seal.seal(SECRET, "clinic/bo"), seal.seal(SECRET, "clinic/bo")
    assert first != second
    assert is_sealed(first)
    assert SECRET not in first


def test_it_is_not_opened_with_another_key_nor_for_another_owner() -> None:
    sealed = Seal("a long key").seal(SECRET, "clinic/bo")
    with pytest.raises(Unreadable):
        Seal("another key").open(sealed, "clinic/bo")
    with pytest.raises(Unreadable):
        Seal("a long key").open(sealed, "clinic/anna")


@pytest.mark.parametrize("kept", ["", "not base64!", "QUJD"])
def test_what_was_spoilt_is_refused(kept: str) -> None:
    with pytest.raises(Unreadable):
        Seal("a long key").open(PREFIX + kept, "clinic/bo")
