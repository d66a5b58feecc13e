from pathlib import Path

import pytest

from svarhus.app.data_folder import FOLDERS, held, is_held
from svarhus.app.errors import InUse, NoDataFolder


def test_one_at_a_time_has_a_data_folder(tmp_path: Path) -> None:
    data = tmp_path / "new"
    assert not is_held(data)
    with held(data):
        assert is_held(data)
        assert data.stat().st_mode & 0o777 == 0o700
        with pytest.raises(InUse, match="in use by process"), held(data):
            pass
    assert not is_held(data)
    with held(data):
        pass


def test_a_folder_that_was_there_is_closed_to_others(tmp_path: Path) -> None:
    data = tmp_path / "old"
    for folder in (data, *(data / name for name in FOLDERS)):
        folder.mkdir()
        folder.chmod(0o755)
    with held(data):
        assert {folder.stat().st_mode & 0o777 for folder in (data, *data.iterdir())} == {0o700}


def test_a_folder_that_is_for_others_as_well_stays_open_and_ours_in_it_are_closed(tmp_path: Path) -> None:
    data = tmp_path / "shared"
    data.mkdir()
    (data / "letters").mkdir()
    for folder in (data, data / "letters"):
        folder.chmod(0o755)
    with held(data):
        assert data.stat().st_mode & 0o777 == 0o755
        assert (data / "letters").stat().st_mode & 0o777 == 0o755
        assert {(data / name).stat().st_mode & 0o777 for name in FOLDERS} == {0o700}


@pytest.mark.parametrize("place", ["a-file", "a-file/below"])
def test_a_folder_that_cannot_be_made_is_told_with_its_reason(tmp_path: Path, place: str) -> None:
    (tmp_path / "a-file").write_text("a letter")
    with pytest.raises(NoDataFolder, match=r"a-file.* is a file") as told, held(tmp_path / place):
        pass
    assert "--data DIR" in told.value.remedy


def test_a_folder_where_nothing_can_be_made_is_told_with_its_reason() -> None:
    with pytest.raises(NoDataFolder, match="cannot be used: /proc/svarhus"), held(Path("/proc/svarhus")):
        pass
