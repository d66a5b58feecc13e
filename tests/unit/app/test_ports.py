"""A start that cannot listen says why, before anything else is done."""

import socket
from pathlib import Path

import pytest

from svarhus.app.cli import main


def up(data: Path, capsys: pytest.CaptureFixture[str], *flags: str) -> str:
    """What the command says when it gives up."""
    assert main(["up", "--data", str(data), *flags]) == 1
    assert not (data / "postgres").exists()
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("192.0.2.77", "Nothing can listen on 192.0.2.77"),
        ("2001:db8::1", "Nothing can listen on 2001:db8::1"),
        ("10.1", "Nothing can listen on 10.1"),
        ("no such name", "`no such name` is no address"),
        ("300.1.1.1", "`300.1.1.1` is no address"),
    ],
)
def test_an_address_that_is_not_ours_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], address: str, words: str
) -> None:
    told = up(tmp_path / "data", capsys, "--bind", address)
    assert words in told
    assert "What to do: Choose with --bind ADDR" in told


def test_a_port_that_another_holds_is_told_with_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        told = up(tmp_path / "data", capsys, "--http", str(port))
    assert f"Port {port} (TCP, 127.0.0.1) is taken by " in told
    assert "choose another port: --http PORT" in told


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    told = up(tmp_path / "file" / "data", capsys)
    assert "is a file" in told
    assert "What to do: Choose another with --data DIR" in told
