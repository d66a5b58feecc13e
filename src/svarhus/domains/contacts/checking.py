"""Whether what somebody has written can be a contact's card."""

from collections.abc import Iterable, Mapping, Sequence

from svarhus.domains.contacts.model import ContactCard, Numbered, NumberLabel
from svarhus.domains.numbers.reading import Kind, NotANumber, read_numbers
from svarhus.domains.numbers.refusals import fault_of
from svarhus.kit.errors import Fault
from svarhus.kit.text import tidy, unfit

LONGEST_TEXT = 200
LONGEST_NOTES = 4000
LONGEST_VALUE = 500
LONGEST_LABEL = 60
LONGEST_TAG = 40
MOST_NUMBERS = 12
MOST_TAGS = 30
MOST_FIELDS = 40
LONGEST_NOTE = 100
"""Of what is kept beside a number."""

_IN_TEXTS = "\n\r\t"
"""What texts may hold besides what is seen."""


def checked(
    *,
    name: str,
    texts: Mapping[str, str],
    numbers: Sequence[tuple[str, NumberLabel]],
    tags: Iterable[str],
    fields: Mapping[str, str],
    country: str,
) -> tuple[ContactCard | None, list[Fault]]:
    """The card, or None and what is wrong. Numbers may be typed in any form; `texts` are the card's by name."""
    name, tags = tidy(name), [tidy(tag) for tag in tags]
    texts = {key: tidy(value) for key, value in texts.items()}
    fields = {tidy(label): tidy(value) for label, value in fields.items()}
    faults = [*_texts({"name": name, **texts}), *_fields(fields)]
    if not name.strip():
        faults.append(Fault("name", "the name is missing", "Give a name or a company.", reason="contact-name"))
    if (email := texts.get("email", "").strip()) and not _is_address(email):
        faults.append(
            Fault(
                "email",
                f"`{email}` is no e-mail address",
                "Write it as name@example.org.",
                reason="contact-email",
                values=(email,),
            )
        )
    kept, wrong = _numbers(numbers, country)
    faults += wrong
    labels = tuple(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))
    faults += [_unseen("tags", found) for label in labels if (found := unfit(label))]
    if len(labels) > MOST_TAGS or any(len(label) > LONGEST_TAG for label in labels):
        faults.append(
            Fault(
                "tags",
                f"at most {MOST_TAGS} tags of {LONGEST_TAG} characters fit",
                "Shorten them.",
                reason="contact-tags",
                values=(str(MOST_TAGS), str(LONGEST_TAG)),
            )
        )
    if faults:
        return None, faults
    stripped = {key: value.strip() for key, value in texts.items()}
    own = {label.strip(): value.strip() for label, value in fields.items() if value.strip()}
    return ContactCard(name=name.strip(), numbers=kept, tags=labels, fields=own, **stripped), []


def _texts(texts: Mapping[str, str]) -> list[Fault]:
    found = []
    for key, value in texts.items():
        longest = LONGEST_NOTES if key == "notes" else LONGEST_TEXT
        if len(value) > longest:
            found.append(
                Fault(
                    key,
                    f"it has {len(value):,} characters",
                    f"At most {longest:,} fit.",
                    reason="contact-long",
                    values=(f"{len(value):,}",),
                )
            )
        elif unseen := unfit(value, _IN_TEXTS):
            found.append(_unseen(key, unseen))
    return found


def _unseen(path: str, character: str) -> Fault:
    return Fault(path, "it holds a control character", f"Take {character} out.", reason="contact-control")


def _is_address(email: str) -> bool:
    return "@" in email and not any(sign.isspace() for sign in email)


def _fields(fields: Mapping[str, str]) -> list[Fault]:
    found = []
    if len(fields) > MOST_FIELDS:
        found.append(
            Fault(
                "fields",
                f"there are {len(fields)} own fields",
                f"At most {MOST_FIELDS} fit.",
                reason="contact-fields",
                values=(str(len(fields)),),
            )
        )
    for label, value in fields.items():
        if not label.strip() or len(label) > LONGEST_LABEL:
            found.append(
                Fault(
                    "fields",
                    f"the label `{label[:80]}` is empty or too long",
                    "Give a short one.",
                    reason="contact-label",
                    values=(label[:80],),
                )
            )
        elif unseen := unfit(label, _IN_TEXTS) or unfit(value, _IN_TEXTS):
            found.append(_unseen("fields", unseen))
        elif len(value) > LONGEST_VALUE:
            found.append(
                Fault(
                    f"fields.{label}",
                    "the value is too long",
                    f"At most {LONGEST_VALUE} characters fit.",
                    reason="contact-value",
                )
            )
    return found


def _numbers(numbers: Sequence[tuple[str, NumberLabel]], country: str) -> tuple[tuple[Numbered, ...], list[Fault]]:
    kept: dict[str, Numbered] = {}
    faults = []
    if len(numbers) > MOST_NUMBERS:
        faults.append(
            Fault(
                "numbers",
                f"there are {len(numbers)} numbers",
                f"At most {MOST_NUMBERS} fit.",
                reason="contact-numbers",
                values=(str(len(numbers)),),
            )
        )
    for typed, label in numbers:
        found = _outside(typed, label, country)
        if isinstance(found, NotANumber):
            faults.append(fault_of("numbers", typed, found))
            continue
        for each in found:
            kept.setdefault(each.number, each)
    return tuple(kept.values()), faults


def _outside(typed: str, label: NumberLabel, country: str) -> list[Numbered] | NotANumber:
    """The numbers outside the organisation in what was typed."""
    found = read_numbers(typed, country)
    if isinstance(found, NotANumber):
        return found
    if any(each.kind is Kind.INTERNAL for each in found):
        return NotANumber.NO_AREA_CODE
    if any(len(each.beside) > LONGEST_NOTE for each in found):
        return NotANumber.LETTERS
    return [Numbered(each.number, label, each.beside) for each in found]
