"""What the server refuses, the console can say in the reader's language."""

import ast
import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import svarhus.domains
from svarhus.domains.organisation.errors import FaultyFile
from svarhus.domains.organisation.shape import reason_of
from svarhus.domains.organisation.validation import check_file
from svarhus.kit.errors import SvarhusError
from unit.organisation.small_file import SMALL
from unit.organisation.test_faults import CASES, Case

CHECKOUT = Path(__file__).parents[3]
SOURCES = CHECKOUT / "src/svarhus"
LANGUAGES = ("sv", "en", "nb", "da", "fi")
TEXTS = {
    language: json.loads((CHECKOUT / f"console/src/locale/{language}/problems.json").read_text())
    for language in LANGUAGES
}
NOT_TOLD_BY_THE_API = {
    "api-answered",
    "console-not-built",
    "data-folder-in-use",
    "engine-error",
    "engine-not-installed",
    "engine-not-started",
    "installation-in-use",
    "invalid-settings",
    "no-data-folder",
    "not-coming-up",
    "not-our-address",
    "port-not-allowed",
    "port-taken",
}
"""At the command line, in English."""


def problems(of: type[SvarhusError] = SvarhusError) -> Iterator[str]:
    yield of.id
    for each in of.__subclasses__():
        yield from problems(each)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_has_a_title_in_every_language(language: str) -> None:
    for module in walk_packages(svarhus.domains.__path__, "svarhus.domains."):
        if module.name.endswith("errors"):
            import_module(module.name)
    import_module("svarhus.app.api")
    missing = {id for id in problems() if not TEXTS[language].get(id, {}).get("title")} - NOT_TOLD_BY_THE_API
    assert not missing


def written_reasons() -> set[str]:
    """All ids that stand in the sources as `reason="..."`, or as the second word of an `Unfit`."""
    found = set()
    for file in SOURCES.rglob("*.py"):
        for call in (node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)):
            name = getattr(call.func, "id", "")
            told = name in ("Fault", "Finding", "Warned")
            given = [word.value for word in call.keywords if word.arg == "reason" and told]
            given += call.args[1:2] if name == "Unfit" else []
            found |= {str(value.value) for value in given if isinstance(value, ast.Constant)}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words_in_every_language(language: str) -> None:
    reasons = written_reasons()
    assert len(reasons) > 60
    assert not reasons - TEXTS[language]["reason"].keys()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_fault_of_an_organisation_can_be_said_with_its_values(case: Case) -> None:
    with pytest.raises(FaultyFile) as told:
        check_file(SMALL.replace(case.piece, case.by, 1).encode())
    for fault in told.value.faults:
        for language in LANGUAGES:
            text = TEXTS[language]["reason"][fault.reason]
            for number in range(9):
                assert f"{{{{{number}}}}}" not in text or number < len(fault.values), (text, fault)


KINDS: tuple[tuple[str, dict[str, object]], ...] = (
    ("missing", {}),
    ("extra_forbidden", {}),
    ("string_pattern_mismatch", {"pattern": "^x$"}),
    ("literal_error", {"expected": "'a'"}),
    ("value_error", {"error": ValueError("no")}),
    ("greater_than_equal", {"ge": 1}),
    ("greater_than", {"gt": 1}),
    ("less_than_equal", {"le": 1}),
    ("less_than", {"lt": 1}),
    ("string_too_short", {"min_length": 1}),
    ("string_too_short", {"min_length": 3}),
    ("string_too_long", {"max_length": 3}),
    ("too_short", {"min_length": 2}),
    ("too_long", {"max_length": 2}),
    ("int_parsing", {}),
    ("int_from_float", {}),
    ("int_parsing_size", {}),
    ("bool_parsing", {}),
    ("string_type", {}),
    ("string_unicode", {}),
    ("list_type", {}),
    ("tuple_type", {}),
    ("dict_type", {}),
    ("model_type", {}),
    ("model_attributes_type", {}),
    ("datetime_from_date_parsing", {}),
    ("timezone_aware", {}),
    ("date_from_datetime_parsing", {}),
    ("float_parsing", {}),
    ("json_invalid", {}),
    ("a_kind_of_tomorrow", {}),
)


@pytest.mark.parametrize(("kind", "limits"), KINDS)
def test_whatever_a_model_refuses_has_words_with_its_limit(kind: str, limits: dict[str, object]) -> None:
    reason, values = reason_of(kind, limits)
    for language in LANGUAGES:
        assert ("{{0}}" in TEXTS[language]["reason"][reason]) == bool(values)
