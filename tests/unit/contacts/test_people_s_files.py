"""Files of contacts as people have them: from Google, Outlook and telephones, in any encoding, with faults."""

import time

import pytest

from svarhus.domains.contacts.errors import UnreadableFile
from svarhus.domains.contacts.headings import Meaning, meaning_of
from svarhus.domains.contacts.importing import Aside, Line, asides, read_contacts
from svarhus.domains.contacts.lines import MOST_FAULTS, Read, Wishes
from svarhus.domains.contacts.model import ContactCard, Numbered, NumberLabel
from svarhus.kit.workshop import GivenUp

WORK, WORK_2 = Numbered("+4684650042"), Numbered("+4684650045")
MOBILE = Numbered("+46701740605", NumberLabel.MOBILE)
MOBILE_2 = Numbered("+46701740606", NumberLabel.MOBILE)


def read(text: str, **told: str) -> Read[Line]:
    return read_contacts(text.encode(), "SE", Wishes(meanings=told))


class TestGoogle:
    OLD = """Name,Given Name,Family Name,Notes,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,\
Phone 1 - Value,Phone 2 - Type,Phone 2 - Value,Organization 1 - Name,Organization 1 - Title
Kerstin Provsson,Kerstin,Provsson,,* myContacts,* Home,kerstin@exempel.example,Mobile,\
+46 70 174 06 05 ::: +46 70 174 06 06,Work,08-465 00 42,Exempelbolaget,Chef
"""
    NEW = """First Name,Middle Name,Last Name,Organization Name,Organization Title,Organization Department,Labels,\
E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value
Kerstin,Maria,Provsson,Exempelbolaget,Chef,Inköp,VIP ::: * myContacts,Work,kerstin@exempel.example,Mobile,\
+46 70 174 06 05 ::: +46 70 174 06 06,Work,08-465 00 42
,,,Bara Bolag AB,,,* myContacts,,,Work,08-465 00 42,,
"""

    def test_the_old_form(self) -> None:
        [line] = read(self.OLD).lines
        assert line.card == ContactCard(
            name="Kerstin Provsson",
            company="Exempelbolaget",
            title="Chef",
            email="kerstin@exempel.example",
            numbers=(MOBILE, MOBILE_2, WORK),
        )

    def test_the_new_form_where_a_company_is_a_contact(self) -> None:
        kerstin, company = (line.card for line in read(self.NEW).lines)
        assert (kerstin.name, kerstin.department, kerstin.tags) == ("Kerstin Maria Provsson", "Inköp", ("VIP",))
        assert kerstin.numbers == (MOBILE, MOBILE_2, WORK)
        assert (company.name, company.company, company.numbers) == ("Bara Bolag AB", "Bara Bolag AB", (WORK,))

    def test_a_fax_is_no_number_that_is_rung(self) -> None:
        [line] = read("Name,Phone 1 - Type,Phone 1 - Value\nBo,Work Fax,08-465 00 49\n").lines
        assert (line.card.numbers, line.card.fields) == ((), {"Phone 1 - Value Work Fax": "08-465 00 49"})


def test_outlook_in_english() -> None:
    file = """First Name,Middle Name,Last Name,Title,Company,Job Title,Business City,Home Phone,Business Phone,\
Business Phone 2,Mobile Phone,Business Fax,E-mail Address,E-mail 2 Address,Categories
Kerstin,,Provsson,Dr,Exempelbolaget,Chef,Teststad,,08-465 00 42,08-465 00 45,070-174 06 05,08-465 00 49,\
kerstin@exempel.example,k2@exempel.example,VIP;Kund
"""
    [line] = read(file).lines
    assert line.card == ContactCard(
        name="Kerstin Provsson",
        company="Exempelbolaget",
        title="Chef",
        place="Teststad",
        email="kerstin@exempel.example",
        numbers=(WORK, WORK_2, MOBILE),
        tags=("VIP", "Kund"),
        fields={"Title": "Dr", "Business Fax": "08-465 00 49", "E-mail 2 Address": "k2@exempel.example"},
    )


