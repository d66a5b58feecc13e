"""What the headings of a file of contacts mean, in Swedish, English, Norwegian, Danish and Finnish, as spreadsheets,
mail programs and telephones write them."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from svarhus.domains.contacts.folding import folded
from svarhus.domains.contacts.model import NumberLabel


class Meaning(StrEnum):
    """What a column holds."""

    ID = "id"
    NAME = "name"
    FIRST_NAME = "first_name"
    MIDDLE_NAME = "middle_name"
    LAST_NAME = "last_name"
    COMPANY = "company"
    TITLE = "title"
    DEPARTMENT = "department"
    PLACE = "place"
    EMAIL = "email"
    TAGS = "tags"
    NOTES = "notes"
    WORK = "work"
    MOBILE = "mobile"
    HOME = "home"
    OTHER = "other"
    NUMBER_KIND = "number_kind"
    """Of the number in the next column: Google's `Phone 1 - Type`."""
    FIELD = "field"
    """An own field with the heading's name."""
    LEFT_OUT = "left_out"


Value = tuple[Meaning, str, str]
"""What something in a file is, its heading, and what it says."""

NUMBERS: Mapping[Meaning, NumberLabel] = {
    Meaning.WORK: NumberLabel.WORK,
    Meaning.MOBILE: NumberLabel.MOBILE,
    Meaning.HOME: NumberLabel.HOME,
    Meaning.OTHER: NumberLabel.OTHER,
}

NAMING = frozenset({Meaning.NAME, Meaning.FIRST_NAME, Meaning.LAST_NAME, Meaning.COMPANY})
"""One of them must be there."""

_WORDS: Mapping[Meaning, str] = {
    Meaning.ID: "id",
    Meaning.NAME: "name, namn, navn, nimi, full name, fullständigt namn, fullt navn, koko nimi, display name, "
    "visningsnamn, visningsnavn, vist navn, näyttönimi, kontakt, contact, contact name, kontaktnamn, kontaktperson",
    Meaning.FIRST_NAME: "first name, förnamn, fornavn, etunimi, given name, tilltalsnamn",
    Meaning.MIDDLE_NAME: "middle name, mellannamn, mellomnavn, mellemnavn, additional name, toinen nimi",
    Meaning.LAST_NAME: "last name, efternamn, etternavn, efternavn, sukunimi, surname, family name",
    Meaning.COMPANY: "company, företag, firma, bedrift, virksomhed, yritys, organisation, organization, "
    "organization name, organisasjon, organisaatio, organisationsnamn, company name, företagsnamn, firmanavn, "
    "bolag, kund, customer, kunde, asiakas, arbetsgivare, arbeidsgiver, selskap, selskab, account name",
    Meaning.TITLE: "title, titel, tittel, stilling, titteli, job title, befattning, tehtävänimike, tehtävä, nimike, "
    "organization title, stillingsbetegnelse, jobbtitel, jobbtittel, jobtitel, position, roll, role, rolle, rooli",
    Meaning.DEPARTMENT: "department, avdelning, avdeling, afdeling, osasto, enhet, organization department, enhed, "
    "yksikkö, förvaltning, unit",
    Meaning.PLACE: "place, ort, stad, sted, by, paikkakunta, city, plats, business city, poststed, postort, "
    "postitoimipaikka, kaupunki, town, ort arbete, ort företag, arbetsort, poststed arbeid, by arbejde, location",
    Meaning.EMAIL: "email, e mail, e post, epost, sähköposti, mail, e postadress, e postadresse, e mail address, "
    "email address, e mail adresse, mailadresse, mailadress, sähköpostiosoite, e mail value, email value, "
    "e mailadresse, primary email, e post arbete, work email, epostadresse",
    Meaning.TAGS: "tags, taggar, etiketter, tagit, tunnisteet, tagg, labels, group membership, categories, kategorier, "
    "kategori, category, luokat, ryhmät, grupper, groups, merker, mærker, mærkater",
    Meaning.NOTES: "notes, anteckningar, anteckning, notater, noter, muistiinpanot, note, kommentar, comment, "
    "comments, kommentarer, bemærkninger, merknad, merknader, huomautus, huomautukset, beskrivning, description, notat",
    Meaning.WORK: "number, nummer, numero, telefon, phone, telefonnummer, puhelin, work, arbete, telephone, tel, tfn, "
    "tlf, puh, business phone, company main phone, work phone, phone number, telephone number, puhelinnumero, "
    "telefon arbete, arbetstelefon, telefon arbeid, arbeidstelefon, telefon arbejde, arbejdstelefon, työpuhelin, "
    "direktnummer, direkt, direct, direct phone, primary phone, telefon firma, firmatelefon, jobbtelefon, växel, "
    "växelnummer, sentralbord, hovednummer, vaihde, switchboard, phone value, telefon företag, bedriftstelefon, "
    "arbeid, arbejde, työ, telefon kontor, office phone, fast telefon, fasttelefon, fastnet",
    Meaning.MOBILE: "mobile, mobil, mobiltelefon, matkapuhelin, cell, mobilnummer, mobile phone, cell phone, "
    "mobile number, mobiltlf, mobil nr, mobilnr, gsm, kännykkä, cellphone, mobil telefon, mobiltelefonnummer",
    Meaning.HOME: "home, hem, hjem, koti, hemtelefon, home phone, bostad, telefon bostad, telefon hem, privat, "
    "telefon privat, privattelefon, hjemmetelefon, kotipuhelin, hemnummer, telefon hjem",
    Meaning.OTHER: "other, annat, annan, annen, andet, muu, other number, other phone, annan telefon, annen telefon, "
    "anden telefon, muu puhelin, car phone, assistant s phone, radio phone, annat nummer, övrigt, callback",
    Meaning.NUMBER_KIND: "phone type, phone label",
}
_KNOWN: Mapping[str, Meaning] = {
    folded(word): meaning for meaning, words in _WORDS.items() for word in words.split(", ")
}
_EMAIL_KINDS = frozenset({"e mail type", "e mail label", "email type", "email label"})
"""What kind of address it is, is not kept."""

