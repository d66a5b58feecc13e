"""When two pictures of a page look alike."""

import numpy as np
import pytest

from console.pictures import TOLERATED, Grey, difference, narrowed_size


def page(*, left: int = 40, lines: int = 12) -> Grey:
    """Lines of letters on white."""
    picture = np.full((150, 240), 255, np.uint8)
    for line in range(lines):
        picture[5 + 10 * line : 9 + 10 * line, left : left + 120 : 2] = 60
    return picture


def test_letters_that_stand_a_pixel_aside_do_not_count() -> None:
    assert difference(page(), page(left=41)).share == 0.0


@pytest.mark.parametrize("other", [page(lines=10), page(lines=14), page(left=60)], ids=["less", "more", "elsewhere"])
def test_lines_that_are_gone_new_or_elsewhere_count(other: Grey) -> None:
    assert difference(page(), other).share > TOLERATED
    assert difference(other, page()).share == difference(page(), other).share


def test_a_window_is_narrowed_to_the_width_that_is_asked_for() -> None:
    assert narrowed_size(1440, 900, 240) == (240, 150)
    assert narrowed_size(390, 844, 195) == (195, 422)
    assert narrowed_size(200, 100, 240) == (200, 100)
