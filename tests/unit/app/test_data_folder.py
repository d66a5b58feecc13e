from pathlib import Path

import pytest

from svarhus.app.data_folder import held, is_held
from svarhus.app.errors import InUse


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
