"""Every kind of fault in an organisation's file is named with its place, its line and what is wrong.

In each case a piece of a faultless file is replaced; `# <-` marks the line that must be named.
"""

from dataclasses import dataclass

import pytest

from svarhus.domains.organisation.errors import FaultyFile
from svarhus.domains.organisation.reading import LARGEST
from svarhus.domains.organisation.validation import check_file
from svarhus.kit.errors import Fault
from unit.organisation.small_file import SMALL


@dataclass(frozen=True)
class Case:
    name: str
    piece: str
    """What is replaced in the faultless file."""
    by: str
    path: str
    message: str
    remedy: str = ""
    """A part of it."""


CASES = (
    # ---- the top of the file
    Case("unknown list", "units:", "unit: []  # <-\nunits:", "unit", "there is no setting `unit` here", "`units`"),
    Case("another version", "svarhus: 1", "svarhus: 2  # <-", "svarhus", "`2` is not one of the choices", "`1`"),
    Case("no organisation", "organisation:\n  key: clinic", "x-organisation:  # <-\n  key: clinic",
         "x-organisation", "there is no setting `x-organisation` here", "`organisation`"),
    Case("a list that is none", "units:\n  - key: north\n    name: North", "units: north  # <-", "units",
         "`north` is not a list", "hyphen"),
    Case("an empty list", "units:\n  - key: north\n    name: North", "units:  # <-", "units", "nothing is not a list"),
    Case("an entry that is a word", "  - key: north\n    name: North", "  - north  # <-", "units[0]",
         "`north` is not a set of names and values"),
    # ---- the organisation
    Case("unknown time zone", "Europe/Stockholm", "Europe/Stokholm  # <-", "organisation.timezone",
         "there is no time zone `Europe/Stokholm`", "IANA"),
    Case("unknown country", "  outgoing:", "  country: XX  # <-\n  outgoing:", "organisation.country",
         "there is no country `XX`", "ISO 3166"),
    Case("country in words", "  outgoing:", "  country: Sweden  # <-\n  outgoing:", "organisation.country",
         "`Sweden` is not allowed here", "ISO 3166"),
    Case("unknown country to call", "    trunk: carrier", "    countries: [SE, ZZ]  # <-\n    trunk: carrier",
         "organisation.outgoing.countries[1]", "there is no country `ZZ`"),
    Case("unknown trunk for outgoing calls", "    trunk: carrier", "    trunk: carier  # <-",
         "organisation.outgoing.trunk", "there is no trunk `carier`", "Did you mean `carrier`?"),
    Case("language that we do not speak", "  outgoing:", "  language: fr  # <-\n  outgoing:", "organisation.language",
         "`fr` is not allowed here", "sv, en, nb, da or fi"),
    Case("impossible number", 'presented: "+46846500410"', 'presented: "+468"  # <-',
         "organisation.outgoing.presented", "`+468` is not allowed here", "international form"),
    Case("number that cannot be", 'presented: "+46846500410"', 'presented: "+46999999999999"  # <-',
         "organisation.outgoing.presented", "`+46999999999999` cannot be a telephone number"),
    Case("placeholder that nobody knows", "  outgoing:", "  texts:\n    late: {sv: 'Kl. {tid}'}  # <-\n  outgoing:",
         "organisation.texts.late.sv",
         "`{tid}` cannot be filled in; possible are {time}, {day}, {organisation}, {queue}, {number}"),
    Case("brace that stands alone", "  outgoing:", "  texts:\n    late: {sv: 'Kl. {time'}  # <-\n  outgoing:",
         "organisation.texts.late.sv", "a brace stands alone"),
    # ---- people and units
    Case("missing name", "  - key: north\n    name: North", "  - key: north  # <-", "units[0].name",
         "`name` is missing", "Add `name`."),
    Case("key in capitals", "  - key: bo\n", "  - key: Bo  # <-\n", "people[1].key", "`Bo` is not allowed here",
         "Lower-case"),
    Case("key that is taken", "  - key: bo\n", "  - key: anna  # <-\n", "people[1].key",
         "the key `anna` is taken by `people[0]`"),
    Case("misspelt setting", "    role: administrator", "    roll: administrator  # <-", "people[0].roll",
         "there is no setting `roll` here", "Did you mean `role`?"),
    Case("unknown role", "    role: administrator", "    role: adminstrator  # <-", "people[0].role",
         "there is no role `adminstrator`", "Did you mean `administrator`?"),
    Case("own role with a system's key", "people:", "roles:\n  - key: user  # <-\n    name: Mine\npeople:",
         "roles[0].key", "`user` is one of the system's roles", "another key"),
    Case("unknown right", "people:", "roles:\n  - key: mine\n    name: Mine\n    rights: [see_livs]  # <-\npeople:",
         "roles[0].rights[0]", "`see_livs` is not one of the choices", "Did you mean `see_live`?"),
    Case("right named twice", "people:",
         "roles:\n  - key: mine\n    name: Mine\n    rights: [see_live, see_live]  # <-\npeople:",
         "roles[0].rights[1]", "`see_live` is named twice"),
    Case("value of an unknown field", "    role: administrator",
         "    role: administrator\n    fields:\n      number: 4711  # <-", "people[0].fields.number",
         "there is no field `number`", "under `fields`"),
    Case("value that the field does not take", "people:\n  - key: anna\n",
         "fields:\n  - {key: since, name: Since, kind: date}\npeople:\n  - key: anna\n"
         "    fields:\n      since: 2027-13-01  # <-\n",
         "people[0].fields.since", "`2027-13-01` is not possible in the field `since`", "year-month-day"),
    Case("field of choices without any", "people:", "fields:\n  - {key: card, name: Card, kind: choice}  # <-\npeople:",
         "fields[0]", "a field of kind choice needs choices that differ"),
    Case("tag twice", "    role: administrator", "    role: administrator\n    tags: [Finska, finska]  # <-",
         "people[0].tags[1]", "`finska` is named twice"),
    Case("bad mobile", "    role: administrator", '    role: administrator\n    mobile: "+46999999999999"  # <-',
         "people[0].mobile", "`+46999999999999` cannot be a telephone number"),
    Case("no administrator", "    role: administrator\n", "", "people", "nobody is administrator"),
    Case("unknown unit of a person", "[north]", "[east]  # <-", "people[0].units[0]", "there is no unit `east`",
         "There are `north`"),
    Case("unit named twice", "[north]", "[north, north]  # <-", "people[0].units[1]",
         "`north` is named already, see `people[0].units[0]`"),
    Case("extension too short", '"101"', '"1"  # <-', "people[0].extension", "`1` is not allowed here", "Three to six"),
    Case("extension taken by a person", '"102"', '"101"  # <-', "people[1].extension",
         "`101` is taken by `people[0].extension`; people, queues and trunks share one plan"),
    Case("extension taken by a queue", '"201"', '"101"  # <-', "queues[0].extension",
         "`101` is taken by `people[0].extension`; people, queues and trunks share one plan"),
    Case("no e-mail address", "bo@clinic.example", "bo  # <-", "people[1].email", "`bo` is not allowed here"),
    Case("e-mail address that is taken", "bo@clinic.example", "ANNA@clinic.example  # <-", "people[1].email",
         "the e-mail address `anna@clinic.example` is taken by `people[0]`"),
    Case("password that is tried first", "    email: bo@", "    password: Sommar2027!  # <-\n    email: bo@",
         "people[1].password", "the password is one of those that are tried first", "a few words"),
    Case("password that is the own name", "    email: bo@", "    password: bo.bobobo.bo  # <-\n    email: bo@",
         "people[1].password", "the password is a name or too simple", "nothing to do with you"),
    Case("phone password that is tried first", "    email: bo@",
         "    phone_password: password  # <-\n    email: bo@", "people[1].phone_password",
         "the password is one of those that are tried first", "Leave it out"),
    Case("password too short", "    email: bo@", "    password: hemligt  # <-\n    email: bo@", "people[1].password",
         "the text is too short", "10 characters"),
    Case("answers at a number that is not given", "    email: bo@", "    answers_at: number\n    email: bo@",
         "people[1]", "answers_at is number, but no number is given"),
    Case("true in place of text", "    name: Bo", "    name: true  # <-", "people[1].name", "`true` is not text",
         "quotes"),
    Case("empty name", "    name: Bo", '    name: ""  # <-', "people[1].name", "the text is too short", "1 character"),
    Case(
        "name on two lines",
        "    name: Bo",
        '    name: "Bo\\nEk"  # <-',
        "people[1].name",
        "the text holds a control character",
        "on one line",
    ),
    # ---- trunks and numbers
    Case("trunk that goes nowhere", "    host: sip.carrier.example\n    addresses: [192.0.2.10]\n", "", "trunks[0]",
         "give a host, the addresses from which its calls come, or accepts_registration"),
    Case("registration without a user name", "    addresses: [192.0.2.10]", "    register: true", "trunks[0]",
         "to register with the carrier, give host and username"),
    Case("no address", "192.0.2.10", "192.0.2.300", "trunks[0].addresses[0]",
         "`192.0.2.300` is neither an address nor a network"),
    Case("address inside a network", "192.0.2.10", "192.0.2.10/24", "trunks[0].addresses[0]",
         "`192.0.2.10/24` is an address inside a network", "Did you mean `192.0.2.0/24` or `192.0.2.10`?"),
    Case("the whole internet", "192.0.2.10", "0.0.0.0/0", "trunks[0].addresses[0]",
         "this lets calls in from the whole internet"),
    Case("port that cannot be", "sip.carrier.example", "sip.carrier.example:70000  # <-", "trunks[0].host",
         "there is no port 70000"),
    Case("extensions that run backwards", "    host: sip", "    extensions: [7199-7000]\n    host: sip",
         "trunks[0]", "7199-7000: the first comes before the last, with as many digits"),
    Case("extensions of two PBXs", "    host: sip", "    extensions: [7000-7199]\n    host: sip.one.example\n"
         "  - key: other\n    name: Other\n    extensions: ['7100']  # <-\n    host: sip", "trunks[1].extensions[0]",
         "`7100` and `7000-7199` of `carrier` overlap", "one PBX"),
    Case("a unit's trunk that is not there", "    name: North", "    name: North\n    outgoing_trunk: carier  # <-",
         "units[0].outgoing_trunk", "there is no trunk `carier`", "Did you mean `carrier`?"),
    Case("unknown transport", "    host: sip", "    transport: sctp  # <-\n    host: sip", "trunks[0].transport",
         "`sctp` is not one of the choices", "`udp`, `tcp`, `tls`"),
    Case("user name of a trunk that is an extension", "    host: sip",
         "    accepts_registration: true\n    username: '101'  # <-\n    host: sip", "trunks[0].username",
         "`101` is taken by `people[0].extension`; people, queues and trunks share one plan"),
    Case("national number", '  - number: "+46846500410"', '  - number: "08-46500410"  # <-', "numbers[0].number",
         "`08-46500410` is not allowed here", "international form"),
    Case("number without a flow", "    flow: main", "    flow: mian  # <-", "numbers[0].flow",
         "there is no call flow `mian`", "Did you mean `main`?"),
    Case("number given twice", "hours:\n  - key: office", '  - number: "+46846500410"  # <-\n    name: Again\n'
         "    flow: main\nhours:\n  - key: office", "numbers[1].number",
         "the number `+46846500410` is taken by `numbers[0]`"),
    # ---- time
    Case("hour that cannot be", '"16:00"\n      - days', '"25:00"  # <-\n      - days', "hours[0].week[0].to",
         "`25:00` is not allowed here", "HH:MM"),
    Case("span that ends before it begins", 'from: "08:00"', 'from: "17:00"', "hours[0].week[0]",
         "the span ends at 16:00, which is not after 17:00"),
    Case("unknown weekday", "[mon, tue]", "[mon, tis]  # <-", "hours[0].week[0].days[1]",
         "`tis` is not one of the choices"),
    Case("weekday named twice", "[mon, tue]", "[mon, tue, mon]  # <-", "hours[0].week[0].days",
         "`mon` is named twice"),
    Case("spans that overlap", '        from: "16:00"', '        from: "15:30"', "hours[0].week[1]",
         "15:30-18:00 overlaps 08:00-16:00 (mon)"),
    Case("date that cannot be", "from: 2027-12-24", "from: 2027-02-30  # <-", "hours[0].exceptions[0].from",
         "`2027-02-30` is not a date", "year-month-day"),
    Case("exception that ends before it begins", "to: 2027-12-26", "to: 2027-12-23", "hours[0].exceptions[0]",
         "the last day 2027-12-23 is before the first 2027-12-24"),
    Case("exception whose spans overlap", "        to: 2027-12-26",
         "        to: 2027-12-26\n        spans:\n          - {from: '08:00', to: '12:00'}\n"
         "          - {from: '11:00', to: '13:00'}  # <-", "hours[0].exceptions[0].spans[1]",
         "11:00-13:00 overlaps 08:00-12:00 (Christmas)"),
    Case("exceptions of which none goes before the other", "        to: 2027-12-26",
         "        to: 2027-12-26\n      - {name: Again, from: 2027-12-25, to: 2027-12-27}  # <-",
         "hours[0].exceptions[1]",
         "`Again` and `Christmas` both say what holds on 2027-12-25", "Take the day out"),
    Case("category of an exception without an exit", "        to: 2027-12-26",
         "        to: 2027-12-26\n        spans: [{from: '08:00', to: '12:00', category: half}]",
         "callflows[0].elements.open.exits",
         "the exit `half` is missing: callers who come then would be cut off", "`hang_up`"),
    Case("periods that overlap", "        calls_per_hour: 6",
         "        calls_per_hour: 6\n      - days: [mon]  # <-\n        from: '10:00'\n        to: '12:00'\n"
         "        calls_per_hour: 2", "schedules[0].periods[1]", "10:00-12:00 overlaps 09:00-11:00 (mon)"),
    Case("no calls an hour", "calls_per_hour: 6", "calls_per_hour: 0  # <-", "schedules[0].periods[0].calls_per_hour",
         "`0` is too little", "The least is 1."),
    # ---- queues
    Case("number in words", "ring_time: 20", "ring_time: long  # <-", "queues[0].ring_time",
         "`long` is not a whole number", "digits"),
    Case("too much", "ring_time: 20", "ring_time: 500  # <-", "queues[0].ring_time", "`500` is too much",
         "The most is 120."),
    Case("neither true nor false", "      - person: bo", "      - person: bo\n        starts_logged_in: maybe  # <-",
         "queues[0].members[1].starts_logged_in", "`maybe` is not true or false"),
    Case("unknown member", "      - person: bo", "      - person: bob  # <-", "queues[0].members[1].person",
         "there is no person `bob`"),
    Case("member twice", "      - person: bo", "      - person: anna  # <-", "queues[0].members[1].person",
         "`anna` is a member already, see `queues[0].members[0]`"),
    Case("member who cannot be rung", '    extension: "102"\n', "", "queues[0].members[1].person",
         "`bo` cannot be rung: there is no extension"),
    Case("member by a word", "      - person: bo", "      - bo  # <-", "queues[0].members[1]",
         "`bo` is not a set of names and values"),
    Case("unknown schedule", "      schedule: nurses", "      schedule: doctors  # <-", "queues[0].callbacks.schedule",
         "there is no schedule `doctors`"),
    Case("unknown message of a queue", "    ring_time: 20",
         "    announcements:\n      messages:\n      - message: wait  # <-",
         "queues[0].announcements.messages[0].message", "there is no message `wait`"),
    Case("unknown unit of a queue", "    unit: north", "    unit: nort  # <-", "queues[0].unit",
         "there is no unit `nort`", "Did you mean `north`?"),
    # ---- messages
    Case("message without words", "    manuscripts:\n      en: Hello.", "    manuscripts: {}  # <-",
         "messages[0].manuscripts", "this is empty"),
    Case("message in an unknown language", "      en: Hello.", "      de: Hallo.  # <-", "messages[0].manuscripts.de",
         "`de` is not allowed here", "sv, en, nb, da or fi"),
    # ---- call flows
    Case("unknown element type", "type: message", "type: mesage  # <-", "callflows[0].elements.hello.type",
         "there is no element type `mesage`", "Did you mean `message`?"),
    Case("setting of an element misspelt", "          hours: office", "          hour: office  # <-",
         "callflows[0].elements.open.settings.hour", "there is no setting `hour` here", "Did you mean `hours`?"),
    Case("setting of an element out of range", "        type: message\n        settings:",
         "        type: message\n        settings:\n          repeat: 50  # <-",
         "callflows[0].elements.hello.settings.repeat", "`50` is too much"),
    Case("element without its settings", "        settings:\n          hours: office\n", "",
         "callflows[0].elements.open.settings.hours", "`hours` is missing"),
    Case("element that names unknown hours", "          hours: office", "          hours: offic  # <-",
         "callflows[0].elements.open.settings.hours", "there is no opening hours `offic`", "Did you mean `office`?"),
    Case("element that names an unknown message", "          messages: [hello]\n        exits:\n          next",
         "          messages: [hello, bye]  # <-\n        exits:\n          next",
         "callflows[0].elements.hello.settings.messages[1]", "there is no message `bye`"),
    Case("start that is not there", "    start: open", "    start: opn  # <-", "callflows[0].start",
         "there is no element `opn`", "Did you mean `open`?"),
    Case("exit that leads nowhere", "          next: menu", "          next: meny  # <-",
         "callflows[0].elements.hello.exits.next", "there is no element `meny`", "Did you mean `menu`?"),
    Case("exit that the type has not", "          next: menu", "          next: menu\n          done: menu  # <-",
         "callflows[0].elements.hello.exits.done", "`message` has no exit `done`", "Possible are `next`."),
    Case("exit for a category that does not exist", "          evening: menu", "          lunch: menu  # <-",
         "callflows[0].elements.open.exits.lunch", "`hours` has no exit `lunch`", "`closed`, `evening`, `open`"),
    Case("menu without keys", '        exits:\n          "1": desk\n          "2": callback\n',
         "        exits:  # <-\n          no_input: desk\n          invalid: callback\n",
         "callflows[0].elements.menu.exits", "no key leads anywhere"),
    Case("element that nobody reaches", "      desk:\n        type: queue",
         "      lost:  # <-\n        type: hang_up\n      desk:\n        type: queue", "callflows[0].elements.lost",
         "no caller can reach `lost`"),
    Case("way that goes round without end", "          open: hello", "          open: hello\n          closed: open",
         "callflows[0].elements.open", "this goes round without end: open → open"),
    Case("queue that takes no bookings", "    callbacks:\n      schedule: nurses\n", "",
         "callflows[0].elements.callback.settings.queue", "the queue `desk` takes no bookings"),
    Case("callback that nobody can make", "    trunk: carrier\n", "", "callflows[0].elements.callback",
         "nobody can be called back: outgoing calls have no trunk"),
    Case("exit with a wrong name", "          next: menu", "          Next Step: menu  # <-",
         "callflows[0].elements.hello.exits.Next Step", "`Next Step` is not allowed here"),
    # ---- the file itself
    Case("setting given twice", "    name: Bo", "    name: Bo\n    name: Bob  # <-", "people[1].name",
         "`name` is given twice, first on line 20", "Keep one."),
    Case("list that is not closed", "units: [north]", "units: [north  # <-", "",
         "this is not YAML: while parsing a flow sequence did not find expected ',' or ']'"),
    Case("tab", "    name: Bo", "\tname: Bo  # <-", "",
         "this is not YAML: while scanning a plain scalar found a tab character that violates indentation", "not tabs"),
    Case("star without quotes", '          "1": desk', "          *: desk", "",
         "this is not YAML: while scanning an alias did not find expected alphabetic or numeric character", '"*"'),
    Case("alias", "[north]", "*north  # <-", "people[0].units", "anchors (&) and aliases (*) are not allowed"),
    Case("anchor", "    name: Bo", "    name: &bo Bo  # <-", "people[1].name",
         "anchors (&) and aliases (*) are not allowed"),
    Case("tag", "    name: Bo", "    name: !!python/name:os.system Bo  # <-", "people[1].name",
         "tags such as `tag:yaml.org,2002:python/name:os.system` are not allowed"),
    Case("second document", "numbers:", "---  # <-\nnumbers:", "", "the file has more than one document", "---"),
    Case("setting whose name is a list", "    name: Bo", "    ? [name]  # <-\n    : Bo", "people[1]",
         "the name of a setting must be a word"),
)  # fmt: skip


