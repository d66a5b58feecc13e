"""Rows of lists as people write them: one by one, and in files."""

from collections.abc import Sequence
from dataclasses import replace

from svarhus.domains.contacts.errors import UnreadableFile, unreadable
from svarhus.domains.contacts.headings import NUMBERS, Meaning, Value
from svarhus.domains.contacts.importing import name_of
from svarhus.domains.contacts.lines import Read, Wishes, read_lines, text_of
from svarhus.domains.numberlists.model import ListRow
from svarhus.domains.numbers.lists import BEGINS
from svarhus.domains.numbers.reading import Kind, NotANumber, Number, read_beginning, read_numbers
from svarhus.domains.numbers.refusals import fault_of
from svarhus.kit.errors import Fault
from svarhus.kit.text import tidy, unfit
from svarhus.kit.workshop import GoOn, to_the_end

LONGEST_NAME = 100
LONGEST_NOTE = 300
MOST_NUMBERS = 12
"""Of one line."""


def rows_of(number: str, name: str, note: str, country: str) -> tuple[list[ListRow], list[Fault]]:
    """The rows that somebody has written, or what is wrong with them: a number in any form, several in one cell, or the
    beginning of numbers with `*` behind it."""
    name, note = " ".join(tidy(name).split()), tidy(note).strip()
    faults = [*_text("name", name, LONGEST_NAME), *_text("note", note, LONGEST_NOTE)]
    found = _numbers(number, country)
    if isinstance(found, NotANumber):
        faults.append(fault_of("number", number, found))
        return [], faults
    return ([] if faults else [ListRow(each.number, name, _with(note, each.beside)) for each in found]), faults


def _with(note: str, beside: str) -> str:
    """The note, and what stood beside the number."""
    return ", ".join(filter(None, (note, beside)))[:LONGEST_NOTE]


def _numbers(written: str, country: str) -> Sequence[Number] | NotANumber:
    if written.rstrip().endswith(BEGINS):
        beginning = read_beginning(written.rstrip().removesuffix(BEGINS), country)
        return beginning if isinstance(beginning, NotANumber) else [Number(f"{beginning}{BEGINS}")]
    found = read_numbers(written, country)
    if isinstance(found, NotANumber):
        return found
    # Three to six digits are nobody's number outside, but a local one without its area code.
    return NotANumber.NO_AREA_CODE if any(each.kind is Kind.INTERNAL for each in found) else found


def _text(path: str, value: str, longest: int) -> list[Fault]:
    if len(value) > longest:
        told = f"{len(value):,}"
        return [
            Fault(path, f"it has {told} characters", f"At most {longest} fit.", reason="contact-long", values=(told,))
        ]
    if unseen := unfit(value, "\n\t"):
        return [Fault(path, "it holds a control character", f"Take {unseen} out.", reason="contact-control")]
    return []


def read_rows(file: bytes, country: str, wishes: Wishes, go_on: GoOn = to_the_end) -> Read[ListRow]:
    """The rows of a CSV file or workbook. UnreadableFile."""
    return read_lines(file, text_of(file, wishes), _Rows(country), wishes, go_on)


def no_numbers() -> UnreadableFile:
    remedy = "Let the first line hold headings such as Nummer;Namn;Anteckning, or tell which column it is."
    return unreadable("no_numbers", "No column has the numbers.", remedy)


class _Rows:
    """Makes rows of lines."""

    needed = frozenset(NUMBERS)

    def __init__(self, country: str) -> None:
        self._country = country

    def nothing_known(self) -> UnreadableFile:
        return no_numbers()

    def take(self, line: int, values: Sequence[Value]) -> tuple[Sequence[ListRow], list[Fault]]:
        one = {kind: value for kind, _, value in reversed(values)}
        numbers = [value for kind, _, value in values if kind in NUMBERS] or [""]
        found: list[ListRow] = []
        faults: list[Fault] = []
        for number in numbers[:MOST_NUMBERS]:
            rows, wrong = rows_of(number, name_of(one), one.get(Meaning.NOTES, ""), self._country)
            found += rows
            faults += wrong
        return ([] if faults else found), [replace(fault, line=line) for fault in dict.fromkeys(faults)]