@pytest.mark.parametrize(
    ("headings", "meaning"),
    [
        ("Namn|Navn|Nimi|Name|Koko nimi|Kontaktperson|Visningsnamn", Meaning.NAME),
        ("Förnamn|Fornavn|Etunimi|First name|Given Name", Meaning.FIRST_NAME),
        ("Efternamn|Etternavn|Efternavn|Sukunimi|Surname", Meaning.LAST_NAME),
        ("Företag|Firma|Bedrift|Virksomhed|Yritys|Company Name|Kund|Bolag", Meaning.COMPANY),
        ("Befattning|Stilling|Titel|Tehtävänimike|Job Title", Meaning.TITLE),
        ("Telefon|Puhelin|Tlf.|Tel.|Telefon (arbete)|Arbetstelefon|Työpuhelin|Telefon 2|Business Phone", Meaning.WORK),
        ("Mobil|Matkapuhelin|Mobiltelefon|Mobilnr|Cell Phone|GSM|Mobile 2", Meaning.MOBILE),
        ("Hem|Hjem|Kotipuhelin|Privattelefon|Home Phone 2|Telefon (bostad)", Meaning.HOME),
        ("E-post|E-postadress|Epost|Mail|Sähköpostiosoite|E-mail Address|E-mail 1 - Value", Meaning.EMAIL),
        ("Anteckningar|Notater|Bemærkninger|Muistiinpanot|Notes|Kommentar", Meaning.NOTES),
        ("Kategorier|Etiketter|Luokat|Labels|Group Membership|Taggar", Meaning.TAGS),
    ],
)
def test_usual_headings_in_five_languages(headings: str, meaning: Meaning) -> None:
    assert {heading: meaning_of(heading) for heading in headings.split("|")} == dict.fromkeys(
        headings.split("|"), meaning
    )


class TestVCard:
    def card(self, *lines: str) -> ContactCard:
        found = read("\r\n".join(["BEGIN:VCARD", *lines, "END:VCARD", ""]))
        assert found.faults == ()
        return found.lines[0].card

    def test_2_1_with_quoted_printable(self) -> None:
        card = self.card(
            "VERSION:2.1",
            "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=96berg;=C3=85sa;;;",
            "TEL;CELL:070-174 06 05",
            "TEL;WORK;VOICE:08-465 00 42",
            "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Ring =",
            "inte f=C3=B6re 9",
        )
        assert (card.name, card.numbers, card.notes) == ("Åsa Öberg", (MOBILE, WORK), "Ring inte före 9")

    def test_3_0_with_folded_lines_and_escapes(self) -> None:
        card = self.card(
            "VERSION:3.0",
            "N:Öberg;Åsa;;;",
            "FN:Åsa Öberg",
            "ORG:Öbergs\\, Taxi;Växel",
            "TEL;TYPE=CELL,VOICE:+46 70 174 ",
            " 06 05",
            "item1.TEL:08-465 00 42",
            "item1.X-ABLabel:_$!<Work>!$_",
            "EMAIL;TYPE=INTERNET:asa@taxi.example",
            "ADR;TYPE=WORK:;;Storgatan 1;Solna;;17141;Sverige",
            "CATEGORIES:VIP,Kund",
            "PHOTO;ENCODING=b;TYPE=JPEG:AAAA",
        )
        assert card == ContactCard(
            name="Åsa Öberg",
            company="Öbergs, Taxi",
            department="Växel",
            place="Solna",
            email="asa@taxi.example",
            numbers=(MOBILE, WORK),
            tags=("VIP", "Kund"),
            fields={"Address": "Storgatan 1, Solna, 17141, Sverige"},
        )

    def test_4_0_with_addresses_of_telephones(self) -> None:
        card = self.card(
            "VERSION:4.0",
            "FN:Åsa",
            'TEL;VALUE=uri;TYPE="cell,voice":tel:+46-70-174-06-05',
            "TEL;VALUE=uri;TYPE=work:tel:+46-8-465-00-42;ext=12",
            "TEL;TYPE=fax:08-465 00 49",
        )
        assert card.numbers == (MOBILE, Numbered("+4684650042", note="x12"))
        assert card.fields == {"Fax": "08-465 00 49"}

    def test_a_company_alone_is_a_contact(self) -> None:
        assert self.card("VERSION:3.0", "N:;;;;", "FN:", "ORG:Taxi AB").name == "Taxi AB"

    def test_a_card_with_a_fault_is_told_by_its_line_and_given_back(self) -> None:
        text = "BEGIN:VCARD\nFN:Bo\nTEL:12\nEND:VCARD\nBEGIN:VCARD\nFN:Cia\nEND:VCARD\nBEGIN:VCARD\nFN:Dan\n"
        found = read(text)
        assert [line.card.name for line in found.lines] == ["Cia"]
        assert [(fault.line, fault.reason) for fault in found.faults] == [
            (1, "number-too_short"),
            (8, "contact-card_end"),
        ]
        assert [line.card.name for line in read(found.faulty.replace("TEL:12", "TEL:1177")).lines] == ["Bo", "Dan"]