@pytest.mark.feature("FLOW-22")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_fault_is_named(case: Case) -> None:
    assert case.piece in SMALL, "the case names a piece of the file"
    text = SMALL.replace(case.piece, case.by, 1)
    found = [fault for fault in faults(text.encode()) if fault.path == case.path and fault.message == case.message]
    assert found, faults(text.encode())
    assert case.remedy in found[0].remedy
    assert found[0].line is not None
    if "# <-" in case.by:
        assert found[0].line == text[: text.index("# <-")].count("\n") + 1


@pytest.mark.parametrize(
    ("file", "path", "message", "line"),
    [
        (b"", "", "the file is empty", None),
        (b"# nothing but a comment\n", "", "the file is empty", None),
        (b"just words\n", "", "the file is not a set of names and values", 1),
        (b"- a\n- b\n", "", "the file is not a set of names and values", 1),
        (b"svarhus: 1\n", "organisation", "`organisation` is missing", 1),
        (b"svarhus: 1\nunits: []\norganisation: \xe5\n", "", "the file is not in UTF-8", 3),
        (b"svarhus: 1\nname: \x01\n", "", "the file holds a character that may not be in it: "
         "control characters are not allowed", 2),
        (b"a: " + b"[" * 100, "", "this is nested too deeply", 1),
        (b"a" * (LARGEST + 1), "", f"the file is too large: {LARGEST + 1:,} bytes, {LARGEST:,} are allowed", None),
    ],
    ids=["empty", "comment", "words", "list", "no organisation", "encoding", "control", "deep", "large"],
)  # fmt: skip
def test_file_that_cannot_be_read(file: bytes, path: str, message: str, line: int | None) -> None:
    found = [fault for fault in faults(file) if fault.message == message]
    assert found
    assert found[0].line == line
    assert found[0].path.startswith(path)


