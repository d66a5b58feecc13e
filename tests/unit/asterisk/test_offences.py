"""Who is blocked for how long."""

from pathlib import Path

from svarhus.adapters.asterisk.offences import BAN, FIRST_BLOCK, WINDOW, Block, Offences, Sign
from svarhus.adapters.asterisk.security import UNKNOWN_CALLER, SecurityEvent, SipEdge, is_shared, parse

ELSEWHERE, CARRIER = "198.51.100.7", "203.0.113.1"


class Blocks:
    """Takes note of whom it is to block."""

    def __init__(self) -> None:
        self.put_for: list[str] = []

    def put(self, address: str, account: str | None, until: float) -> None:
        self.put_for.append(address)

    def lift(self, now: float) -> None:
        """Time stands still."""


def offences() -> Offences:
    return Offences(lambda address: address == CARRIER)


def guesses(book: Offences, count: int, address: str = ELSEWHERE, account: str = "anna") -> list[Block | None]:
    return [book.note(Sign.WRONG_PASSWORD, address, account, float(second)) for second in range(count)]


def test_two_mistakes_have_no_consequence() -> None:
    assert guesses(offences(), 2) == [None, None]


def test_blocks_double_and_end_in_a_ban() -> None:
    blocks = [block for block in guesses(offences(), 10) if block]

    assert [block.seconds for block in blocks] == [FIRST_BLOCK * 2**n for n in range(7)] + [BAN]
    assert [block.ban for block in blocks] == [False] * 7 + [True]
    assert all(block.account is None for block in blocks)


def test_old_mistakes_are_forgotten() -> None:
    book = offences()
    guesses(book, 2)

    assert book.note(Sign.WRONG_PASSWORD, ELSEWHERE, "anna", WINDOW + 5) is None


def test_where_others_have_signed_in_only_the_account_is_blocked() -> None:
    book = offences()
    book.note(Sign.SIGNED_IN, ELSEWHERE, "ben", 0.0)

    assert guesses(book, 3)[-1] == Block(ELSEWHERE, "anna", FIRST_BLOCK, ban=False)


def test_ones_own_sign_in_does_not_make_an_address_shared() -> None:
    book = offences()
    book.note(Sign.SIGNED_IN, ELSEWHERE, "anna", 0.0)

    assert guesses(book, 3)[-1] == Block(ELSEWHERE, None, FIRST_BLOCK, ban=False)


def test_a_trunks_address_is_never_blocked_as_a_whole() -> None:
    blocks = [block for block in guesses(offences(), 12, CARRIER) if block]

    assert {block.account for block in blocks} == {"anna"}


def test_strangers_without_a_password_count_half() -> None:
    book = offences()
    blocks = [book.note(Sign.UNKNOWN_CALLER, ELSEWHERE, "", float(second)) for second in range(6)]

    assert blocks[:5] == [None] * 5
    assert blocks[5] == Block(ELSEWHERE, None, FIRST_BLOCK, ban=False)


def test_a_pbx_that_signs_in_for_each_call_is_no_stranger() -> None:
    book = offences()
    book.note(Sign.SIGNED_IN, ELSEWHERE, "pbx", 0.0)

    assert [book.note(Sign.UNKNOWN_CALLER, ELSEWHERE, "", float(n)) for n in range(20)] == [None] * 20


def line(event: str, account: str, remote: str = "IPV4/UDP/198.51.100.7/5060", service: str = "PJSIP") -> str:
    return (
        f'[2026-11-22 02:25:56.359] SECURITY[1] res_security_log.c: SecurityEvent="{event}",'
        f'Service="{service}",AccountID="{account}",RemoteAddress="{remote}",Challenge=""'
    )


def test_lines_of_the_log_are_read() -> None:
    assert parse(line("ChallengeResponseFailed", "anna")) == SecurityEvent("ChallengeResponseFailed", ELSEWHERE, "anna")
    stranger = SecurityEvent(UNKNOWN_CALLER, ELSEWHERE, "<unknown>")
    assert parse(line("ChallengeSent", "<unknown>", "IPV4/TCP/198.51.100.7/5060")) == stranger
    assert parse(line("ChallengeSent", "anna")) == SecurityEvent("ChallengeSent", ELSEWHERE, "anna")
    assert parse(line("InvalidPassword", "x", "IPV6/TLS/2001:db8::7/5061")) == SecurityEvent(
        "InvalidPassword", "2001:db8::7", "x"
    )


def test_a_forged_sender_is_not_made_to_pay(tmp_path: Path) -> None:
    """Anybody can send a datagram in the name of any address; an answer to a challenge shows that it got there."""
    log, blocks = tmp_path / "security.log", Blocks()
    told: list[SecurityEvent] = []
    edge = SipEdge(log, blocks, lambda _: False, lambda _: False, told.append)
    log.write_text((line("ChallengeSent", "<unknown>") + "\n") * 100)
    edge.read_on()
    assert len(told) == 100
    assert not blocks.put_for
    senders = {"TCP": "192.0.2.1", "TLS": "192.0.2.2", "WS": "192.0.2.3"}
    for transport, address in senders.items():
        with log.open("a") as more:
            more.write((line("ChallengeSent", "<unknown>", f"IPV4/{transport}/{address}/5060") + "\n") * 100)
    edge.read_on()
    assert set(blocks.put_for) == set(senders.values())


def test_other_lines_are_passed_over() -> None:
    for text in (
        "",
        "Asterisk 22.10.1 built by nobody",
        line("SuccessfulAuth", "svarhus", service="ARI"),
        line("InvalidPassword", "x", "nonsense"),
        line("InvalidPassword", "x", "IPV4/UDP/not-an-address/1"),
    ):
        assert parse(text) is None


def test_this_machine_and_trunks_networks_are_shared() -> None:
    networks = ["203.0.113.0/24", "carrier.example", "192.0.2.1"]

    assert is_shared("127.0.0.1", [])
    assert is_shared(CARRIER, networks)
    assert is_shared("192.0.2.1", networks)
    assert not is_shared(ELSEWHERE, networks)