_PLACE_IN_A_ROW = re.compile(r"[ .]*\b[0-9]{1,2}\b\.?")


def meaning_of(heading: str) -> Meaning | None:
    """What a heading says by itself; None when nobody knows it. `Phone 2` is a phone, `E-mail 1 - Value` an address."""
    plain = folded(heading)
    if plain in _KNOWN:
        return _KNOWN[plain]
    plain = " ".join(_PLACE_IN_A_ROW.sub(" ", plain).replace(".", " ").split())
    return Meaning.LEFT_OUT if plain in _EMAIL_KINDS else _KNOWN.get(plain)


def meanings(headings: Sequence[str], told: Mapping[str, str]) -> list[Meaning]:
    """What each column holds: as somebody has told (`told` by heading), else as its heading says, else an own field."""
    found = [_told(heading, told) or meaning_of(heading) or Meaning.FIELD for heading in headings]
    plain = [folded(heading) for heading in headings]
    if "job title" in plain and "title" in plain and "title" not in map(folded, told):
        # Outlook's `Title` is Dr or Mrs.
        found[plain.index("title")] = Meaning.FIELD
    return found


def _told(heading: str, told: Mapping[str, str]) -> Meaning | None:
    found = told.get(heading)
    return Meaning(found) if found in set(Meaning) else None


_KINDS: Mapping[NumberLabel, str] = {
    NumberLabel.WORK: "work, arbete, arbeid, arbejde, työ, main, business, jobb, job, company, pref",
    NumberLabel.MOBILE: "mobile, mobil, cell, matkapuhelin, mobiltelefon, iphone, gsm",
    NumberLabel.HOME: "home, hem, hjem, koti, privat, bostad, private",
    NumberLabel.OTHER: "other, annat, annen, andet, muu, pager, car",
}
_KIND_WORDS = {folded(word): label for label, words in _KINDS.items() for word in words.split(", ")}


def kind_of_number(text: str) -> tuple[NumberLabel, bool]:
    """The label that a word such as `Mobil` stands for, and whether the number is one of a fax."""
    words = folded(text).split()
    fax = any(word in {"fax", "faksi", "faks", "telefax"} or word.endswith("fax") for word in words)
    return next((_KIND_WORDS[word] for word in words if word in _KIND_WORDS), NumberLabel.WORK), fax
