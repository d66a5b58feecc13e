"""How often somebody may offend on the browsers' line."""

from svarhus.adapters.asterisk.browser_line import CLOSED, TOLERATED, WINDOW, LineOffences

AGENT, STRANGER = ("192.0.2.7", "1001-browser"), ("192.0.2.7", "guest-1")


def test_the_line_is_closed_after_a_few_offences_and_for_nobody_else() -> None:
    offences = LineOffences()
    closed = [offences.note(STRANGER, float(moment)) for moment in range(TOLERATED + 1)]

    assert closed == [False] * TOLERATED + [True]
    assert offences.is_closed(STRANGER, TOLERATED + 1.0)
    assert not offences.is_closed(AGENT, TOLERATED + 1.0)
    assert not offences.note(AGENT, TOLERATED + 1.0)


def test_it_opens_again_and_old_offences_are_forgotten() -> None:
    offences = LineOffences()
    for moment in range(TOLERATED + 1):
        offences.note(STRANGER, float(moment))

    assert not offences.is_closed(STRANGER, TOLERATED + CLOSED)
    assert offences.note(STRANGER, TOLERATED + CLOSED)
    assert not offences.note(STRANGER, 2 * WINDOW + CLOSED)
