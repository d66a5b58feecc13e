"""What the doctor says of what it was answered."""

from datetime import timedelta
from pathlib import Path

from svarhus.app.doctor import calls_told, told_of_jobs
from svarhus.app.probes import Answer
from svarhus.kit.clock import SystemClock
from svarhus.kit.jobs.looking import Failed, Standing

LOG = Path("worker.log")


def test_an_asterisk_that_cannot_tell_its_calls_is_a_fault() -> None:
    told = calls_told(Answer(500, '{"message": "Allocation failed"}'))

    assert told.verdict == "fault"
    assert "500" in told.words
    assert calls_told(None).verdict == "fault"
    assert calls_told(Answer(200, "[]")).verdict == "ok"


def test_jobs_that_nobody_does_or_that_come_late_are_a_fault() -> None:
    alone, late = Standing(workers=0, waiting=3), Standing(workers=1, late=timedelta(minutes=2))

    assert [finding.verdict for finding in told_of_jobs(alone, (), LOG)] == ["fault"]
    assert [finding.verdict for finding in told_of_jobs(late, (), LOG)] == ["fault"]
    assert [finding.verdict for finding in told_of_jobs(Standing(workers=1), (), LOG)] == ["ok"]


def test_what_was_given_up_is_told_with_what_to_do_and_without_secrets() -> None:
    given_up = Failed(7, "outbox.send", SystemClock().now(), "https://anna:geheim@mail.example refused")

    found = told_of_jobs(Standing(workers=1, failed=3), (given_up,), LOG)

    assert [finding.verdict for finding in found] == ["ok", "fault", "fault"]
    assert "geheim" not in found[1].words
    assert "./svarhus jobs --again 7" in found[1].remedy
    assert "2 more" in found[2].words
