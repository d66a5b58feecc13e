"""Numbers as people write them and as we keep them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svarhus.domains.numbers.parse import country_of, is_withheld, national, to_e164


@pytest.mark.feature("NUM-10")
@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("08-465 00 40", "SE", "+4684650040"),
        ("084650040", "SE", "+4684650040"),
        ("070 123 45 67", "SE", "+46701234567"),
        ("+46 8 465 00 40", "SE", "+4684650040"),
        ("+46 (0)8 465 00 40", "SE", "+4684650040"),
        ("0046 8 465 00 40", "NO", "+4684650040"),
        ("22 33 44 55", "NO", "+4722334455"),
        ("33 12 34 56", "DK", "+4533123456"),
        ("09 123 4567", "FI", "+35891234567"),
        ("+1 305 555 1234", "SE", "+13055551234"),
        ("  0701234567 ", "SE", "+46701234567"),
    ],
)
def test_a_number_is_kept_in_international_form(text: str, country: str, expected: str) -> None:
    assert to_e164(text, country) == expected


@pytest.mark.parametrize(
    "text",
    ["", "+", "00", "abc", "1001", "112", "07", "0" * 30, "1" * 300, "anonymous", "+999123", "##21#", "\x00"],
)
def test_what_cannot_be_a_number_is_none(text: str) -> None:
    assert to_e164(text, "SE") is None


@pytest.mark.feature("NUM-10")
@pytest.mark.parametrize(
    ("number", "country", "shown"),
    [
        ("+4684650040", "SE", "08-465 00 40"),
        ("+4684650040", "NO", "+46 8 465 00 40"),
        ("+46701234567", "SE", "070-123 45 67"),
        ("+4722334455", "NO", "22 33 44 55"),
        ("1001", "SE", "1001"),
        ("", "SE", ""),
    ],
)
def test_a_number_is_shown_as_people_of_the_country_write_it(number: str, country: str, shown: str) -> None:
    assert national(number, country) == shown


@pytest.mark.parametrize(
    ("number", "country"),
    [
        ("+4684650040", "SE"),
        ("+4722334455", "NO"),
        ("+4799999999", "NO"),
        ("+35818123456", "FI"),  # Åland
        ("+4779021234", "NO"),  # Svalbard
        ("+13055551234", "US"),
        ("+18765551234", "JM"),
        ("+881612345678", None),  # satellite
        ("1001", None),
        ("+", None),
    ],
)
def test_the_country_of_a_number(number: str, country: str | None) -> None:
    assert country_of(number) == country


@pytest.mark.feature("NUM-10")
@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        " ",
        "anonymous",
        "Anonymous",
        "sip:anonymous@anonymous.invalid",
        "unknown",
        "Restricted",
        "0",
        "000000",
    ],
)
def test_a_withheld_number_is_recognised_in_all_its_forms(text: str | None) -> None:
    assert is_withheld(text)


@pytest.mark.parametrize("text", ["+4684650040", "0701234567", "1001", "sip:1001@pbx.example", "112"])
def test_a_shown_number_is_not_withheld(text: str) -> None:
    assert not is_withheld(text)


@given(
    text=st.text(max_size=40) | st.text("0123456789+ -()#*", max_size=30),
    country=st.sampled_from(["SE", "NO", "US"]),
)
def test_whatever_is_typed_gives_a_number_that_stays_itself_or_none(text: str, country: str) -> None:
    number = to_e164(text, country)
    if number is not None:
        assert number[0] == "+"
        assert 5 <= len(number[1:]) <= 15
        assert number[1:].isascii()
        assert number[1:].isdigit()
        assert to_e164(number, "FI") == number
        assert to_e164(national(number, country), country) == number
