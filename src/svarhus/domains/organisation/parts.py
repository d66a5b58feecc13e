"""Edits of a configuration: one part of one of its lists at a time."""

from collections.abc import Iterator, Mapping

from svarhus.domains.callflows.elements import ELEMENTS
from svarhus.domains.organisation.draft import Draft, drafted
from svarhus.domains.organisation.errors import Exists, InUse, NoPart
from svarhus.domains.organisation.lists import KEY_OF, SINGULAR, key_of
from svarhus.domains.organisation.model import Configuration, Organisation
from svarhus.domains.organisation.reading import Path, dotted
from svarhus.domains.organisation.references import Named, named
from svarhus.domains.people.rights import Role
from svarhus.domains.queues.model import Member
from svarhus.kit.document import DocumentPart
from svarhus.kit.errors import Fault, Invalid
from svarhus.kit.listed import found, place_of


def parts_of(configuration: Configuration, list_name: str) -> tuple[DocumentPart, ...]:
    parts: tuple[DocumentPart, ...] = getattr(configuration, list_name)
    return parts


def part_of(configuration: Configuration, list_name: str, key: str) -> DocumentPart:
    """The part of this key. NoPart when there is none."""
    part = found(parts_of(configuration, list_name), key, KEY_OF.get(list_name, "key"))
    if part is None:
        raise no_part(list_name, key)
    return part


def no_part(list_name: str, key: str) -> NoPart:
    return NoPart(f"There is no {SINGULAR[list_name]} `{key}`.")


def added(configuration: Configuration, list_name: str, part: DocumentPart) -> Configuration:
    """With one part more. Exists when its key is taken."""
    key = key_of(list_name, part)
    parts = parts_of(configuration, list_name)
    if found(parts, key, KEY_OF.get(list_name, "key")) is not None:
        raise Exists(f"There is a {SINGULAR[list_name]} `{key}` already.", "Choose another key, or change that one.")
    return configuration.model_copy(update={list_name: (*parts, part)})


def replaced(configuration: Configuration, list_name: str, key: str, part: DocumentPart) -> Configuration:
    """With another part in the place of the one of this key. NoPart; Invalid when it has another key."""
    before = part_of(configuration, list_name, key)
    if key_of(list_name, part) != key:
        raise Invalid(
            f"The {SINGULAR[list_name]} `{key}` cannot become `{key_of(list_name, part)}`.",
            "Add a new one, lead everything to it, and delete the old one.",
        )
    parts = parts_of(configuration, list_name)
    place = place_of(parts, before)
    return configuration.model_copy(update={list_name: (*parts[:place], part, *parts[place + 1 :])})


def removed(configuration: Configuration, list_name: str, key: str) -> Configuration:
    """Without the part of this key. NoPart; InUse names every place that refers to it.

    People whose role is deleted become users; with a field go its values, with a person the places in queues.
    """
    part = part_of(configuration, list_name, key)
    configuration = _let_go(configuration, list_name, key)
    places = [each for each in references(configuration) if each.list_name == list_name and each.key == key]
    if places:
        faults = [
            Fault(
                dotted(place.path),
                f"refers to `{key}`",
                "Change or remove it first.",
                reason="refers-to",
                values=(key,),
            )
            for place in places
        ]
        raise InUse(
            f"The {SINGULAR[list_name]} `{key}` is in use.", "Change the places that refer to it first.", faults
        )
    parts = parts_of(configuration, list_name)
    place = place_of(parts, part)
    return configuration.model_copy(update={list_name: (*parts[:place], *parts[place + 1 :])})


def _let_go(configuration: Configuration, list_name: str, key: str) -> Configuration:
    match list_name:
        case "people":
            without = _unnamed_at_numbers(with_memberships(configuration, key, {}), key)
            return _without_supervisor(without, key)
        case "roles":
            people = [
                person.model_copy(update={"role": Role.USER.value}) if person.role == key else person
                for person in configuration.people
            ]
        case "fields":
            people = [
                person.model_copy(
                    update={"fields": {name: value for name, value in person.fields.items() if name != key}}
                )
                if key in person.fields
                else person
                for person in configuration.people
            ]
        case _:
            return configuration
    return configuration.model_copy(update={"people": tuple(people)})


def _unnamed_at_numbers(configuration: Configuration, person: str) -> Configuration:
    """Without the person among those who may present a number."""
    if not any(person in number.presenting.people for number in configuration.numbers):
        return configuration
    numbers = []
    for number in configuration.numbers:
        named = tuple(each for each in number.presenting.people if each != person)
        same = named == number.presenting.people
        presenting = number.presenting.model_copy(update={"people": named})
        numbers.append(number if same else number.model_copy(update={"presenting": presenting}))
    return configuration.model_copy(update={"numbers": tuple(numbers)})


def _without_supervisor(configuration: Configuration, person: str) -> Configuration:
    queues = []
    for queue in configuration.queues:
        stay = tuple(each for each in queue.supervision.supervisors if each != person)
        supervision = queue.supervision.model_copy(update={"supervisors": stay})
        same = supervision == queue.supervision
        queues.append(queue if same else queue.model_copy(update={"supervision": supervision}))
    return configuration.model_copy(update={"queues": tuple(queues)})


def with_memberships(configuration: Configuration, person: str, wanted: Mapping[str, Member]) -> Configuration:
    """With the person a member of just these queues, by key, as the values say. NoPart for an unknown person or queue.

    Places among the other members stay as they are; who is new comes last.
    """
    part_of(configuration, "people", person)
    for key in wanted:
        part_of(configuration, "queues", key)
    queues = []
    for queue in configuration.queues:
        member = wanted.get(queue.key)
        members = [
            (member or each) if each.person == person else each
            for each in queue.members
            if each.person != person or member
        ]
        if member and all(each.person != person for each in queue.members):
            members.append(member)
        same = members == [*queue.members]
        queues.append(queue if same else queue.model_copy(update={"members": tuple(members)}))
    return configuration.model_copy(update={"queues": tuple(queues)})


def with_organisation(configuration: Configuration, organisation: Organisation) -> Configuration:
    """With other settings of the organisation itself. Invalid when it has another key."""
    if organisation.key != configuration.organisation.key:
        raise Invalid("The key of an organisation cannot be changed.", f"Leave it `{configuration.organisation.key}`.")
    return configuration.model_copy(update={"organisation": organisation})


def references(configuration: Configuration) -> Iterator[Named]:
    """Every place that names a part, with the path made of keys: `queues.reception.members.anna.person`."""
    whole = drafted(configuration)
    for place in named(whole):
        yield Named(_by_key(whole, place.path), place.list_name, place.key)
    for flow in configuration.callflows:
        for key, element in flow.elements.items():
            kind = ELEMENTS[element.type]
            for reference in kind.references(kind.Settings.model_validate(element.settings)):
                path = ("callflows", flow.key, "elements", key, "settings", reference.setting)
                yield Named(path, reference.kind, reference.key)


def _by_key(whole: Draft, path: Path) -> Path:
    if len(path) > 1 and isinstance(path[1], int):
        return (path[0], whole.keys[str(path[0])][path[1]], *path[2:])
    return path
