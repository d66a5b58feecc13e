"""The files with which Asterisk starts."""

import re
import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from svarhus.adapters.asterisk.configuration import EngineSettings, configuration_digest, write_configuration

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> EngineSettings:
    return EngineSettings(
        root=tmp_path / "root", folder=tmp_path / "asterisk", recordings=tmp_path / "kept", ari_password="secret"
    )


def test_files_with_secrets_are_for_the_owner_only(settings: EngineSettings) -> None:
    write_configuration(settings, NOW)

    for name in ("ari.conf", "certificate.pem", "pjsip.conf"):
        assert stat.S_IMODE((settings.etc / name).stat().st_mode) == 0o600


def test_ari_listens_on_loopback_whatever_the_bind_address(settings: EngineSettings) -> None:
    write_configuration(replace(settings, bind="0.0.0.0"), NOW)
    text = (settings.etc / "http.conf").read_text()

    assert "bindaddr=127.0.0.1\n" in text
    assert "password=secret" in (settings.etc / "ari.conf").read_text()


def test_writing_again_changes_nothing_and_keeps_the_certificate(settings: EngineSettings) -> None:
    write_configuration(settings, NOW)
    before = {file.name: file.read_bytes() for file in settings.etc.iterdir()}
    write_configuration(settings, NOW)

    assert {file.name: file.read_bytes() for file in settings.etc.iterdir()} == before


def test_recordings_appear_in_their_folder(settings: EngineSettings) -> None:
    write_configuration(settings, NOW)
    (settings.folder / "spool" / "recording" / "one.wav").write_bytes(b"sound")

    assert (settings.recordings / "one.wav").read_bytes() == b"sound"


def test_recordings_may_move_to_another_folder(settings: EngineSettings, tmp_path: Path) -> None:
    write_configuration(settings, NOW)
    write_configuration(replace(settings, recordings=tmp_path / "elsewhere"), NOW)

    assert (settings.folder / "spool" / "recording").resolve() == tmp_path / "elsewhere"


def test_behind_nat_the_outside_address_is_told(settings: EngineSettings) -> None:
    behind = replace(settings, external_address="203.0.113.9", local_networks=("10.0.0.0/8",))
    write_configuration(behind, NOW)
    text = (settings.etc / "pjsip.conf").read_text()

    assert text.count("external_media_address=203.0.113.9") == text.count("type=transport")
    assert "local_net=10.0.0.0/8" in text


def test_what_reaches_ari_is_open_to_this_machine_only(settings: EngineSettings) -> None:
    write_configuration(replace(settings, bind="0.0.0.0", https_port=8443), NOW)
    text = (settings.etc / "http.conf").read_text()

    assert re.findall(r"^(?:tls)?bindaddr=(.*)$", text, re.MULTILINE) == ["127.0.0.1", "127.0.0.1:8443"]


def test_tls_and_secure_web_sockets_can_be_left_out(settings: EngineSettings) -> None:
    write_configuration(replace(settings, sip_tls_port=None, https_port=None), NOW)

    assert "transport-tls" not in (settings.etc / "pjsip.conf").read_text()
    assert "tlsenable" not in (settings.etc / "http.conf").read_text()


def test_an_asterisk_that_runs_with_other_files_is_another_one(settings: EngineSettings) -> None:
    write_configuration(settings, NOW)
    before = configuration_digest(settings)
    write_configuration(settings, NOW)
    same = configuration_digest(settings)
    (settings.etc / "extensions.conf").write_text("; of another version")

    assert same == before
    assert configuration_digest(settings) != before


def test_phones_passwords_that_asterisk_keeps_are_for_the_owner_only(settings: EngineSettings) -> None:
    write_configuration(settings, NOW)

    assert stat.S_IMODE((settings.folder / "lib").stat().st_mode) == 0o700
