"""What browsers may say over our WebSocket, and what of it is changed."""

import pytest

from svarhus.adapters.asterisk.browser_line import speaks_for, with_address


def mine(user: str) -> bool:
    return user == "1001" or user.startswith("1001-")


def message(method: str = "REGISTER", sender: str = "<sip:1001@svarhus>", **headers: str) -> str:
    given = {
        "Via": "SIP/2.0/WS x.invalid;branch=z9hG4bK1",
        "From": f"{sender};tag=a",
        "To": sender,
        "Call-ID": "c",
        "CSeq": f"1 {method}",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    lines = [f"{method} sip:svarhus SIP/2.0", *(f"{name}: {value}" for name, value in given.items())]
    return "\r\n".join(lines) + "\r\n\r\n"


@pytest.mark.parametrize(
    "said",
    [
        message(),
        message(sender="<sip:1001-browser@svarhus>"),
        message(sender='"Anna sip:1002@x" <sip:1001@svarhus>'),
        message("INVITE", To="<sip:+46701740605@svarhus>"),
        message("BYE", sender="<sip:whoever@x.invalid;transport=ws>", To="<sip:x@y>;tag=b"),
        message(Authorization='Digest username="1001", realm="svarhus"'),
        "SIP/2.0 200 OK\r\nFrom: <sip:1002@svarhus>\r\n\r\n",
        "\r\n\r\n",
    ],
)
def test_what_is_said_in_ones_own_name_is_passed_on(said: str) -> None:
    assert speaks_for(said, mine)


@pytest.mark.parametrize(
    "said",
    [
        message(sender="<sip:1002@svarhus>"),
        message(sender="<sip:1001@svarhus>", To="<sip:1002@svarhus>"),
        message(sender='"sip:1001@svarhus" <sip:1002@svarhus>'),
        message(sender="sip:1002@svarhus"),
        message(sender="<sip:%31001@svarhus>"),
        message("INVITE", sender="<sip:+46701740605@svarhus>"),
        message("INVITE", sender="<sip:anonymous@anonymous.invalid>"),
        message("REGISTER", sender="<sip:1002@svarhus>", To="<sip:1002@svarhus>;tag=b"),
        message(Authorization='Digest username="1002", realm="svarhus"'),
        message(Authorization='Digest username="1001", username="1002"'),
        message(Authorization="Digest username*=UTF-8''1002"),
        message("SUBSCRIBE"),
        message("MESSAGE"),
        message(f="<sip:1002@svarhus>;tag=c"),
        message(Subject="x\r\n folded"),
        "hello",
    ],
)
def test_what_is_said_in_anothers_name_or_is_no_phones_talk_is_not(said: str) -> None:
    assert not speaks_for(said, mine)


def test_a_hidden_address_is_replaced_by_the_one_that_we_see() -> None:
    hidden = "8f7b0c1e-28df-4b03-8035-8552e9e9f911.local"
    body = f"v=0\r\na=candidate:1 1 udp 2113937151 {hidden} 41075 typ host\r\n"
    said = message("INVITE", Content_Length=str(len(body))) + body
    head, _, shown = with_address(said, "192.0.2.7").partition("\r\n\r\n")
    assert shown == body.replace(hidden, "192.0.2.7")
    assert f"Content-Length: {len(shown)}" in head
    assert with_address(message(), "192.0.2.7") == message()
