"""What only one organisation may have, however it is written."""

import pytest

from svarhus.domains.organisation.claims import Claim, network_of, overlapping, unfit


def address(value: str, kind: str = "trunk_address") -> Claim:
    return Claim(kind, value, "carrier")


@pytest.mark.parametrize(
    ("written", "network"),
    [
        ("192.0.2.10", "192.0.2.10/32"),
        (" 192.0.2.10/32 ", "192.0.2.10/32"),
        ("192.0.2.77/24", "192.0.2.0/24"),
        ("192.0.2.0/255.255.255.0", "192.0.2.0/24"),
        ("2001:DB8:0:0::1", "2001:db8::1/128"),
        ("::ffff:192.0.2.10", "192.0.2.10/32"),
        ("sip.carrier.example", "None"),
        ("192.0.2.010", "None"),
    ],
)
def test_a_network_is_the_same_however_it_is_written(written: str, network: str) -> None:
    assert str(network_of(written)) == network


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (address("192.0.2.10"), address("192.0.2.10/32"), True),
        (address("192.0.2.10/32"), address("192.0.2.0/24"), True),
        (address("192.0.2.0/25"), address("192.0.2.128/25"), False),
        (address("192.0.2.10/32"), address("2001:db8::/32"), False),
        (address("192.0.2.10/32"), address("192.0.2.10/32 other", "trunk_host"), True),
        (address("192.0.2.10/32 one", "trunk_host"), address("192.0.2.10/32 other", "trunk_host"), False),
        (Claim("sip_name", "1001", "anna"), Claim("sip_name", "1001", "pbx"), True),
        (Claim("sip_name", "1001", "anna"), Claim("number", "1001", "1001"), False),
    ],
)
def test_what_could_be_taken_for_the_other_overlaps(one: Claim, other: Claim, same: bool) -> None:
    assert overlapping(one, other) is same
    assert overlapping(other, one) is same


@pytest.mark.parametrize(
    "claim",
    [
        address("0.0.0.0/0"),
        address("0.0.0.0/32"),
        address("10.0.0.0/7"),
        address("224.0.0.0/24"),
        address("127.0.0.0/8"),
        address("127.0.83.1/32"),
        address("::/0"),
        address("sip.carrier.example"),
        Claim("sip_name", "guest-12ab", "pbx"),
        Claim("sip_name", "trunk-clinic-pbx", "pbx"),
        Claim("sip_name", "svarhus-registering", "pbx"),
    ],
)
def test_nobody_may_have_what_is_ours_or_everybodys(claim: Claim) -> None:
    assert unfit(claim)


@pytest.mark.parametrize("value", ["192.0.2.10/32", "127.0.0.1/32", "10.0.0.0/8", "2001:db8::/48"])
def test_a_carriers_network_may_be_had(value: str) -> None:
    assert unfit(address(value)) is None
