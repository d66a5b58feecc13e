"""What a channel says of a call."""

from urllib.parse import quote

import pytest

from svarhus.adapters.asterisk.names import offer_of
from svarhus.adapters.asterisk.wire import Channel, Party


def test_what_cannot_be_seen_in_a_callers_name_and_number_goes_no_further() -> None:
    said = ["+46846500410\u200e", "", "", '"Anna\u202e olleh" <sip:+46701234567@192.0.2.1>']
    channel = Channel("1", caller=Party("+46701234567", "Anna"))
    offer = offer_of(channel, ["offered", "clinic/trunk/carrier", *map(quote, said)])
    assert offer is not None
    assert (offer.dialled, offer.caller, offer.caller_name) == ("+46846500410", "+46701234567", "Anna olleh")


def test_a_name_of_nothing_that_is_seen_is_none() -> None:
    channel = Channel("1", caller=Party("+46701234567", "\u202e\u3164\x07"))
    offer = offer_of(channel, ["offered", "clinic/trunk/carrier", "+46846500410"])
    assert offer is not None
    assert offer.caller_name == ""


@pytest.mark.parametrize(
    ("as_told", "name"),
    [('\\"Kari\\"', "Kari"), ('Kari \\"K\\" Nor', 'Kari "K" Nor'), ("C:\\\\Kari", "C:\\Kari"), ("", "")],
)
def test_a_name_is_told_without_the_escapes_of_sip(as_told: str, name: str) -> None:
    """As Asterisk tells it: the outer quotes taken off, and what is between them as it came."""
    for said in ([], [f'"{as_told}" <sip:+46701234567@192.0.2.1>']):
        channel = Channel("1", caller=Party("+46701234567", "" if said else as_told))
        offer = offer_of(channel, ["offered", "clinic/trunk/carrier", *map(quote, ["+46846500410", "", "", *said])])
        assert offer is not None
        assert offer.caller_name == name
