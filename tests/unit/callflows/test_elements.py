"""What a caller meets in a call flow."""

from datetime import UTC, datetime

import pytest

from svarhus.adapters.simulated.world import Heard
from svarhus.domains.calls.facts import ElementEntered
from svarhus.domains.calls.model import Outcome
from svarhus.kit.clock import Instant
from svarhus.ports.telephony import EndCause
from unit.exchange.house import KARIN, MAIN, Changes, House, Party


def monday(hour: int, minute: int = 0) -> Instant:
    """Local time; Sweden is an hour ahead of UTC in November."""
    return Instant(datetime(2026, 11, 2, hour - 1, minute, tzinfo=UTC))


def element(changes: Changes) -> Changes:
    return {"callflows": {"main": {"elements": changes}}}


def at_menu(house: House) -> Party:
    karin = house.caller_rings()
    house.waits(2)
    assert karin.told[-1] == "choices"
    return karin


def passed(house: House) -> list[str]:
    return [fact.element for fact in house.facts_of(ElementEntered)]


class TestOpeningHours:
    @pytest.mark.feature("FLOW-05", "HRS-02")
    @pytest.mark.parametrize(
        ("moment", "said"),
        [
            (monday(7, 59), "closed"),
            (monday(8), "welcome"),
            (monday(11, 59), "welcome"),
            (monday(12), "lunch"),
            (monday(13), "welcome"),
            (monday(17), "closed"),
        ],
    )
    def test_a_category_leads_by_its_own_exit(self, moment: Instant, said: str) -> None:
        assert House(start=moment).caller_rings().told == [said]

    @pytest.mark.feature("HRS-03")
    def test_an_exception_goes_before_the_week(self) -> None:
        house = House(start=Instant(datetime(2026, 11, 3, 9, tzinfo=UTC)))
        assert house.caller_rings().told == ["closed"]

    @pytest.mark.feature("HRS-06")
    @pytest.mark.parametrize(
        ("moment", "said"),
        [
            (datetime(2026, 3, 27, 7, 30, tzinfo=UTC), "welcome"),
            (datetime(2026, 3, 30, 6, 30, tzinfo=UTC), "welcome"),
            (datetime(2026, 3, 30, 5, 59, tzinfo=UTC), "closed"),
            (datetime(2026, 3, 30, 15, 0, tzinfo=UTC), "closed"),
        ],
    )
    def test_eight_in_the_morning_is_local_time_before_and_after_the_clock_is_changed(
        self, moment: datetime, said: str
    ) -> None:
        assert House(start=Instant(moment)).caller_rings().told == [said]


class TestMessage:
    @pytest.mark.feature("FLOW-06")
    def test_a_message_is_said_so_many_times_and_then_the_call_ends(self) -> None:
        house = House(start=monday(20))
        karin = house.caller_rings()
        house.waits(3)
        assert karin.told == ["closed", "closed"]
        assert not karin.gone
        house.waits(1)
        assert karin.gone
        assert karin.record.outcome is Outcome.COMPLETED

    @pytest.mark.feature("FLOW-06")
    def test_several_messages_are_said_one_after_the_other_and_the_call_goes_on(self) -> None:
        house = House(element({"welcome": {"settings": {"messages": ["welcome", "patience"]}}}))
        karin = house.caller_rings()
        house.waits(3.9)
        assert karin.told == ["welcome", "patience"]
        house.waits(0.1)
        assert karin.told == ["welcome", "patience", "choices"]

    @pytest.mark.feature("FLOW-06")
    def test_a_message_may_be_said_without_answering_the_call(self) -> None:
        house = House(start=monday(12))
        karin = house.caller_rings()
        assert karin.hears(Heard.PROMPT)
        assert not karin.answered
        house.waits(2)
        assert karin.record.answered_at is None

    def test_a_key_skips_a_message_and_counts_for_the_menu(self) -> None:
        house = House()
        house.logs_in("anna")
        karin = house.caller_rings()
        karin.presses("1")
        assert house.waiting_in("reception") == [karin.leg]
        assert house.phone("anna").rings

    def test_a_message_that_may_not_be_skipped_is_heard_to_its_end(self) -> None:
        house = House(start=monday(20))
        karin = house.caller_rings()
        karin.presses("1")
        assert karin.hears(Heard.PROMPT)
        assert karin.told == ["closed"]


