"""The type of names that people write into forms."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from svarhus.kit.text import tidy, unfit


def _tidy(value: object) -> object:
    return tidy(value) if isinstance(value, str) else value


def _line(text: str) -> str:
    if found := unfit(text):
        raise ValueError(f"the text holds {found}")
    return text


Line = Annotated[str, BeforeValidator(_tidy), AfterValidator(_line)]
"""A name on one line: tidied, and refused with the name of a character that must not be."""
