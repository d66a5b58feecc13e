from pathlib import Path

from svarhus.app.logs import last_lines, rotate


def test_a_large_log_moves_on_while_its_writer_goes_on(tmp_path: Path) -> None:
    log = tmp_path / "app.log"
    with log.open("a") as writer:
        for number in range(4):
            writer.write(f"{number}" * 100)
            writer.flush()
            assert rotate(log, largest=50, kept=2)
        writer.write("now")
        writer.flush()
    assert log.read_text() == "now"
    assert (tmp_path / "app.log.1").read_text() == "3" * 100
    assert (tmp_path / "app.log.2").read_text() == "2" * 100
    assert not (tmp_path / "app.log.3").exists()


def test_a_small_log_stays(tmp_path: Path) -> None:
    log = tmp_path / "app.log"
    log.write_text("little")
    assert not rotate(log)
    assert not rotate(tmp_path / "none.log")


def test_the_end_of_a_log_is_shown(tmp_path: Path) -> None:
    log = tmp_path / "app.log"
    log.write_text("\n".join(f"line {number}" for number in range(2000)))
    assert last_lines(log, 2) == ["line 1998", "line 1999"]
    assert last_lines(tmp_path / "none.log") == []
