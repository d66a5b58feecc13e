"""Reading SIP header values."""

import pytest

from svarhus.phones.sip import display_of, split_server, tag_of, uri_of, user_of
from svarhus.phones.transactions import SipSocket

SERVER = ("127.0.0.1", 5060)


@pytest.mark.parametrize(
    ("value", "uri", "user", "display", "tag"),
    [
        ("<sip:+46701234567@127.0.0.1>;tag=a1", "sip:+46701234567@127.0.0.1", "+46701234567", "", "a1"),
        ('"Kari Åsen" <sip:1001@127.0.0.1:5060>', "sip:1001@127.0.0.1:5060", "1001", "Kari Åsen", ""),
        (r'"A \"B\" <c>" <sip:1001@host>;tag=x', "sip:1001@host", "1001", 'A "B" <c>', "x"),
        ('"a>;tag=no" <sip:1001@host>;tag=x', "sip:1001@host", "1001", "a>;tag=no", "x"),
        ("Kari <sip:1001@host;transport=tcp>;tag=y", "sip:1001@host;transport=tcp", "1001", "Kari", "y"),
        ("sip:1001@host;tag=z", "sip:1001@host", "1001", "", "z"),
        ("<sip:127.0.0.1;tag=inside>", "sip:127.0.0.1;tag=inside", "", "", ""),
        ("<tel:+4670>", "tel:+4670", "", "", ""),
    ],
)
def test_what_a_value_holds(value: str, uri: str, user: str, display: str, tag: str) -> None:
    assert (uri_of(value), user_of(value), display_of(value), tag_of(value)) == (uri, user, display, tag)


def test_no_value_holds_nothing() -> None:
    assert (user_of(None), display_of(None), user_of("nonsense")) == ("", "", "")


@pytest.mark.parametrize(
    ("server", "address"),
    [
        ("127.0.0.1:5080", ("127.0.0.1", 5080)),
        ("127.0.0.1", ("127.0.0.1", 5060)),
        ("sip:localhost:5070", ("127.0.0.1", 5070)),
    ],
)
def test_a_server_has_an_address(server: str, address: tuple[str, int]) -> None:
    assert split_server(server) == address


@pytest.mark.parametrize(
    ("uri", "where"),
    [
        ("<sip:1001@127.0.0.2:5070;lr>", ("127.0.0.2", 5070)),
        ("sip:1001@localhost", ("127.0.0.1", 5060)),
        ("sip:1001@192.0.2.7:5070", SERVER),
        ("sip:1001@example.org", SERVER),
        ("nonsense", SERVER),
    ],
)
def test_only_loopback_addresses_are_followed(uri: str, where: tuple[str, int]) -> None:
    socket = SipSocket("127.0.0.1", 0, lambda request, sender: None)

    assert socket.destination(uri, SERVER) == where
