"""The types of texts that people write: the one rule for forms, and for whatever else is shown to somebody."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from svarhus.kit.text import tidy, unfit
from svarhus.kit.unfit import Unfit


def _tidy(value: object) -> object:
    if not isinstance(value, str):
        return value
    return tidy(value.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _line(text: str) -> str:
    if found := unfit(text):
        raise Unfit(f"the text holds {found}", "control-character")
    return text


def _lines(text: str) -> str:
    if found := unfit(text, "\n\t"):
        raise Unfit(f"the text holds {found}", "invisible-character", found)
    return text


Line = Annotated[str, BeforeValidator(_tidy), AfterValidator(_line)]
"""A name on one line: tidied, without blanks around it, and refused with the name of a character that must not be."""

Lines = Annotated[str, BeforeValidator(_tidy), AfterValidator(_lines)]
"""A text of several lines, with tabs: all that is written and read in any script, emoji that are put together too;
tidied and refused as a `Line`."""
