import io

import pytest

from svarhus.app.steps import Steps, explain
from svarhus.kit.errors import Fault, Invalid


def test_a_log_gets_one_line_for_each_step() -> None:
    out = io.StringIO()
    with Steps(out).step("start it") as step:
        step.progress("half")
        step.result = "it runs"
    assert out.getvalue().startswith("  done  it runs ")
    assert out.getvalue().count("\n") == 1


def test_a_step_that_fails_says_so() -> None:
    out = io.StringIO()
    with pytest.raises(Invalid), Steps(out).step("start it"):
        raise Invalid("broken")
    assert out.getvalue() == "  fault start it\n"


def test_a_reader_that_has_gone_disturbs_nothing() -> None:
    class Gone(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    with Steps(Gone()).step("start it"):
        pass


def test_an_error_is_explained_with_places_and_remedy() -> None:
    out = io.StringIO()
    explain(
        Invalid("Two are wrong.", "Mend them.", [Fault("a.b", "too long", line=3), Fault("c", "odd", "Leave it out.")]),
        out,
    )
    assert out.getvalue() == (
        "svarhus: Two are wrong.\n  line 3, a.b: too long\n  c: odd. Leave it out.\n  What to do: Mend them.\n"
    )
