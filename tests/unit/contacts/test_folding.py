"""How text is compared when somebody searches."""

import pytest

from svarhus.domains.contacts.folding import folded, number_forms, sort_key, spellings, terms


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Åsa Öberg", "asa oberg"),
        ("ÅSA  ÖBERG", "asa oberg"),
        ("A\u030asa O\u0308berg", "asa oberg"),
        ("Søren Kjærgård", "soren kjargard"),
        ("Ann-Marie d'Azur", "ann marie d azur"),
        ("anna@clinic.example", "anna@clinic.example"),
    ],
)
def test_case_accents_and_punctuation_do_not_matter(text: str, plain: str) -> None:
    assert folded(text) == plain


@pytest.mark.parametrize("typed", ["Sørensen", "sörensen", "SORENSEN", "Soerensen"])
def test_a_name_is_found_in_every_spelling(typed: str) -> None:
    assert all(term in spellings("Sørensen") for term in terms(typed))


@pytest.mark.parametrize("typed", ["070-174 06 05", "0701740605", "+46 70 174", "0046701740", "174 06", "1740"])
def test_a_number_is_found_by_any_run_of_its_digits(typed: str) -> None:
    [term] = terms(typed)
    assert term in number_forms("+46701740605", "SE")


def test_words_are_found_each_by_itself() -> None:
    assert terms("lund 070-17") == ("lund", "07017")


def test_what_says_nothing_finds_nothing() -> None:
    assert terms("  -- ") == ()


def test_names_come_in_the_order_of_a_nordic_list() -> None:
    names = ["Örn", "Zetterberg", "Åberg", "Ärlig", "Adam", "Ødegård", "Ek"]
    assert sorted(names, key=sort_key) == ["Adam", "Ek", "Zetterberg", "Åberg", "Ärlig", "Ødegård", "Örn"]
