import re

from svarhus.engines.debian import NOT_NEEDED, mirror

DEB822 = """Types: deb
# a comment
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
"""
ONE_LINE = """# deb http://old.example/debian bookworm main
deb [arch=amd64 signed-by=/usr/share/keyrings/k.gpg] https://apt.example/tools stable main
deb-src http://mirror.example/debian bookworm main
deb http://mirror.example/debian/ bookworm main contrib
"""


def test_the_archive_is_found_in_the_newer_format() -> None:
    assert mirror([DEB822], "debian") == "http://mirror.example/debian"


def test_the_archive_is_found_in_lines() -> None:
    assert mirror([ONE_LINE], "debian") == "http://mirror.example/debian/"


def test_third_parties_and_security_updates_are_no_archive() -> None:
    assert (
        mirror(["deb https://apt.example/tools stable main", "URIs: http://m.example/debian-security"], "debian")
        is None
    )
    assert mirror([DEB822], "ubuntu") is None


def test_ubuntu_for_other_processors() -> None:
    assert mirror(["URIs: http://ports.example/ubuntu-ports/"], "ubuntu") == "http://ports.example/ubuntu-ports/"


def test_whole_names_are_left_out() -> None:
    assert re.fullmatch(NOT_NEEDED, "libperl5.42")
    assert not re.fullmatch(NOT_NEEDED, "perl-openssl-defaults")