class TestEncodings:
    FILE = "Namn;Telefon\r\nÅsa Öberg;08-465 00 42\r\nSøren Mæland;22 33 44 55\r\n"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
    def test_what_is_certain_is_not_asked_for(self, encoding: str) -> None:
        found = read_contacts(self.FILE.encode(encoding), "NO")
        assert ([line.card.name for line in found.lines], found.encodings) == (["Søren Mæland"], ())

    @pytest.mark.parametrize("encoding", ["cp1252", "iso-8859-1", "mac-roman", "cp850"])
    def test_the_likeliest_comes_first_and_each_with_a_sample(self, encoding: str) -> None:
        found = read_contacts(self.FILE.encode(encoding.replace("-roman", "_roman")), "SE")
        assert found.lines[0].card.name == "Åsa Öberg"
        assert found.encodings[0][1] == "Åsa, Öberg, Søren"
        assert len({sample for _, sample in found.encodings}) == len(found.encodings) >= 2

    def test_what_somebody_chooses_is_used(self) -> None:
        found = read_contacts("Namn\nÅsa\n".encode("cp1252"), "SE", Wishes(encoding="mac-roman"))
        assert (found.lines[0].card.name, found.encoding) == ("≈sa", "mac-roman")

    def test_a_file_that_is_not_in_the_chosen_one_is_refused(self) -> None:
        with pytest.raises(UnreadableFile) as refused:
            read_contacts("Namn\nÅsa\n".encode("cp1252"), "SE", Wishes(encoding="utf-8"))
        assert refused.value.faults[0].reason == "file-encoding"


class TestFaults:
    def test_an_unbalanced_quote_costs_its_own_line_alone(self) -> None:
        found = read(
            'Namn;Telefon;Anteckning\nAnna "Ank" Test;08-465 00 42;5" skärm\n"Bo Test;08-465 00 43;x\n'
            'Ci Test;08-465 00 44;y\n"Di";08-465 00 45;"z"\n'
        )
        assert [(line.line, line.card.name) for line in found.lines] == [
            (2, 'Anna "Ank" Test'),
            (4, "Ci Test"),
            (5, "Di"),
        ]
        assert [(fault.line, fault.reason) for fault in found.faults] == [(3, "contact-quote")]
        assert [line.card.name for line in read(found.faulty).lines] == ['"Bo Test']

    def test_a_quote_may_hold_lines_and_separators(self) -> None:
        [line] = read('Namn;Anteckning\nBo;"en\nrad; till ""här"""\n').lines
        assert (line.line, line.card.notes) == (3, 'en\nrad; till "här"')

    @pytest.mark.parametrize("told", ["sep=;", '"sep=;"', "SEP=;"])
    def test_a_first_line_may_name_the_separator(self, told: str) -> None:
        [line] = read(f"{told}\r\nNamn, hela;Namn;Telefon\r\nx;Bo;08-465 00 42\r\n").lines
        assert (line.line, line.card.name, line.card.numbers) == (3, "Bo", (WORK,))

    def test_words_beside_numbers_are_kept_and_told(self) -> None:
        found = read("Namn;Telefon\nVäxeln;08-465 00 42 vxl\nAnna;08-465 00 42x12\nBo;070-174 06 05, 08-465 00 42\n")
        assert asides(found.lines) == (Aside(2, "+4684650042", "vxl"), Aside(3, "+4684650042", "x12"))
        assert [len(line.card.numbers) for line in found.lines] == [1, 1, 2]

    def test_doubtful_numbers_are_refused_with_the_reason(self) -> None:
        found = read("Namn;Telefon\nA;070-17406O5\nB;070 174 06 05-06\nC;4.67E+10\nD;465004\nE;0701740605;x\n")
        assert [fault.reason for fault in found.faults] == [
            "number-letters",
            "number-series",
            "number-rounded",
            "number-no_area_code",
            "contact-many_values",
        ]

    def test_several_values_of_a_kind_are_all_kept(self) -> None:
        [line] = read("Namn;E-post;Mail;Ort;Stad\nBo;;b@x.example;Solna;Sumpan\n").lines
        assert (line.card.email, line.card.place, line.card.fields) == ("b@x.example", "Solna", {"Stad": "Sumpan"})


