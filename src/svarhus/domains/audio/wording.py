"""What is said, in words: a template with its values becomes fragments, each a sound of its own.

A fragment has a stable key, by which an organisation replaces it with a recording of its own:

    queue.position/1   the first piece of text of a template, from 1
    number/3           a cardinal
    minutes/5          a length of time; minutes/more from two hours
    clock/09.30        a time of day
    day/today          day/tomorrow, day/thu
    date/12-03         month and day
    digit/7            digit/plus, digit/star, digit/hash
    pause/group        a short silence between groups of digits
"""

import re
from collections.abc import Iterator
from datetime import date, time
from functools import lru_cache
from itertools import pairwise

import msgspec

from svarhus.domains.audio.lexicon import Lexicon, lexicon
from svarhus.domains.hours.model import WEEKDAYS
from svarhus.domains.numbers.parse import national
from svarhus.kit.errors import Invalid
from svarhus.ports.speech import Count, Digits, Minutes, RelativeDay, SpokenValue, TemplatePhrase, WallTime

PAUSE = "pause/group"

MORE_MINUTES = 120
"""From here on a wait is said as two hours or more: nobody plans by the minute then."""

LARGEST_COUNT = 999_999

_VALUE = re.compile(r"\{([a-z_]+)\}")
_VALUE_KEYS = tuple(
    re.compile(pattern)
    for pattern in (
        r"number/(0|[1-9][0-9]{0,5})",
        r"minutes/([0-9]|[1-9][0-9]|1[01][0-9]|more)",
        r"clock/([01][0-9]|2[0-3])\.[0-5][0-9]",
        rf"day/(today|tomorrow|{'|'.join(WEEKDAYS)})",
        r"date/(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])",
        r"digit/([0-9]|plus|star|hash)",
        re.escape(PAUSE),
    )
)
_SYMBOLS = {"+": "plus", "*": "star", "#": "hash"}


class Fragment(msgspec.Struct, frozen=True):
    """A sound of its own: the key by which it can be replaced, and the text to speak. No text: silence."""

    key: str
    text: str


def words(phrase: TemplatePhrase) -> list[Fragment]:
    """What is said, in order. Invalid when there is no such template or a value is missing."""
    known = lexicon(phrase.language)
    template = known.templates.get(phrase.template)
    if template is None:
        raise Invalid(f"there is no template {phrase.template}", "Use one of those in locale/en/spoken.yaml.")
    said: list[Fragment] = []
    for piece in _pieces(phrase.template, template):
        if isinstance(piece, Fragment):
            said.append(piece)
        elif piece in phrase.values:
            said.extend(_value(phrase.values[piece], known))
        else:
            raise Invalid(f"{phrase.template} is said without its {piece}", f"Give a value for {piece}.")
    return said


def fixed_fragments(language: str) -> Iterator[Fragment]:
    """All fragments of the language that hold no value: every piece of text of every template."""
    for key, template in lexicon(language).templates.items():
        yield from (piece for piece in _pieces(key, template) if isinstance(piece, Fragment))


def is_fragment(key: str, language: str) -> bool:
    """Can a fragment with this key be said in the language?"""
    if any(piece.key == key for piece in fixed_fragments(language)):
        return True
    return any(pattern.fullmatch(key) for pattern in _VALUE_KEYS)


def values_of(template: str) -> list[str]:
    """The names of the values in the text of a template."""
    return _VALUE.findall(template)


@lru_cache(maxsize=512)
def _pieces(key: str, template: str) -> tuple[Fragment | str, ...]:
    """The text of a template cut at its values: fragments, and the names of values."""
    pieces: list[Fragment | str] = []
    texts = 0
    for index, part in enumerate(_VALUE.split(template)):
        if index % 2:
            pieces.append(part)
        elif text := part.lstrip(" .,;:!?").rstrip():
            texts += 1
            pieces.append(Fragment(f"{key}/{texts}", text))
    return tuple(pieces)


def _value(value: SpokenValue, known: Lexicon) -> list[Fragment]:
    match value:
        case Count(number):
            return [Fragment(f"number/{number}", cardinal(number, known))]
        case Minutes(minutes):
            return [minute_fragment(minutes, known)]
        case WallTime(wall):
            return [Fragment(f"clock/{wall:%H.%M}", clock(wall, known))]
        case RelativeDay(day, today):
            return _day(day, today, known)
        case Digits(text):
            return list(_digits(text, known))


# ------------------------------------------------------------------ numbers


