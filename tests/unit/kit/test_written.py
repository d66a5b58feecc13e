"""Names in forms are tidied, and refused with the name of a character."""

import pytest
from pydantic import TypeAdapter, ValidationError

from svarhus.kit.written import Line


def test_a_name_is_on_one_line_and_shows_what_it_holds() -> None:
    assert TypeAdapter(Line).validate_python("An\u200bna") == "Anna"
    with pytest.raises(ValidationError, match="U\\+000A"):
        TypeAdapter(Line).validate_python("One\nTwo")
    with pytest.raises(ValidationError, match="RIGHT-TO-LEFT OVERRIDE"):
        TypeAdapter(Line).validate_python("One\u202eTwo")