class TestTold:
    FILE = "Wer;Wo;Nr;X\nBo;Solna;08-465 00 42;y\n"

    def test_what_headings_mean_can_be_told(self) -> None:
        [line] = read(self.FILE, Wer="name", Wo="place", Nr="work", X="left_out").lines
        assert line.card == ContactCard("Bo", place="Solna", numbers=(WORK,))

    def test_it_is_more_than_what_the_heading_says(self) -> None:
        assert read("Namn;Ort\nBo;Kund 7\n", Ort="field").lines[0].card.fields == {"Ort": "Kund 7"}

    def test_without_it_nobody_has_a_name(self) -> None:
        found = read(self.FILE)
        assert (found.nameless, found.lines) == (True, ())
        assert [(column.heading, column.example) for column in found.columns] == [
            ("Wer", "Bo"),
            ("Wo", "Solna"),
            ("Nr", "08-465 00 42"),
            ("X", "y"),
        ]


class TestLimits:
    def test_columns(self) -> None:
        with pytest.raises(UnreadableFile) as refused:
            read("Namn;" + ";".join(["a"] * 300) + "\nBo\n")
        assert refused.value.faults[0].reason == "file-columns"

    def test_lines(self) -> None:
        with pytest.raises(UnreadableFile) as refused:
            read("Namn\n" + "Bo\n" * 50_001)
        assert refused.value.faults[0].reason == "file-lines"

    def test_faults_are_counted_to_the_end_and_told_at_first(self) -> None:
        found = read("Namn;Telefon\n" + "Bo;12\n" * 2_000)
        assert (found.faulty_lines, len(found.faults)) == (2_000, MOST_FAULTS)

    @pytest.mark.parametrize(
        "file",
        [
            "Namn;" + ";".join(["a", *["a 2"] * 90, *["a"] * 90]) + "\nBo\n",
            "Namn\n" + '"x\n' * 5_000,
            'Namn\n"' + '""' * 500_000,
            "Namn;Telefon\nBo;" + "070 " * 2_000 + "\n",
            "BEGIN:VCARD\nFN:Bo\nTEL" + ';A="' * 3_000 + ":1\nEND:VCARD\n",
        ],
    )
    def test_no_file_takes_longer_than_it_is_long(self, file: str) -> None:
        began = time.process_time()
        read(file)
        assert time.process_time() - began < 1

    def test_reading_ends_when_nobody_waits(self) -> None:
        looks = 0

        def go_on() -> None:
            nonlocal looks
            looks += 1
            if looks == 3:
                raise GivenUp

        with pytest.raises(GivenUp):
            read_contacts(("Namn\n" + "Bo\n" * 1_000).encode(), "SE", go_on=go_on)
        assert looks == 3