def cardinal(number: int, known: Lexicon) -> str:
    """0 to 999,999 in words."""
    if not 0 <= number <= LARGEST_COUNT:
        raise Invalid(f"{number} cannot be said in words", f"Say a number from 0 to {LARGEST_COUNT}.")
    if number >= 1000:
        return _power(number, 1000, known)
    if number >= 100:
        return _power(number, 100, known)
    return _words_of(known.numbers)[number]


def _power(number: int, size: int, known: Lexicon) -> str:
    words = known.thousand if size == 1000 else known.hundred
    many, rest = divmod(number, size)
    said = words.one if many == 1 else words.many.format(number=cardinal(many, known))
    if rest == 0:
        return said
    join = known.hundred.join if rest < 100 else words.join
    return f"{said}{join}{cardinal(rest, known)}"


def _before_noun(number: int, known: Lexicon, one_is: dict[str, str]) -> str:
    """A number in the form that it has before a noun: "en minut", but "nummer ett"."""
    said = cardinal(number, known)
    for plain, form in one_is.items():
        if number % 10 == 1 and number % 100 != 11 and said.endswith(plain):
            return said.removesuffix(plain) + form
    return said


@lru_cache(maxsize=32)
def _words_of(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# ------------------------------------------------------------------ time


def minute_fragment(minutes: int, known: Lexicon) -> Fragment:
    """A length of time in words."""
    spoken = known.minutes
    if minutes >= MORE_MINUTES:
        return Fragment("minutes/more", spoken.more)
    if minutes <= 1:
        return Fragment(f"minutes/{max(minutes, 0)}", spoken.one if minutes == 1 else spoken.none)
    number = _before_noun(minutes, known, spoken.one_is)
    return Fragment(f"minutes/{minutes}", spoken.many.format(number=number))


def clock(wall: time, known: Lexicon) -> str:
    """A time of day in words, by its hour and minute."""
    spoken = known.clock
    named = spoken.named.get(f"{wall:%H:%M}")
    if named is not None:
        return named
    form = spoken.whole if wall.minute == 0 else spoken.early if wall.minute < 10 else spoken.late
    hour = wall.hour if spoken.halves is None else (wall.hour + 11) % 12 + 1
    return form.format(
        hour=_before_noun(hour, known, spoken.one_is),
        minute=_before_noun(wall.minute, known, spoken.one_is),
        half="" if spoken.halves is None else spoken.halves[wall.hour >= 12],
    )


def _day(day: date, today: date, known: Lexicon) -> list[Fragment]:
    said_today, said_tomorrow, *weekdays = day_fragments(known)
    ahead = (day - today).days
    if ahead in (0, 1):
        return [said_today if ahead == 0 else said_tomorrow]
    named = weekdays[day.weekday()]
    if 1 < ahead < 7:
        return [named]
    ordinal = _words_of(known.ordinals)[day.day - 1]
    said = known.date.format(day=ordinal, month=known.months[day.month - 1])
    return [named, Fragment(f"date/{day:%m-%d}", said)]


def day_fragments(known: Lexicon) -> tuple[Fragment, ...]:
    """Today, tomorrow, and the days of the week."""
    named = zip(("today", "tomorrow", *WEEKDAYS), (known.today, known.tomorrow, *known.weekdays), strict=True)
    return tuple(Fragment(f"day/{key}", text) for key, text in named)


# ------------------------------------------------------------------ telephone numbers


def digit_fragments(known: Lexicon) -> tuple[Fragment, ...]:
    """Every digit and symbol of a telephone number, and the pause between its groups."""
    symbols = known.symbols
    named = {str(digit): word for digit, word in enumerate(_words_of(known.numbers)[:10])}
    named |= {"plus": symbols.plus, "star": symbols.star, "hash": symbols.hash}
    return (*(Fragment(f"digit/{key}", text) for key, text in named.items()), Fragment(PAUSE, ""))


def _digits(text: str, known: Lexicon) -> Iterator[Fragment]:
    """Digit by digit, with a pause between groups."""
    fragments = {fragment.key: fragment for fragment in digit_fragments(known)}
    for index, group in enumerate(_groups(text)):
        if index:
            yield fragments[PAUSE]
        yield from (fragments[f"digit/{_SYMBOLS.get(each, each)}"] for each in group)


def _groups(text: str) -> list[str]:
    """The groups as written; of a number in E.164 those of its country; else three and then pairs."""
    written = re.findall(r"[0-9+*#]+", national(text, "") if text.startswith("+") else text)
    if len(written) != 1 or len(written[0]) <= 4:
        return written
    whole = written[0]
    cuts = [0, 3, *range(6 if len(whole) % 2 == 0 else 5, len(whole), 2), len(whole)]
    return [whole[start:end] for start, end in pairwise(cuts)]
