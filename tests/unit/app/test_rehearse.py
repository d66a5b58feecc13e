"""What a caller would meet is told before anybody calls."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import svarhus.demo
from svarhus.app.cli import main
from svarhus.app.commands.rehearse import rehearsed
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.validation import check_file
from svarhus.kit.clock import Instant
from svarhus.kit.errors import Invalid, NotFound

MAIN = "+46846500400"
MONDAY = Instant(datetime(2026, 11, 30, 8, 15, tzinfo=UTC))


def demo() -> Configuration:
    return check_file(Path(svarhus.demo.__path__[0], "care-centre.yaml").read_bytes()).configuration


def rehearse(number: str = MAIN, keys: str = "", free: list[str] | None = None) -> list[str]:
    told = rehearsed(demo(), number, caller="+46701740699", at=MONDAY, keys=keys, free=free, seconds=60)
    return [line.split("  ", 1)[1] for line in told]


def test_each_key_is_pressed_when_its_question_was_heard() -> None:
    told = rehearse(keys="21")
    assert told[0] == "+46701740699 calls +46846500400"
    assert "hears »Välkommen till Vårdcentralen Svarhus.«" in told
    assert told.index("presses 2") < told.index("presses 1")
    assert "a callback to +46701740699 is promised for 2026-11-30 09:20" in told
    assert told[-1] == "the call is over: callback booked"


def test_who_is_free_is_rung() -> None:
    told = rehearse(keys="1", free=["astrid"])
    assert "waits in Mottagningen, place 1" in told
    assert "the phone of Astrid Holm rings" in told
    assert told[-1] == "the call is over: abandoned"


@pytest.mark.parametrize(("number", "free"), [("+46846599999", []), (MAIN, ["nobody"])])
def test_what_there_is_not_is_said(number: str, free: list[str]) -> None:
    with pytest.raises(NotFound):
        rehearse(number, free=free)


def test_numbers_are_read_as_everywhere() -> None:
    told = list(rehearsed(demo(), "08-465 004 00", caller="070-174 06 99", at=MONDAY, seconds=1))
    assert told[0].endswith("+46701740699 calls +46846500400")


@pytest.mark.parametrize("wrong", [{"caller": "فاطمة"}, {"keys": "1;2"}, {"seconds": -1}, {"seconds": 10**9}])
def test_what_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    wanted: dict[str, Any] = {"caller": "", "at": MONDAY, **wrong}
    with pytest.raises(Invalid):
        list(rehearsed(demo(), MAIN, **wanted))


@pytest.mark.parametrize("time", ["yesterday", "0001-01-01T00:00", "9999-12-31T23:59"])
def test_a_time_without_telephones_is_refused(time: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = Path(svarhus.demo.__path__[0], "care-centre.yaml")
    assert main(["rehearse", str(file), MAIN, "--at", time]) == 1
    assert "no time for a call" in capsys.readouterr().err