def test_all_faults_are_named_at_once_in_the_order_of_the_file() -> None:
    text = SMALL.replace("Europe/Stockholm", "Mars").replace("ring_time: 20", "ring_time: 1")
    text = text.replace("          next: menu", "          next: nowhere").replace("    flow: main", "    flow: none")
    assert [fault.path for fault in faults(text.encode())] == [
        "organisation.timezone",
        "numbers[0].flow",
        "queues[0].ring_time",
        "callflows[0].elements.hello.exits.next",
    ]


def test_a_part_with_faults_is_still_there_for_those_who_name_it() -> None:
    text = SMALL.replace("ring_time: 20", "ring_time: 1")
    assert [fault.path for fault in faults(text.encode())] == ["queues[0].ring_time"]


def test_a_wrong_password_is_never_shown() -> None:
    text = SMALL.replace("    email: bo@", "    phone_password: hem ligt\n    email: bo@")
    (fault,) = faults(text.encode())
    assert "hem" not in fault.message + fault.remedy


def test_many_elements_that_do_not_wait_are_checked_quickly() -> None:
    """Each leads to the next one in two ways: 2^40 ways in all."""
    elements = "".join(
        f"      e{n}:\n        type: hours\n        settings: {{hours: office}}\n"
        f"        exits: {{open: e{n + 1}, closed: e{n + 1}, evening: e{n + 1}}}\n"
        for n in range(40)
    )
    text = SMALL.replace("          open: hello", "          open: hello\n          closed: e0")
    text = text.replace("      hello:\n", elements + "      e40:\n        type: hang_up\n      hello:\n")
    assert check_file(text.encode()).configuration.callflows[0].elements["e40"].type == "hang_up"


def test_the_small_file_has_no_faults() -> None:
    assert check_file(SMALL.encode()).configuration.organisation.key == "clinic"


def faults(file: bytes) -> tuple[Fault, ...]:
    with pytest.raises(FaultyFile) as raised:
        check_file(file)
    return raised.value.faults
