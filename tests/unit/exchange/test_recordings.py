"""A message that was being recorded when the engine died is a message."""

import wave
from pathlib import Path

import pytest

from svarhus.domains.calls.model import Outcome
from svarhus.exchange.running.recordings import HEADER, on_disk
from unit.exchange.house import MAIN, House, Party

SPOKEN = bytes(range(256)) * 500
"""8 seconds: 128,000 bytes of 8 kHz, 16 bit."""


def recording(house: House) -> Party:
    """A caller who speaks after the tone."""
    caller = house.caller_rings(MAIN)
    house.waits(1)
    caller.presses("3")
    house.waits(4)
    assert any(each.runs for each in caller.call.recordings)
    return caller


class TestTakenUp:
    @pytest.mark.feature("Q-22")
    def test_what_is_on_the_disk_when_the_engine_is_back(self) -> None:
        house = House()
        caller = recording(house)
        house.is_left_on_the_disk(caller.call.id, 12.3)
        house.engine_dies_and_comes_back()
        assert [message.seconds for message in house.voicemails] == [12.3]
        assert caller.record.outcome is Outcome.VOICEMAIL
        house.everything_is_over()
        house.journal_tells_all()

    @pytest.mark.feature("Q-22")
    def test_what_is_seen_there_a_little_later(self) -> None:
        """The call is not closed before it was looked for."""
        house = House()
        caller = recording(house)
        call = caller.call.id
        house.engine_dies_and_comes_back()
        assert call in house.core.state.calls
        house.is_left_on_the_disk(call, 3.0)
        house.waits(6)
        assert [message.seconds for message in house.voicemails] == [3.0]
        house.everything_is_over()

    def test_nothing_is_there(self) -> None:
        house = House()
        caller = recording(house)
        house.engine_dies_and_comes_back()
        house.waits(6)
        assert not house.voicemails and caller.record.outcome is not Outcome.VOICEMAIL
        house.everything_is_over()

    def test_the_application_dies_as_it_looks(self) -> None:
        house = House()
        caller = recording(house)
        call = caller.call.id
        house.engine_dies_and_comes_back()
        house.application_dies()
        house.application_starts()
        house.is_left_on_the_disk(call, 3.0)
        house.waits(11)
        assert [message.seconds for message in house.voicemails] == [3.0]
        house.everything_is_over()


class TestOnDisk:
    @pytest.mark.parametrize(
        "header",
        [
            bytes(HEADER.size),
            HEADER.pack(b"RIFF", 0, b"WAVE", b"fmt ", 16, 1, 1, 8000, 16000, 2, 16, b"data", 0),
            HEADER.pack(b"RIFF", 36, b"WAVE", b"fmt ", 16, 1, 1, 8000, 16000, 2, 16, b"data", 1_000_000),
        ],
        ids=["none", "without lengths", "of more than there is"],
    )
    @pytest.mark.parametrize("torn", [b"", b"x"], ids=["", "torn"])
    def test_a_header_that_was_not_finished_is_put_right(self, tmp_path: Path, header: bytes, torn: bytes) -> None:
        file = tmp_path / "one.wav"
        file.write_bytes(header + SPOKEN + torn)
        assert on_disk(tmp_path, "one") == (8.0, str(file))
        with wave.open(str(file)) as sound:
            assert (sound.getframerate(), sound.getnframes()) == (8000, 64_000)
            assert sound.readframes(64_000) == SPOKEN

    def test_a_whole_one_is_left_as_it_is(self, tmp_path: Path) -> None:
        file = tmp_path / "one.wav"
        with wave.open(str(file), "wb") as sound:
            sound.setparams((2, 2, 16_000, 0, "NONE", ""))
            sound.writeframes(SPOKEN)
        before = file.read_bytes()
        assert on_disk(tmp_path, "one") == (2.0, str(file))
        assert file.read_bytes() == before

    def test_nothing_of_it(self, tmp_path: Path) -> None:
        (tmp_path / "empty.wav").write_bytes(b"")
        (tmp_path / "header.wav").write_bytes(bytes(HEADER.size))
        assert [on_disk(tmp_path, name) for name in ("empty", "header", "none")] == [(0.0, None)] * 3
