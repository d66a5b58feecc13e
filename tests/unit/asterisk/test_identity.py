"""Who calls, who diverted and what was dialled, as carriers write it."""

import pytest

from svarhus.adapters.asterisk.identity import Caller, addresses, caller, dialled, diverted_by

SHOWN, ASSERTED = "+46701740605", "+46701740606"


@pytest.mark.parametrize(
    ("asserted", "privacy", "known"),
    [
        ([], "", Caller(SHOWN, "Kari")),
        ([f"<sip:{ASSERTED}@carrier.example;user=phone>, <tel:{ASSERTED}>"], "", Caller(ASSERTED, "")),
        ([f"<sip:{ASSERTED}@carrier.example>", f"<tel:{ASSERTED}>"], "", Caller(ASSERTED, "")),
        ([f'"Berg, Anna" <sip:{ASSERTED}@x>'], "", Caller(ASSERTED, "Berg, Anna")),
        ([f'"Say \\"hi\\"" <tel:{ASSERTED};npdi>'], "", Caller(ASSERTED, 'Say "hi"')),
        ([f"Anna Berg <sip:{ASSERTED};rn=+4670@x>"], "none", Caller(ASSERTED, "Anna Berg")),
        ([f"<sip:reception@x>, <tel:{ASSERTED}>"], "", Caller(ASSERTED, "")),
        ([f"sip:{SHOWN}@x"], "", Caller(SHOWN, "Kari")),
        ([f"<sip:{ASSERTED}@x>, <tel:{ASSERTED}>"], "id", Caller(None, "")),
        ([f"<sip:{ASSERTED}@x>"], "user;id;critical", Caller(None, "")),
        ([f"<sip:{ASSERTED}@x>"], "session", Caller(ASSERTED, "")),
        ([], "User", Caller(None, "")),
        (['"', "<", "sip:", "<sip:@>", "\x00"], "", Caller(SHOWN, "Kari")),
        ([f"<sip:0701740605fru@x>, <sip:{ASSERTED}@x>"], "", Caller(ASSERTED, "")),
    ],
)
def test_the_asserted_number_counts_and_privacy_is_kept(asserted: list[str], privacy: str, known: Caller) -> None:
    assert caller(SHOWN, "Kari", asserted, privacy) == known


@pytest.mark.parametrize(
    ("diversion", "history", "privacy", "number"),
    [
        ([], [], "", None),
        (["<sip:+4681@x>;reason=busy, <sip:+4682@x>;reason=unconditional"], [], "", "+4681"),
        (["<tel:+4681>;privacy=off", "<sip:+4682@x>"], [], "", "+4681"),
        (["<sip:+4681@x>;privacy=full, <sip:+4682@x>"], [], "", None),
        ([], ["<sip:+4681@x>;index=1, <sip:+4682@x;cause=302>;index=1.1"], "", "+4681"),
        ([], ["<sip:+4681@x>;index=1", "<sip:+4682@x>;index=1.1;mp=1"], "", "+4681"),
        ([], ["<sip:+4680@x>;index=1,<sip:+4681@x;cause=486>;index=1.1,<sip:+4682@x;cause=302>;index=2"], "", "+4681"),
        ([], ["<sip:+4681@x>;index=1, <sip:+4681@y>;index=1.1"], "", None),
        ([], ["<sip:+4681@x>;index=1, <sip:+4682@y>;index=1.1"], "", None),
        ([], ["<sip:+4681@x?Privacy=history>;index=1, <sip:+4682@x;cause=302>;index=1.1"], "", None),
        ([], ["<sip:+4681@x>;index=1, <sip:+4682@x;cause=302>;index=1.1"], "history", None),
        (["nonsense"], ["<sip:"], "", None),
    ],
)
def test_who_diverted_last_is_known_unless_it_hides(
    diversion: list[str], history: list[str], privacy: str, number: str | None
) -> None:
    assert diverted_by(diversion, history, privacy) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+46846500400", "+46846500400"),
        ("+46846500400;npdi=yes", "+46846500400"),
        ("+46846500400;npdi;rn=+46739", "+46846500400"),
        ("<sip:+46846500400@127.0.0.1>", "+46846500400"),
        ('"Care" <sip:+46846500400;npdi@x;user=phone>;tag=a', "+46846500400"),
        ("<tel:+46846500400;phone-context=x>", "+46846500400"),
        ("sip:%2B46846500400@x", "+46846500400"),
        ("*61", "*61"),
        ("", ""),
        ("<sip:carrier.example>", ""),
    ],
)
def test_what_was_dialled_is_found_wherever_it_stands(text: str, number: str) -> None:
    assert dialled(text) == number


def test_commas_in_names_and_addresses_part_nothing() -> None:
    found = addresses(['"A, \\", B" <sip:1@x>, "C" <sip:2,3@x>;d="e,f"', "<tel:4>"])

    assert [(one.user, one.name) for one in found] == [("1", 'A, ", B'), ("2,3", "C"), ("4", "")]
    assert found[1].parameter("d") == "e,f"