class TestMenu:
    @pytest.mark.feature("FLOW-07")
    def test_a_key_interrupts_the_choices_and_leads_on(self) -> None:
        house = House()
        house.logs_in("anna")
        karin = at_menu(house)
        karin.presses("1")
        assert karin.hears(Heard.MUSIC)

    @pytest.mark.feature("FLOW-07")
    def test_a_key_with_nothing_attached_repeats_the_menu(self) -> None:
        house = House()
        karin = at_menu(house)
        karin.presses("0")
        assert karin.told[-2:] == ["menu.invalid", "choices"]
        assert passed(house)[-1] == "menu"

    @pytest.mark.feature("FLOW-07")
    def test_after_so_many_invalid_keys_the_call_goes_on_by_invalid(self) -> None:
        house = House()
        karin = at_menu(house)
        karin.presses("000")
        assert passed(house)[-1] == "goodbye"

    @pytest.mark.feature("FLOW-07")
    def test_silence_repeats_the_menu_and_at_last_leads_on_by_no_input(self) -> None:
        house = House()
        karin = at_menu(house)
        house.waits(2 + 6)
        assert karin.told[-2:] == ["menu.no_input", "choices"]
        house.waits(2 * (4 + 6))
        assert passed(house)[-1] == "voicemail"

    @pytest.mark.feature("FLOW-07")
    def test_a_key_in_the_silence_ends_the_silence(self) -> None:
        house = House()
        karin = at_menu(house)
        house.waits(2 + 5)
        karin.presses("0")
        told = len(karin.told)
        house.waits(4)
        assert len(karin.told) == told, "the silence before the key was counted on"

    @pytest.mark.feature("FLOW-07")
    def test_a_menu_leads_to_a_menu_and_back(self) -> None:
        house = House()
        karin = at_menu(house)
        karin.presses("6")
        assert karin.told[-1] == "more-choices"
        karin.presses("*")
        assert karin.told[-1] == "choices"
        karin.presses("62")
        assert passed(house)[-1] == "goodbye"

    @pytest.mark.feature("FLOW-07", "FLOW-14")
    def test_silence_may_lead_to_a_callback(self) -> None:
        house = House()
        karin = at_menu(house)
        karin.presses("6")
        house.waits(2 + 3)
        assert karin.told[-1] == "callback.offer"


class TestTransfer:
    @pytest.mark.feature("FLOW-14")
    def test_an_outside_number_is_rung_and_the_two_talk(self) -> None:
        house = House()
        karin = at_menu(house)
        karin.presses("4")
        assert karin.told[-1] == "transfer.connecting"
        house.waits(2)
        colleague = house.outside("+46812345678").answers()
        assert colleague.hears_voice_of(karin)
        assert colleague.shown == KARIN
        house.waits(60)
        colleague.hangs_up()
        assert karin.gone
        assert karin.record.outcome is Outcome.TRANSFERRED
        assert karin.record.talk == 60

    @pytest.mark.feature("FLOW-14")
    def test_when_nobody_answers_the_caller_is_told_and_goes_on(self) -> None:
        house = House()
        house.logs_in("anna")
        karin = at_menu(house)
        karin.presses("4")
        house.waits(2)
        assert karin.hears(Heard.MUSIC)
        house.waits(20)
        assert karin.told[-1] == "transfer.failed"
        house.waits(2)
        assert house.waiting_in("reception") == [karin.leg]

    @pytest.mark.feature("FLOW-14")
    def test_a_colleague_is_rung_with_the_houses_own_number(self) -> None:
        house = House()
        karin = at_menu(house)
        karin.presses("9")
        eva = house.phone("eva").answers()
        assert eva.hears_voice_of(karin)

    @pytest.mark.feature("FLOW-14")
    def test_a_colleague_in_a_call_is_not_rung(self) -> None:
        house = House()
        house.phone("eva").dials("1001")
        karin = at_menu(house)
        karin.presses("9")
        assert not house.phone("eva").rings
        assert karin.told[-1] == "transfer.failed"

    @pytest.mark.feature("FLOW-14")
    def test_a_caller_who_hangs_up_stops_the_ringing(self) -> None:
        house = House()
        karin = at_menu(house)
        karin.presses("9")
        assert house.phone("eva").rings
        karin.hangs_up()
        house.everything_is_over()


