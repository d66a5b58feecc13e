"""What browsers may say over our WebSocket, and how it is written anew."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svarhus.adapters.asterisk.browser_sip import Message, Speaker, is_sign_of_life, read

ANNA = Speaker("1001-browser")
GUEST = Speaker("guest-7f", frozenset({"+46846500400"}))
MINE, HOST = "<sip:1001-browser@svarhus>", "q7xk2m.invalid"
INSTANCE = "00000000-1111-4111-8111-aaaaaaaaaaaa"
DIGEST = (
    'Digest algorithm=MD5, username="1001-browser", realm="svarhus", nonce="179/ab=", uri="sip:svarhus", '
    'response="0a1b", opaque="5c", qop=auth, cnonce="x1", nc=00000001'
)


def message(method: str = "REGISTER", sender: str = MINE, *, target: str = "", body: str = "", **headers: str) -> str:
    given = {
        "Via": f"SIP/2.0/WSS {HOST};branch=z9hG4bK1",
        "Max-Forwards": "69",
        "From": f"{sender};tag=a",
        "To": sender if method == "REGISTER" else f"<sip:{target}@svarhus>",
        "Call-ID": "c1d2",
        "CSeq": f"1 {method}",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    at = f"{target}@" if target else ""
    lines = [f"{method} sip:{at}svarhus SIP/2.0", *(f"{name}: {value}" for name, value in given.items())]
    return "\r\n".join(lines) + "\r\n\r\n" + body


def invite(target: str = "+46701740605", sender: str = MINE, **headers: str) -> str:
    return message("INVITE", sender, target=target, **headers)


def answer(**headers: str) -> str:
    given = {
        "Via": "SIP/2.0/WS 127.0.0.1:8088;rport;branch=z9hG4bKPj1;alias",
        "From": '"Åsa, \\"B\\" <x>" <sip:+46701740605@127.0.0.1>;tag=b',
        "To": f"<sip:1001-browser@{HOST};transport=ws>;tag=c",
        "Call-ID": "0f6c7a2e-1",
        "CSeq": "7 INVITE",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    return "\r\n".join(["SIP/2.0 200 OK", *(f"{name}: {value}" for name, value in given.items())]) + "\r\n\r\n"


def may(speaker: Speaker, said: str) -> bool:
    found = read(said)
    return found is not None and found.is_of(speaker)


@pytest.mark.parametrize(
    "said",
    [
        message(),
        message(Contact=f"<sip:1001-browser@{HOST};transport=ws>;+sip.ice;reg-id=1;expires=600"),
        message(Contact=f'<sip:k3v9x0q2@{HOST};transport=ws;ob>;+sip.instance="<urn:uuid:{INSTANCE}>"'),
        message(Contact="*", Expires="0"),
        message(sender='"Anna sip:1002@x" <sip:1001-browser@svarhus>'),
        message(Authorization=DIGEST),
        invite(),
        invite("*61", Proxy_Authorization=DIGEST),
        message("BYE", target="asterisk", sender="<sip:k3v9x0q2@q7xk2m.invalid;transport=ws>", To="<sip:x@y>;tag=b"),
        message(
            "INFO", To="<sip:x@y>;tag=b", Content_Type="application/dtmf-relay", body="Signal=1\r\nDuration=100\r\n"
        ),
        answer(),
        answer(Contact=f"<sip:1001-browser@{HOST};transport=ws>"),
    ],
)
def test_what_is_said_in_ones_own_name_is_passed_on(said: str) -> None:
    assert may(ANNA, said)


@pytest.mark.parametrize(
    "said",
    [
        message(sender="<sip:1002-browser@svarhus>"),
        message(sender="<sip:1001@svarhus>"),
        message(To="<sip:1002@svarhus>"),
        message(sender='"sip:1001-browser@svarhus" <sip:1002@svarhus>'),
        message(sender="sip:1001-browser@svarhus"),
        message(sender="<sip:%31001-browser@svarhus>"),
        message(sender="<sips:1001-browser@svarhus>"),
        message(To="<sip:1002@svarhus>;tag=b", sender="<sip:1002@svarhus>"),
        message(target="1002"),
        message(Contact="<sip:1001-browser@192.0.2.1:5060>"),
        message(Contact=f"<sip:1002@{HOST};transport=ws>"),
        message(Contact=f"<sip:1001-browser@{HOST};transport=udp>"),
        message(Contact=f"<sip:1001-browser@{HOST};transport=ws>, <sip:1002@{HOST}>"),
        message(Authorization=DIGEST.replace("1001-browser", "1002")),
        message(Authorization=DIGEST + ', username="1002"'),
        message(Authorization='Digest username="1001-browser\\"", realm="svarhus"'),
        message(Authorization="Digest username*=UTF-8''1002"),
        message(Authorization='Basic username="1001-browser"'),
        message(authorization=DIGEST, Authorization=DIGEST),
        invite(sender="<sip:anonymous@anonymous.invalid>"),
        invite(To="<sip:1002@svarhus>"),
        message("SUBSCRIBE"),
        message("MESSAGE"),
        message("REFER", To="<sip:x@y>;tag=b"),
        message("INVITE", CSeq="1 REGISTER", target="1"),
        message(f="<sip:1002@svarhus>;tag=c"),
        message(Subject="x\r\n folded"),
        message(Subject="x\nFrom: <sip:1002@svarhus>"),
        message(Subject="x\x00"),
        message(Via="SIP/2.0/WSS a.invalid;branch=z, SIP/2.0/UDP b"),
        message(Call_ID="a b"),
        message(body="v=0\r\n"),
        message(body="x", Content_Type="text/html"),
        message().replace("\r\n\r\n", "\r\n"),
        message().replace("sip:svarhus", "tel:112"),
        message(**{f"X-{count}": "y" for count in range(80)}),
        "hello",
        "",
    ],
)
def test_what_is_said_in_anothers_name_or_is_no_phones_talk_is_not(said: str) -> None:
    assert not may(ANNA, said)


def test_a_visitor_calls_the_numbers_of_its_visit_and_nothing_else() -> None:
    mine = "<sip:guest-7f@svarhus>"

    assert may(GUEST, message(sender=mine))
    assert may(GUEST, invite("+46846500400", mine))
    assert may(GUEST, message("BYE", mine, target="asterisk", To="<sip:+46846500400@svarhus>;tag=b"))
    for target in ("1001", "1001-browser", "*61", "+46701740605", "%2B46846500400", ""):
        assert not may(GUEST, invite(target, mine)), target
    assert not may(GUEST, invite("+46846500400", mine, To="<sip:1001@svarhus>"))
    assert not may(GUEST, message("OPTIONS", mine, target="1001"))
    assert not may(GUEST, message(sender=mine, Contact=f"<sip:k3v9x0q2@{HOST};transport=ws>"))


def test_one_frame_is_one_message() -> None:
    second = message("INVITE", "<sip:1002@svarhus>", target="+1")
    for length in ("0", "10", ""):
        said = message(Content_Length=length, Content_Type="application/sdp", body=second)
        found = read(said)
        assert found
        head, _, body = found.written().partition("\r\n\r\n")
        assert f"Content-Length: {len(body)}" in head
        assert head.lower().count("content-length") == 1
    assert read(message() + second) is None


def test_what_nobody_needs_is_left_out() -> None:
    said = invite(
        sender='"Anna" <sip:1001-browser@svarhus>',
        P_Asserted_Identity="<sip:+46112@x>",
        Diversion="<sip:1@x>",
        Route="<sip:192.0.2.1;lr>",
        X_Evil="1",
    ).replace("sip:+46701740605@svarhus SIP", "sip:+46701740605@svarhus;line=abc SIP")
    found = read(said)

    assert found
    assert found.written().split("\r\n") == [
        "INVITE sip:+46701740605@svarhus SIP/2.0",
        f"Via: SIP/2.0/WSS {HOST};branch=z9hG4bK1",
        "Max-Forwards: 69",
        "From: <sip:1001-browser@svarhus>;tag=a",
        "To: <sip:+46701740605@svarhus>",
        "Call-ID: c1d2",
        "CSeq: 1 INVITE",
        "Content-Length: 0",
        "",
        "",
    ]


@given(st.text(st.sampled_from(string.printable + 'å\x00<>;,"'), max_size=400))
def test_what_is_written_reads_as_the_same_message(noise: str) -> None:
    for said in (noise, message() + noise, invite(Subject=noise), message(Contact=noise), answer(From=noise)):
        found = read(said)
        if found is not None:
            again = read(found.written())
            assert again == found
            assert "\r\n\r\n" not in found.written().removesuffix("\r\n\r\n" + found.body)


def test_a_proof_of_a_password_is_known_by_its_call_and_number() -> None:
    found = read(message(Authorization=DIGEST))

    assert found
    assert found.attempt == ("c1d2", "1 REGISTER")
    assert attempt_of(message()) is None


def attempt_of(said: str) -> tuple[str, str] | None:
    found = read(said)
    assert isinstance(found, Message)
    return found.attempt


def test_empty_lines_are_a_sign_of_life() -> None:
    assert is_sign_of_life("\r\n\r\n")
    assert not is_sign_of_life(message())


def test_a_hidden_address_is_replaced_by_the_one_that_we_see() -> None:
    hidden = "8f7b0c1e-28df-4b03-8035-8552e9e9f911.local"
    body = f"v=0\r\na=candidate:1 1 udp 2113937151 {hidden} 41075 typ host\r\n"
    found = read(invite(Content_Type="application/sdp", Content_Length="4") + body)

    assert found
    head, _, shown = found.written("192.0.2.7").partition("\r\n\r\n")
    assert shown == body.replace(hidden, "192.0.2.7")
    assert f"Content-Length: {len(shown)}" in head
