"""What is said, in words."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svarhus.domains.audio.lexicon import LANGUAGES, lexicon
from svarhus.domains.audio.wording import Fragment, cardinal, clock, fixed_fragments, is_fragment, values_of, words
from svarhus.kit.errors import Invalid
from svarhus.ports.speech import Count, Digits, Minutes, RelativeDay, SpokenValue, TemplatePhrase, WallTime

SUNDAY = date(2026, 11, 22)

VALUES: dict[str, dict[str, SpokenValue]] = {
    "queue.position": {"position": Count(3)},
    "queue.ahead": {"ahead": Count(3)},
    "queue.members": {"members": Count(3)},
    "queue.keep_place": {"key": Digits("1")},
    "keep.already": {"position": Count(3)},
    "keep.has_time": {"day": RelativeDay(SUNDAY, SUNDAY), "time": WallTime(time(9, 30))},
    "queue.wait": {"wait": Minutes(5)},
    "callback.offer": {"day": RelativeDay(SUNDAY, SUNDAY), "time": WallTime(time(9, 30))},
    "callback.offer_days": {"day": RelativeDay(SUNDAY, SUNDAY), "time": WallTime(time(9, 30))},
    "callback.offer_change": {"day": RelativeDay(SUNDAY, SUNDAY), "time": WallTime(time(9, 30))},
    "callback.offer_change_days": {"day": RelativeDay(SUNDAY, SUNDAY), "time": WallTime(time(9, 30))},
    "callback.already_cancel": {"day": RelativeDay(SUNDAY, SUNDAY), "time": WallTime(time(9, 30))},
    "callback.number": {"number": Digits("070-123 45 67")},
    "callback.booked": {"day": RelativeDay(SUNDAY, SUNDAY), "time": WallTime(time(9, 30))},
    "callback.booked_for_number": {"day": RelativeDay(SUNDAY, SUNDAY), "time": WallTime(time(9, 30))},
    "callback.overdue": {},
    "callback.offer_soon": {},
    "callback.booked_soon": {},
    "callback.booked_for_number_soon": {},
    "callback.already": {"day": RelativeDay(SUNDAY, SUNDAY), "time": WallTime(time(9, 30))},
}
"""The values that callers of each template give; the others have none."""

TEMPLATES = {
    *VALUES,
    *("queue.next", "queue.wait_unknown", "queue.nobody", "queue.not_let_in"),
    *("call.busy", "recording.notice"),
    *("callback.enter_number", "callback.number_wrong", "callback.cancelled", "callback.none"),
    *("callback.cancel", "callback.kept", "callback.closed", "callback.none_today", "callback.no_other"),
    *("callback.overdue_cancel", "callback.say_more"),
    *("callback.offer_soon", "callback.booked_soon", "callback.booked_for_number_soon"),
    *("keep.choose_wait", "keep.choose_place", "keep.choose_time", "keep.kept", "keep.kept_for_number", "keep.soon"),
    *("keep.cancel", "keep.stands", "keep.given_up", "keep.is_called", "keep.no_more"),
    *("callback.declined", "voicemail.leave", "voicemail.thanks", "voicemail.nothing"),
    *("menu.invalid", "menu.no_input", "technical_problem", "transfer.connecting", "transfer.failed"),
    *("goodbye", "agent.logged_in", "agent.logged_out", "agent.confirm", "agent.last_out"),
    *("agent.paused", "agent.pause_over", "agent.not_logged_in", "agent.others_log_in", "agent.no_such_pause"),
    *("agent.after_call_over", "agent.after_call_longer", "agent.no_extension"),
    *("member.who", "member.pin", "member.other", "member.choices", "member.no_queue"),
    *("member.wrong", "member.too_many", "member.unknown"),
    *("outgoing.not_allowed", "number.unknown", "call.busy"),
}


def said(template: str, language: str, **values: SpokenValue) -> str:
    return " | ".join(
        piece.text for piece in words(TemplatePhrase(template, language, values or VALUES.get(template, {})))
    )


def day_said(ahead: date, language: str) -> str:
    pieces = words(
        TemplatePhrase("callback.booked", language, {"day": RelativeDay(ahead, SUNDAY), "time": WallTime(time(9))})
    )
    return " ".join(piece.text for piece in pieces if piece.key.startswith(("day/", "date/")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_template_with_its_values(language: str) -> None:
    templates = lexicon(language).templates
    assert set(templates) == TEMPLATES
    for key, text in templates.items():
        assert sorted(values_of(text)) == sorted(VALUES.get(key, {})), key
        assert words(TemplatePhrase(key, language, VALUES.get(key, {})))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_all_its_words(language: str) -> None:
    known = lexicon(language)
    assert len(set(known.numbers.split())) == 100
    assert len(set(known.ordinals.split())) == 31
    assert len({clock(time(hour, minute), known) for hour in range(24) for minute in range(60)}) == 24 * 60


def test_a_language_without_words_of_its_own_speaks_english() -> None:
    assert said("queue.next", "xx") == said("queue.next", "en")


@pytest.mark.parametrize(
    ("template", "swedish", "english"),
    [
        ("queue.position", "Du har plats nummer | tre | i kön.", "You are number | three | in line."),
        ("queue.wait", "Väntetiden är | ungefär fem minuter", "The wait is | about five minutes"),
        (
            "callback.offer",
            "Vi kan ringa upp dig | i dag | klockan nio och trettio | Tryck ett om tiden passar, två för en "
            "senare tid, eller stjärna om du inte vill bli uppringd.",
            "We can call you back | today | at nine thirty a.m. | Press one to accept, two for a later time, "
            "or star to decline.",
        ),
        (
            "callback.booked",
            "Tack. Vi ringer dig | i dag | klockan nio och trettio",
            "Thank you. We will call you | today | at nine thirty a.m.",
        ),
        (
            "callback.number",
            "Vi ringer dig på nummer | noll | sju | noll |  | ett | två | tre |  | fyra | fem |  | sex | "
            "sju | Tryck ett om det är rätt, eller två för att ange ett annat nummer.",
            "We will call you at the number | zero | seven | zero |  | one | two | three |  | four | five | "
            " | six | seven | Press one if that is right, or two to enter another number.",
        ),
        ("technical_problem", *(lexicon(each).templates["technical_problem"] for each in ("sv", "en"))),
    ],
)
def test_a_template_is_said(template: str, swedish: str, english: str) -> None:
    assert said(template, "sv") == swedish
    assert said(template, "en") == english


def test_fragments_have_keys_by_which_they_are_replaced() -> None:
    offer = TemplatePhrase(
        "callback.offer", "en", {"day": RelativeDay(date(2026, 12, 3), SUNDAY), "time": WallTime(time(13, 5))}
    )
    assert [piece.key for piece in words(offer)] == [
        "callback.offer/1",
        "day/thu",
        "date/12-03",
        "clock/13.05",
        "callback.offer/2",
    ]
    number = TemplatePhrase("callback.number", "en", {"number": Digits("+*#7")})
    assert [piece.key for piece in words(number)][1:-1] == [
        "digit/plus",
        "digit/star",
        "digit/hash",
        "digit/7",
    ]


@pytest.mark.parametrize(
    ("number", "swedish", "english"),
    [
        (0, "noll", "zero"),
        (1, "ett", "one"),
        (21, "tjugoett", "twenty-one"),
        (100, "ett hundra", "one hundred"),
        (101, "ett hundra ett", "one hundred and one"),
        (999, "nio hundra nittionio", "nine hundred and ninety-nine"),
        (1_001, "ett tusen ett", "one thousand and one"),
        (1_100, "ett tusen ett hundra", "one thousand one hundred"),
        (21_345, "tjugoett tusen tre hundra fyrtiofem", "twenty-one thousand three hundred and forty-five"),
    ],
)
def test_numbers_in_words(number: int, swedish: str, english: str) -> None:
    assert cardinal(number, lexicon("sv")) == swedish
    assert cardinal(number, lexicon("en")) == english


@pytest.mark.parametrize(
    ("wall", "swedish", "english"),
    [
        (time(0, 0), "klockan noll", "at midnight"),
        (time(1, 0), "klockan ett", "at one a.m."),
        (time(1, 1), "klockan ett noll ett", "at one oh one a.m."),
        (time(9, 5), "klockan nio noll fem", "at nine oh five a.m."),
        (time(12, 0), "klockan tolv", "at noon"),
        (time(12, 15), "klockan tolv och femton", "at twelve fifteen p.m."),
        (time(13, 30), "klockan tretton och trettio", "at one thirty p.m."),
        (time(21, 21), "klockan tjugoett och tjugoett", "at nine twenty-one p.m."),
    ],
)
def test_times_in_words(wall: time, swedish: str, english: str) -> None:
    assert clock(wall, lexicon("sv")) == swedish
    assert clock(wall, lexicon("en")) == english


@pytest.mark.parametrize(
    ("minutes", "swedish", "english"),
    [
        (-1, "mindre än en minut", "less than one minute"),
        (0, "mindre än en minut", "less than one minute"),
        (1, "ungefär en minut", "about one minute"),
        (2, "ungefär två minuter", "about two minutes"),
        (11, "ungefär elva minuter", "about eleven minutes"),
        (21, "ungefär tjugoen minuter", "about twenty-one minutes"),
        (101, "ungefär ett hundra en minuter", "about one hundred and one minutes"),
        (120, "två timmar eller mer", "two hours or more"),
    ],
)
def test_waits_in_words(minutes: int, swedish: str, english: str) -> None:
    assert said("queue.wait", "sv", wait=Minutes(minutes)).endswith(f"| {swedish}")
    assert said("queue.wait", "en", wait=Minutes(minutes)).endswith(f"| {english}")


@pytest.mark.parametrize(
    ("day", "swedish", "english"),
    [
        (date(2026, 11, 22), "i dag", "today"),
        (date(2026, 11, 23), "i morgon", "tomorrow"),
        (date(2026, 11, 24), "på tisdag", "on Tuesday"),
        (date(2026, 11, 28), "på lördag", "on Saturday"),
        (date(2026, 11, 29), "på söndag den tjugonionde november", "on Sunday the twenty-ninth of November"),
        (date(2026, 12, 3), "på torsdag den tredje december", "on Thursday the third of December"),
        (
            date(2026, 11, 21),
            "på lördag den tjugoförsta november",
            "on Saturday the twenty-first of November",
        ),
    ],
)
def test_days_are_said_relative_to_today(day: date, swedish: str, english: str) -> None:
    assert day_said(day, "sv") == swedish
    assert day_said(day, "en") == english


@pytest.mark.parametrize(
    ("number", "groups"),
    [
        ("08-465 00 40", ["08", "465", "00", "40"]),
        ("+4684650040", ["+46", "8", "465", "00", "40"]),
        ("0701234567", ["070", "123", "45", "67"]),
        ("084650040", ["084", "65", "00", "40"]),
        ("1234", ["1234"]),
        ("12345", ["123", "45"]),
        ("", []),
    ],
)
def test_numbers_are_read_digit_by_digit_in_groups(number: str, groups: list[str]) -> None:
    pieces = words(TemplatePhrase("callback.number", "en", {"number": Digits(number)}))[1:-1]
    keys = "".join(" " if piece.key == "pause/group" else piece.key.removeprefix("digit/") for piece in pieces)
    assert keys.replace("plus", "+").split() == groups


def test_an_unknown_template_or_a_missing_value_is_told() -> None:
    with pytest.raises(Invalid, match=r"no template queue\.nonsense"):
        words(TemplatePhrase("queue.nonsense", "sv"))
    with pytest.raises(Invalid, match="without its position"):
        words(TemplatePhrase("queue.position", "sv"))
    with pytest.raises(Invalid, match="cannot be said"):
        words(TemplatePhrase("queue.position", "sv", {"position": Count(1_000_000)}))


def test_the_fixed_fragments_are_all_that_is_said_without_a_value() -> None:
    fixed = list(fixed_fragments("sv"))
    assert Fragment("queue.position/1", "Du har plats nummer") in fixed
    assert len({piece.key for piece in fixed}) == len(fixed)
    assert set(words(TemplatePhrase("queue.next", "sv"))) <= set(fixed)


@pytest.mark.parametrize(
    "key", ["", "welcome", "queue.position/0", "queue.position/9", "number/01", "clock/24.00", "day/never", "x/1"]
)
def test_what_is_never_said_is_no_fragment(key: str) -> None:
    assert not is_fragment(key, "sv")


@given(
    number=st.integers(0, 999_999),
    minutes=st.integers(-10, 10_000),
    wall=st.times(),
    day=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    today=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    digits=st.text(max_size=30),
    language=st.sampled_from(LANGUAGES),
)
def test_any_value_can_be_said_in_words_alone(
    number: int, minutes: int, wall: time, day: date, today: date, digits: str, language: str
) -> None:
    all_values: dict[str, dict[str, SpokenValue]] = {
        "queue.position": {"position": Count(number)},
        "queue.wait": {"wait": Minutes(minutes)},
        "callback.booked": {"day": RelativeDay(day, today), "time": WallTime(wall)},
        "callback.number": {"number": Digits(digits)},
    }
    for template, values in all_values.items():
        for piece in words(TemplatePhrase(template, language, values)):
            assert not any(character.isdigit() or character in "{}" for character in piece.text)
            assert piece.text or piece.key == "pause/group"
            assert is_fragment(piece.key, language)
