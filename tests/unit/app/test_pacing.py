from svarhus.app.pacing import LONGEST, SETTLED, Pacing


def test_a_child_that_had_settled_is_started_again_at_once() -> None:
    pacing = Pacing()
    assert [pacing.pause(SETTLED), pacing.pause(3600)] == [0.0, 0.0]


def test_a_child_that_keeps_dying_is_started_with_growing_pauses() -> None:
    pacing = Pacing()
    pauses = [pacing.pause(0.1) for _ in range(12)]
    assert pauses[0] == 0.0
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST


def test_after_it_settled_the_pauses_begin_anew() -> None:
    pacing = Pacing()
    for _ in range(8):
        pacing.pause(0.1)
    pacing.pause(SETTLED)
    assert pacing.pause(0.1) == 0.0
