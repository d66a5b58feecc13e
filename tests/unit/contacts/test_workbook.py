"""Workbooks of spreadsheets, ours and others', whole and broken."""

import contextlib
import io
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import examples
from svarhus.domains.contacts.errors import UnreadableFile
from svarhus.domains.contacts.importing import read_contacts
from svarhus.domains.contacts.workbook import is_workbook, rows_of_workbook
from svarhus.domains.contacts.workbook_writing import workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def made(sheet: str, strings: str = "", **parts: str) -> bytes:
    """A workbook of one sheet, with these elements in it."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as zipped:
        if strings:
            zipped.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{strings}</sst>')
        data = f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>'
        zipped.writestr("xl/worksheets/sheet1.xml", data)
        for name, content in parts.items():
            zipped.writestr(name, content)
    return file.getvalue()


def cells(file: bytes) -> list[list[str]]:
    return [row.cells for row in rows_of_workbook(file)]


SEEN = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Cn", "Co")), max_size=20)


@given(st.lists(st.lists(SEEN, min_size=1, max_size=4), max_size=8))
@settings(max_examples=examples(100))
def test_what_is_written_is_read_again(rows: list[list[str]]) -> None:
    read = cells(workbook(rows, widths=(20, 30)))
    wanted = [row for row in rows if any(cell.strip() for cell in row)]
    for row, cells_read in zip(wanted, read, strict=True):
        assert cells_read == row[: len(cells_read)] and not any(row[len(cells_read) :])


def test_numbers_are_as_people_have_seen_them() -> None:
    sheet = """<row r="1"><c r="A1"><v>46701740605</v></c><c r="C1"><v>4.6701740605E10</v></c></row>
    <row r="4"><c r="A4"><v>701740605</v></c><c><v>1.5</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>"""
    rows = list(rows_of_workbook(made(sheet)))
    assert [(row.line, row.cells) for row in rows] == [
        (1, ["46701740605", "", "46701740605"]),
        (4, ["701740605", "1.5", "1"]),
    ]


def test_shared_and_formatted_texts_are_read_whole() -> None:
    strings = "<si><r><t>Åsa </t></r><r><t>Öberg</t></r><rPh><t>aasa</t></rPh></si><si><t>Namn</t></si>"
    sheet = '<row><c t="s"><v>1</v></c></row><row><c t="s"><v>0</v></c><c t="s"><v>99</v></c></row>'
    assert cells(made(sheet, strings)) == [["Namn"], ["Åsa Öberg"]]


def test_the_sheet_that_is_shown_first_is_read() -> None:
    file = made(
        "<row><c t='str'><v>hidden behind</v></c></row>",
        **{
            "xl/worksheets/sheet2.xml": f'<worksheet xmlns="{MAIN}"><sheetData><row><c t="str"><v>first</v></c></row>'
            "</sheetData></worksheet>",
            "xl/workbook.xml": '<w xmlns:r="r"><sheets><sheet r:id="b"/><sheet r:id="a"/></sheets></w>',
            "xl/_rels/workbook.xml.rels": '<R><Relationship Id="a" Target="worksheets/sheet1.xml"/>'
            '<Relationship Id="b" Target="/xl/worksheets/sheet2.xml"/></R>',
        },
    )
    assert cells(file) == [["first"]]


def test_contacts_can_come_in_a_workbook() -> None:
    file = workbook([["Namn", "Mobil"], ["Åsa", "070-174 06 05"], ["Bo", "465 00 42"]])
    read = read_contacts(file, "SE")
    assert [(line.line, line.card.name, line.card.numbers[0].number) for line in read.lines] == [
        (2, "Åsa", "+46701740605")
    ]
    assert [(fault.line, fault.reason) for fault in read.faults] == [(3, "number-no_area_code")]


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (b"\xd0\xcf\x11\xe0 an old one", "file-old_workbook"),
        (b"PK\x03\x04 cut off", "file-not_workbook"),
        (made("<row><c>")[:-40], "file-not_workbook"),
        (made("</wrong>"), "file-not_workbook"),
        (made("<row/>", "</wrong>"), "file-not_workbook"),
        (made("", **{"xl/workbook.xml": "<!DOCTYPE w [<!ENTITY a 'aa'>]><w/>", "xl/_rels/workbook.xml.rels": "<R/>"}),
         "file-not_workbook"),
        (made('<row><c r="ZZZ1"><v>1</v></c></row>'), "file-columns"),
        (made("".join(f'<row><c t="str"><v>{n}</v></c></row>' for n in range(3)) + " " * 100_000_001), "file-lines"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(file: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        assert is_workbook(file)
        list(rows_of_workbook(file))
    assert [fault.reason for fault in refused.value.faults] == [reason]


@given(st.binary(max_size=200), st.integers(0, 400))
@settings(max_examples=examples(200))
def test_a_damaged_one_never_does_anything_else(damage: bytes, at: int) -> None:
    whole = workbook([["Nummer", "Namn"], ["070-174 06 05", "Åsa"]])
    file = whole[:at] + damage + whole[at + len(damage) :]
    with contextlib.suppress(UnreadableFile):
        list(rows_of_workbook(file))
