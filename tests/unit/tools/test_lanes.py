"""Each test file is in one lane."""

from lanes import LANES, all_files, shared_out, unit

from svarhus.app.commands.checkout import CHECKOUT


def test_every_file_is_in_one_lane_and_what_stays_together_is() -> None:
    files = all_files(CHECKOUT)
    shared = shared_out(files)
    assert sorted(file for lane in shared.values() for file in lane) == files
    assert all(shared[lane.name] for lane in LANES)
    for lane in shared.values():
        units = [unit(file) for file in lane]
        begun = [name for place, name in enumerate(units) if place == 0 or units[place - 1] != name]
        assert len(begun) == len(set(begun)), "a folder that stays together is taken at once"


def test_what_a_lane_begins_with_is_there() -> None:
    files = all_files(CHECKOUT)
    for lane in LANES:
        for beginning in (*lane.first, *lane.takes):
            assert any(file.startswith(beginning) for file in files), beginning
