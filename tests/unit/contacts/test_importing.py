"""Contacts from files, as spreadsheets and other systems write them."""

import pytest

from svarhus.domains.contacts.errors import UnreadableFile
from svarhus.domains.contacts.importing import Line, read_contacts
from svarhus.domains.contacts.lines import Read
from svarhus.domains.contacts.model import ContactCard, Numbered, NumberLabel
from svarhus.domains.contacts.writing import write_contacts

SWEDISH = """Namn;Företag;Telefon;Mobil;E-post;Ort;Avtalsnummer
Åsa Öberg;Öbergs Taxi;08-465 00 40;070-174 06 05;asa@taxi.example;Solna;A-17
"""


def read(text: str, encoding: str = "utf-8") -> Read[Line]:
    return read_contacts(text.encode(encoding), "SE")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_spreadsheet_in_swedish_is_read(encoding: str) -> None:
    [line] = read(SWEDISH, encoding).lines
    assert line.card == ContactCard(
        name="Åsa Öberg",
        company="Öbergs Taxi",
        place="Solna",
        email="asa@taxi.example",
        numbers=(Numbered("+4684650040", NumberLabel.WORK), Numbered("+46701740605", NumberLabel.MOBILE)),
        fields={"Avtalsnummer": "A-17"},
    )


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_usual_separator_is_understood(separator: str) -> None:
    [line] = read(separator.join(["name", "phone"]) + "\n" + separator.join(["Bo", "+4684650040"])).lines
    assert line.card.numbers == (Numbered("+4684650040", NumberLabel.WORK),)


def test_first_and_last_name_make_a_name() -> None:
    assert read("Förnamn;Efternamn\nBo;Ek\n").lines[0].card.name == "Bo Ek"


def test_a_company_without_a_person_is_a_contact() -> None:
    assert read("Namn;Företag\n;Taxi AB\n").lines[0].card.name == "Taxi AB"


def test_columns_that_nobody_knows_are_kept_also_when_they_are_alike() -> None:
    [line] = read("Namn;Kod;Kod\nBo;1;2\n").lines
    assert line.card.fields == {"Kod": "1", "Kod 2": "2"}


def test_faults_are_told_by_line_and_the_lines_are_given_back() -> None:
    found = read('Namn;Telefon;E-post\nBo;12;\n"Ek\nCia";08-465 00 40;fel\nEva;08-465 00 41;\n;08-465 00 42;\n')
    assert [(fault.line, fault.path) for fault in found.faults] == [(2, "numbers"), (4, "email"), (6, "name")]
    assert [line.card.name for line in found.lines] == ["Eva"]
    assert found.faulty.splitlines()[0].endswith("Namn;Telefon;E-post")
    again = read(found.faulty.replace(";12;", ";08-465 00 43;").replace(";fel", ";rett@x.example"))
    assert [line.card.name for line in again.lines] == ["Bo", "Ek\nCia"]


def test_a_line_with_too_many_values_is_a_fault() -> None:
    [fault] = read("Namn;Ort\nBo;Solna;mer\n").faults
    assert fault.line == 2


@pytest.mark.parametrize("file", [b"", b"\n\n", b"Telefon\n08\n", b"PK\x03\x04\x00\x00"])
def test_what_is_no_list_of_contacts_is_refused(file: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_contacts(file, "SE")


def test_what_is_written_can_be_read_again() -> None:
    cards = [
        ContactCard(
            name="=HYPERLINK(1)",
            company="Åkeri; & Söner",
            title="Ägare",
            department="Kök",
            place="Luleå",
            email="a@b.example",
            numbers=(
                Numbered("+46701740605", NumberLabel.MOBILE),
                Numbered("+46701740606", NumberLabel.MOBILE),
                Numbered("+4684650040", NumberLabel.HOME),
            ),
            tags=("vip", "taxi"),
            fields={"Kod": "-1+2", "Färg": "blå"},
            notes='Ring\n"inte" före 9; aldrig.',
        ),
        ContactCard(name="Bo"),
    ]
    written = write_contacts([("a1", cards[0]), ("b2", cards[1])])
    assert "\n=HYPERLINK" not in written and ";=HYPERLINK" not in written
    found = read_contacts(written.encode(), "SE")
    assert [(line.id, line.card) for line in found.lines] == [("a1", cards[0]), ("b2", cards[1])]
    assert found.faults == ()