class TestTheEnd:
    @pytest.mark.feature("FLOW-14", "Q-03")
    def test_busy_is_a_busy_tone_for_a_caller_who_was_not_answered(self) -> None:
        house = House(element({"hours": {"exits": {"open": "engaged"}}}))
        karin = house.caller_rings()
        assert karin.refused_with is EndCause.BUSY
        assert karin.record.answered_at is None

    @pytest.mark.feature("FLOW-14", "Q-03")
    def test_whoever_was_answered_is_told_that_it_is_busy(self) -> None:
        house = House(element({"menu": {"exits": {"5": "engaged"}}}))
        karin = at_menu(house)
        karin.presses("5")
        assert karin.told[-1] == "call.busy"
        assert not karin.gone
        house.waits(20)
        assert karin.gone
        house.everything_is_over()

    @pytest.mark.feature("FLOW-14")
    def test_a_flow_that_leads_nowhere_hangs_up(self) -> None:
        house = House(element({"engaged": {"settings": {"tone": "none"}}}))
        at_menu(house).presses("5")
        house.everything_is_over()

    def test_elements_that_lead_in_circles_cost_the_call_and_nothing_else(self) -> None:
        house = House(element({"hours": {"exits": {"open": "hours"}}}))
        karin = house.caller_rings()
        assert karin.record.outcome is Outcome.FAILED


class TestVoicemail:
    @pytest.mark.feature("VM-01", "FLOW-14")
    def test_the_greeting_is_said_the_caller_is_recorded_and_thanked(self) -> None:
        house = House()
        karin = at_menu(house)
        karin.presses("3")
        assert karin.told[-1] == "greeting"
        house.waits(2 + 5)
        karin.presses_at_once("#")
        assert karin.told[-1] == "voicemail.thanks"
        [message] = house.voicemails
        assert (message.queue, message.caller, message.seconds) == ("reception", KARIN, 5)
        house.waits(2)
        assert karin.told[-1] == "goodbye"

    @pytest.mark.feature("VM-01")
    def test_a_message_is_kept_although_the_caller_hangs_up(self) -> None:
        house = House()
        karin = at_menu(house)
        karin.presses("3")
        house.waits(2 + 4)
        karin.hangs_up()
        assert [message.seconds for message in house.voicemails] == [4]
        assert karin.record.outcome is Outcome.VOICEMAIL
        house.everything_is_over()

    @pytest.mark.feature("VM-01")
    def test_nothing_said_is_no_message(self) -> None:
        house = House()
        karin = at_menu(house)
        karin.presses("3")
        house.waits(2 + 0.5)
        karin.presses("#")
        assert karin.told[-1] == "voicemail.nothing"
        assert house.voicemails == []

    @pytest.mark.feature("VM-01")
    def test_no_music_is_heard_under_the_recording(self) -> None:
        house = House()
        house.logs_in("anna")
        karin = at_menu(house)
        karin.presses("1")
        assert karin.hears(Heard.MUSIC)
        karin.presses("3")
        house.waits(2)
        assert karin.hears(Heard.SILENCE)
        assert any(each.runs for each in karin.call.recordings)


class TestVersions:
    @pytest.mark.feature("FLOW-02")
    def test_a_call_finishes_on_the_version_that_it_began_on(self) -> None:
        house = House()
        karin = at_menu(house)
        house.takes_configuration(element({"menu": {"exits": {"3": "goodbye"}}, "voicemail": None}))
        karin.presses("3")
        assert karin.told[-1] == "greeting"
        lars = at_menu(house)
        lars.presses("3")
        assert lars.told[-1] == "goodbye"
        assert (karin.call.revision, lars.call.revision) == (1, 2)

    @pytest.mark.feature("NUM-02")
    def test_a_number_given_to_another_flow_leads_there_from_the_next_call(self) -> None:
        house = House()
        karin = house.caller_rings()
        numbers = [{"number": MAIN, "name": "Main", "flow": "straight"}]
        house.takes_configuration({"numbers": numbers})
        lars = house.caller_rings()
        assert house.waiting_in("reception") == [lars.leg]
        house.waits(2)
        assert karin.told == ["welcome", "choices"]
