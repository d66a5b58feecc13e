"""The one reader of numbers: as people in five countries write them, and as files, keys and carriers bring them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svarhus.domains.numbers.reading import (
    Kind,
    NotANumber,
    Number,
    Reading,
    read_diallable,
    read_number,
    read_numbers,
    read_sent,
)

COUNTRIES = ("SE", "NO", "DK", "FI", "IS")

# The national digits of a number of each country, its groups, and its E.164.
NUMBERS = [
    ("SE", "08-465 00 42", "+4684650042"),
    ("SE", "070-174 06 05", "+46701740605"),
    ("SE", "031-12 34 56", "+4631123456"),
    ("NO", "22 33 44 55", "+4722334455"),
    ("NO", "406 12 345", "+4740612345"),
    ("DK", "33 12 34 56", "+4533123456"),
    ("DK", "20 12 34 56", "+4520123456"),
    ("FI", "09 123 4567", "+35891234567"),
    ("FI", "040 123 4567", "+358401234567"),
    ("IS", "581 2345", "+3545812345"),
    ("IS", "611 1234", "+3546111234"),
]


def ways(national: str, e164: str) -> list[str]:
    """The same number as it is met with."""
    bare = "".join(each for each in national if each.isdigit())
    subscriber = national.lstrip("0") if national.startswith("0") else national
    return [
        national,
        bare,
        f"  {national}  ",
        national.replace(" ", ""),
        national.replace(" ", "."),
        national.replace(" ", "\u00a0"),
        national.replace(" ", "\u202f"),
        national.replace(" ", "\u2009"),
        national.replace("-", "\u2013"),
        national.replace("-", "/"),
        "\u200b".join(national),
        f"\u202a{national}\u202c",
        f"\ufeff{national}",
        f"({national})",
        f"[{national}]",
        f'="{national}"',
        f"'{bare}",
        bare.translate(str.maketrans("0123456789", "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19")),
        bare.translate(str.maketrans("0123456789", "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669")),
        e164,
        f"00{e164[1:]}",
        f"\uff0b{e164[1:]}",
        f"{e164[:3]} {e164[3:]}" if not e164.startswith("+35") else f"{e164[:4]} {e164[4:]}",
        f"{e164.removesuffix(''.join(each for each in subscriber if each.isdigit()))} {subscriber}",
        f"{e164[1:]}.0",
        f"tel:{e164}",
        f"TEL:{e164}",
        f"<tel:{e164}>",
        f"sip:{e164}@carrier.example;user=phone",
        f"sips:{e164};npdi;rn=123@carrier.example",
        f"{e164[1]}.{e164[2:]}E+{len(e164) - 2}",
        f"{e164[1]},{e164[2:]}e{len(e164) - 2}",
    ]


@pytest.mark.feature("NUM-10")
@pytest.mark.parametrize(
    ("text", "country", "e164"),
    [(text, country, e164) for country, national, e164 in NUMBERS for text in dict.fromkeys(ways(national, e164))],
)
def test_a_number_in_any_dress_is_the_same_number(text: str, country: str, e164: str) -> None:
    assert read_number(text, country) == Number(e164)


@pytest.mark.parametrize(("country", "national", "e164"), NUMBERS)
@pytest.mark.parametrize(
    ("dress", "aside", "extension"),
    [
        ("{} vxl", "vxl", ""),
        ("{} (fru)", "fru", ""),
        ("{}, vxl", "vxl", ""),
        ("Tel: {}", "Tel", ""),
        ("Tel. {}", "Tel", ""),
        ("mobil {} (efter kl 17)", "mobil efter kl 17", ""),
        ("{}x12", "", "12"),
        ("{} x 12", "", "12"),
        ("{} ext. 12", "", "12"),
        ("{};ext=12", "", "12"),
        ("{} ankn 12", "", "12"),
        ("{} ankn. 12", "", "12"),
        ("{} (anknytning 12)", "", "12"),
        ("{} lokal 123", "", "123"),
        ("{} alanumero 12", "", "12"),
        ("{} #12", "", "12"),
        ("{} x12, vxl", "vxl", "12"),
        ("växel {} ankn 4021", "växel", "4021"),
    ],
)
def test_words_are_set_aside_and_extensions_kept(
    country: str, national: str, e164: str, dress: str, aside: str, extension: str
) -> None:
    assert read_number(dress.format(national), country) == Number(e164, Kind.PUBLIC, aside, extension)


@pytest.mark.parametrize(("country", "national", "e164"), NUMBERS)
def test_what_is_shown_beside_a_number_is_read_again(country: str, national: str, e164: str) -> None:
    found = read_number(f"växel {national} ankn 12", country)
    assert isinstance(found, Number) and found.beside == "x12, växel"
    assert read_number(f"{e164} {found.beside}", country) == found


@pytest.mark.parametrize(("country", "national", "e164"), NUMBERS)
@pytest.mark.parametrize(
    ("dress", "why"),
    [
        ("{}fru", NotANumber.LETTERS),
        ("Tel{}", NotANumber.LETTERS),
        ("{} OO", NotANumber.LETTERS),
        ("{} ??", NotANumber.LETTERS),
        ("{}?", NotANumber.LETTERS),
        ("O{}", NotANumber.LETTERS),
        ("{}+46", NotANumber.LETTERS),
        ("{}*12", NotANumber.KEYS),
        ("{}#", NotANumber.KEYS),
        ("*21*{}#", NotANumber.KEYS),
        ("##21#{}", NotANumber.KEYS),
        ("{}-06", NotANumber.SERIES),
        ("{}/06", NotANumber.SERIES),
        ("{}--6", NotANumber.SERIES),
        ("{} / 06", NotANumber.SERIES),
        ("{}\x00", NotANumber.CONTROL),
        ("{}\x07", NotANumber.CONTROL),
    ],
)
def test_what_makes_digits_doubtful_is_refused(
    country: str, national: str, e164: str, dress: str, why: NotANumber
) -> None:
    assert read_number(dress.format(national), country) is why


@pytest.mark.parametrize(("country", "national", "e164"), NUMBERS)
@pytest.mark.parametrize(
    "between", ["; ", ";", ", ", " / ", "\n", "\r\n", " ::: ", " | ", " och ", " eller ", " and ", " og ", " tai "]
)
def test_several_in_a_cell_are_each_kept_and_one_alone_is_refused(
    country: str, national: str, e164: str, between: str
) -> None:
    text = f"{national}{between}+46 70 174 06 06"
    assert read_number(text, country) is NotANumber.SEVERAL
    assert read_numbers(text, country) == (Number(e164), Number("+46701740606"))


@pytest.mark.parametrize(("country", "national", "e164"), NUMBERS)
def test_two_with_nothing_between_them_are_refused(country: str, national: str, e164: str) -> None:
    assert read_numbers(f"{national} {e164}", country) in (NotANumber.SEVERAL, NotANumber.LETTERS)


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("112", "SE", "112"),
        ("1177", "SE", "1177"),
        ("114 14", "SE", "11414"),
        ("11414", "SE", "11414"),
        ("113 13", "SE", "11313"),
        ("116 111", "SE", "116111"),
        ("113", "NO", "113"),
        ("116117", "NO", "116117"),
        ("114", "DK", "114"),
        ("1813", "DK", "1813"),
        ("112", "FI", "112"),
        ("116 117", "FI", "116117"),
        ("112", "IS", "112"),
        ("1700", "IS", "1700"),
        ("tel:112", "SE", "112"),
    ],
)
def test_a_short_number_stays_as_it_is_dialled(text: str, country: str, number: str) -> None:
    assert read_number(text, country) == Number(number, Kind.SHORT)


@pytest.mark.parametrize("text", ["1001", "10 01", "465004", "4021", "201"])
def test_few_digits_are_an_extension_and_never_a_public_number(text: str) -> None:
    assert read_number(text, "SE") == Number(text.replace(" ", ""), Kind.INTERNAL)


@pytest.mark.parametrize(
    ("text", "country", "why"),
    [
        ("", "SE", NotANumber.EMPTY),
        ("  ", "SE", NotANumber.EMPTY),
        ("\u200b", "SE", NotANumber.EMPTY),
        ("-", "SE", NotANumber.EMPTY),
        ("fru", "SE", NotANumber.NO_DIGITS),
        ("anonymous", "SE", NotANumber.NO_DIGITS),
        ("sip:anna@pbx.example", "SE", NotANumber.NO_DIGITS),
        ("noll sju noll", "SE", NotANumber.NO_DIGITS),
        ("070-17406O5", "SE", NotANumber.LETTERS),
        ("O70-1740605", "SE", NotANumber.LETTERS),
        ("070-l740605", "SE", NotANumber.LETTERS),
        ("08-465 OO 42", "SE", NotANumber.LETTERS),
        ("040 123 45 OO", "FI", NotANumber.LETTERS),
        ("070-174 06 XX", "SE", NotANumber.LETTERS),
        ("070-174 06 0_", "SE", NotANumber.LETTERS),
        ("0800-TAXI", "SE", NotANumber.LETTERS),
        ("sip:0701740605fru@127.0.0.1", "SE", NotANumber.LETTERS),
        ("4.67E+10", "SE", NotANumber.ROUNDED),
        ("4,67E+10", "SE", NotANumber.ROUNDED),
        ("4.67017E+10", "SE", NotANumber.ROUNDED),
        ("7.01741E+08", "SE", NotANumber.ROUNDED),
        ("465 00 42", "SE", NotANumber.NO_AREA_CODE),
        ("4650042", "SE", NotANumber.NO_AREA_CODE),
        ("701740605", "SE", NotANumber.NO_AREA_CODE),
        ("701740605.0", "SE", NotANumber.NO_AREA_CODE),
        ("123 4567", "FI", NotANumber.NO_AREA_CODE),
        ("401234567", "FI", NotANumber.NO_AREA_CODE),
        ("+999 123 456", "SE", NotANumber.COUNTRY_CODE),
        ("+46 465 004", "SE", NotANumber.NOT_IN_PLAN),
        ("0846500", "SE", NotANumber.NOT_IN_PLAN),
        ("+47 20 20 12 34", "NO", NotANumber.NOT_IN_PLAN),
        ("07", "SE", NotANumber.TOO_SHORT),
        ("+46 70", "SE", NotANumber.TOO_SHORT),
        ("22 33 44 5", "NO", NotANumber.NOT_IN_PLAN),
        ("070-174 06 05 06 07 08", "SE", NotANumber.TOO_LONG),
        ("0" * 30, "SE", NotANumber.TOO_LONG),
        ("1" * 300, "SE", NotANumber.TOO_LONG),
        ("##21#", "SE", NotANumber.KEYS),
        ("070174*0605", "SE", NotANumber.KEYS),
    ],
)
def test_what_is_no_number_says_why(text: str, country: str, why: NotANumber) -> None:
    assert read_number(text, country) is why


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tel:4650042;phone-context=+468", Number("+4684650042")),
        ("tel:0701740605;phone-context=+46", Number("+46701740605")),
        ("tel:+46-8-465-00-42;ext=12", Number("+4684650042", extension="12")),
        ("sip:%2B4684650042@carrier.example", Number("+4684650042")),
        ("sip:4684650042;phone-context=carrier.example@carrier.example", Number("+4684650042")),
        ("sip:112@carrier.example", Number("112", Kind.SHORT)),
    ],
)
def test_an_address_says_where_its_number_is(text: str, found: Reading) -> None:
    assert read_number(text, "SE") == found


def test_a_hyphen_between_pairs_is_no_series() -> None:
    assert read_number("031-12 34-56", "SE") == Number("+4631123456")
    assert read_number("070-174-06-05", "SE") == Number("+46701740605")


class TestFromTheNetwork:
    def test_letters_are_no_digits(self) -> None:
        assert read_sent("0701740605fru", "SE") is NotANumber.LETTERS
        assert read_sent("0701740605 fru", "SE") is NotANumber.LETTERS

    def test_a_number_newer_than_our_plan_is_believed_in_international_form_alone(self) -> None:
        assert read_sent("+4720201234", "SE") == Number("+4720201234")
        assert read_sent("20201234", "NO") is NotANumber.NOT_IN_PLAN

    def test_an_extension_of_a_pbx_stays_one(self) -> None:
        assert read_sent("4021", "SE") == Number("4021", Kind.INTERNAL)


class TestToBeRung:
    def test_an_extension_behind_a_number_would_be_lost(self) -> None:
        assert read_diallable("08-465 00 42x12", "SE") is NotANumber.EXTENSION

    def test_words_do_no_harm(self) -> None:
        found = read_diallable("070-174 06 05 (fru)", "SE")
        assert isinstance(found, Number) and found.number == "+46701740605"


@given(
    text=st.text(max_size=60) | st.text("0123456789+ -()#*xO.,;:/eE", max_size=30),
    country=st.sampled_from([*COUNTRIES, "US", "IT", "DE"]),
)
def test_no_digit_is_invented_and_none_lost(text: str, country: str) -> None:
    found = read_number(text, country)
    if not isinstance(found, Number):
        assert found in NotANumber
        return
    assert found.number.removeprefix("+").isascii() and found.number.removeprefix("+").isdigit()
    if (
        found.kind is Kind.PUBLIC
        and "e" not in text.lower()
        and ":" not in text
        and ".0" not in text
        and "," not in text
    ):
        written = "".join(str(int(each)) for each in text if each.isdecimal())
        shown = "".join(each for each in found.beside if each.isdecimal())
        subscriber = found.number[1:]
        assert len(written) - len(shown) <= len(subscriber) + 3
        assert len(subscriber) <= len(written) - len(shown) + 3
    assert read_number(found.number, country) == Number(found.number, found.kind)
