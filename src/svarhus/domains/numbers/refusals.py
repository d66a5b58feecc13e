"""What is said of a number that cannot be read. The ids have texts in every language of the console."""

from collections.abc import Mapping

from svarhus.domains.numbers.reading import NotANumber
from svarhus.kit.errors import Fault

_SENTENCES: Mapping[NotANumber, tuple[str, str]] = {
    NotANumber.EMPTY: ("there is no number", "Write one."),
    NotANumber.NO_DIGITS: ("it has no digits", "Write the number in digits."),
    NotANumber.LETTERS: ("letters or signs stand among its digits", "Write digits alone, words apart from them."),
    NotANumber.SEVERAL: ("it is several numbers", "Write each by itself."),
    NotANumber.SERIES: ("it is a series of numbers", "Write each number whole."),
    NotANumber.ROUNDED: (
        "a spreadsheet has shortened it, and digits are lost",
        "Let the column be text in the spreadsheet, and fetch the numbers anew.",
    ),
    NotANumber.KEYS: ("it is a code with * or #", "Write a telephone number."),
    NotANumber.NO_AREA_CODE: (
        "the area code is missing, or the 0 before it",
        "Write it with its area code, or from + and the country code.",
    ),
    NotANumber.COUNTRY_CODE: ("no country has this code", "Look at the digits after +."),
    NotANumber.TOO_SHORT: ("it is too short", "Count its digits."),
    NotANumber.TOO_LONG: ("it is too long", "Count its digits."),
    NotANumber.NOT_IN_PLAN: ("the country has no such number", "Count its digits and look at the area code."),
    NotANumber.EXTENSION: (
        "it has an extension, which cannot be dialled",
        "Call the number without it, and key the extension when it answers.",
    ),
    NotANumber.CONTROL: ("it holds control characters", "Write it anew."),
}


def fault_of(path: str, typed: str, why: NotANumber) -> Fault:
    """The fault of a number as it was typed."""
    message, remedy = _SENTENCES[why]
    return Fault(path, f"`{typed[:60]}` is no telephone number: {message}", remedy, reason=f"number-{why.value}")
