from pathlib import Path

import pytest

from svarhus.app.settings import (
    InvalidSettings,
    choose_ports,
    keep_in_force,
    load_secrets,
    load_settings,
    settings_in_force,
)


def test_a_flag_goes_before_a_variable_before_the_file_before_the_default(tmp_path: Path) -> None:
    (tmp_path / "svarhus.toml").write_text('http = 1001\nsip = 1002\nbind = "127.0.0.2"\n')
    settings = load_settings(
        tmp_path, flags={"http": 3001}, environment={"SVARHUS_HTTP": "2001", "SVARHUS_SIP": "2002", "HOME": "/home/a"}
    )
    assert (settings.http, settings.sip, settings.bind, settings.rtp_first) == (3001, 2002, "127.0.0.2", 10000)
    assert settings.cache == Path("/home/a/.cache/svarhus")


def test_every_fault_is_named(tmp_path: Path) -> None:
    (tmp_path / "svarhus.toml").write_text('htp = 1\nlog_level = "loud"\nsip = "many"\nrtp_first = true\n')
    with pytest.raises(InvalidSettings) as raised:
        load_settings(tmp_path, environment={"SVARHUS_ARI": "70000"})
    places = {fault.path.rpartition(" ")[2] for fault in raised.value.faults}
    assert places == {"htp", "log_level", "sip", "rtp_first", "ari"}


def test_a_file_that_is_not_toml_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "svarhus.toml").write_text("http: 8080\n")
    with pytest.raises(InvalidSettings):
        load_settings(tmp_path, environment={})


def test_ports_that_nobody_named_are_chosen_once(tmp_path: Path) -> None:
    first = choose_ports(load_settings(tmp_path, flags={"http": 18080, "sip": 15060}, environment={}))
    again = choose_ports(load_settings(tmp_path, flags={"http": 28080, "sip": 25060}, environment={}))
    names = ("sip_tls", "https", "ari", "postgres")
    chosen = [getattr(first, name) for name in names]
    assert all(chosen)
    assert len(set(chosen)) == 4
    assert [getattr(again, name) for name in names] == chosen


def test_a_named_port_is_not_chosen(tmp_path: Path) -> None:
    settings = choose_ports(load_settings(tmp_path, environment={"SVARHUS_ARI": "8088"}))
    assert settings.ari == 8088
    assert "ari" not in (tmp_path / "ports.toml").read_text()


def test_commands_beside_a_start_see_its_settings(tmp_path: Path) -> None:
    started = choose_ports(load_settings(tmp_path, flags={"http": 18081, "sip": 15061}, environment={"HOME": "/h"}))
    keep_in_force(started)
    assert settings_in_force(tmp_path) == started


def test_secrets_are_made_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    first = load_secrets(tmp_path)
    assert load_secrets(tmp_path) == first
    assert len({first.ari_password, first.database_password, first.sealing_key, first.push_key}) == 4
    assert (tmp_path / "secrets.toml").stat().st_mode & 0o777 == 0o600
