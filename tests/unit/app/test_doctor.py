"""What the doctor says of what it was answered."""

from svarhus.app.doctor import calls_told
from svarhus.app.probes import Answer


def test_an_asterisk_that_cannot_tell_its_calls_is_a_fault() -> None:
    told = calls_told(Answer(500, '{"message": "Allocation failed"}'))

    assert told.verdict == "fault"
    assert "500" in told.words
    assert calls_told(None).verdict == "fault"
    assert calls_told(Answer(200, "[]")).verdict == "ok"
