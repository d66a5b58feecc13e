"""What a call received: sound in its place, and holes in it."""

import numpy as np

from svarhus.phones import sound
from svarhus.phones.sound import Heard, Packet, encode

PCMA = 8
TONE = sound.tone(500)


def packet(number: int, arrival: float | None = None, marker: bool = False, ssrc: int = 1) -> Packet:
    """The packet of so many times 20 ms after the start, arriving in time unless told otherwise."""
    piece = TONE[number % 50 * sound.FRAME :][: sound.FRAME]
    at = 100.0 + number * 0.02 if arrival is None else arrival
    return Packet(at, number & 0xFFFF, number * sound.FRAME, ssrc, marker, PCMA, encode(piece, PCMA))


def heard(*packets: Packet) -> Heard:
    everything = Heard()
    for one in packets:
        everything.add(one)
    return everything


def test_sound_that_came_in_bursts_is_put_where_it_belongs() -> None:
    bunched = heard(*(packet(number, 100.0 + number // 5 * 0.1) for number in range(50)))

    assert sound.tone_share(bunched.samples((100.0, 101.0)), 500) > 0.99


def test_where_nothing_came_is_silence() -> None:
    samples = heard(*map(packet, range(25))).samples((100.0, 101.0))

    assert not np.any(samples[4000:])
    assert sound.level(samples[:4000]) > -14.0


def test_a_stream_without_holes_has_no_gaps() -> None:
    assert heard(*map(packet, range(50))).gaps() == []


def test_missing_numbers_are_lost_packets() -> None:
    (gap,) = heard(*(packet(number) for number in range(50) if number not in (20, 21, 22))).gaps()

    assert str(gap) == "lost 60 ms"


def test_packets_out_of_order_are_not_lost() -> None:
    packets = [packet(number) for number in range(50)]
    packets[20], packets[21] = packets[21]._replace(arrival=100.40), packets[20]._replace(arrival=100.42)

    assert heard(*packets).gaps() == []


def test_a_stalled_stream_is_late() -> None:
    late = heard(*(packet(number, 100.0 + number * 0.02 + (0.3 if number >= 20 else 0.0)) for number in range(50)))

    assert [gap.kind for gap in late.gaps()] == ["late"]


def test_a_sender_that_paused_is_not_late() -> None:
    before = [packet(number) for number in range(20)]
    after = [packet(30, marker=True)._replace(seq=20)]

    assert [gap.kind for gap in heard(*before, *after).gaps()] == ["pause"]


def test_no_packets_in_a_window_are_a_pause() -> None:
    everything = heard(*map(packet, range(25)))

    assert [gap.kind for gap in everything.gaps((100.0, 101.0))] == ["pause"]
    assert [gap.length for gap in everything.gaps((105.0, 106.0))] == [1.0]


def test_the_first_sound_is_timed() -> None:
    quiet = [packet(number)._replace(payload=encode(np.zeros(sound.FRAME, np.int16), PCMA)) for number in range(25)]
    first = heard(*quiet, *map(packet, range(25, 50))).first_audio_after(100.0)

    assert first is not None
    assert abs(first - 0.5) < 0.01
